package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A disk that fails when it is told to. What fails is not done, but for a write, of which the first half
 * is done.
 */
public final class FaultyDisk extends FileAccess {
  public enum Operation {
    CREATE,
    OPEN,
    READ,
    WRITE,
    SET_LENGTH,
    FORCE,
    FORCE_FOLDER,
    CREATE_FOLDERS,
    MOVE,
    DELETE,
    SIZE,
    LIST
  }

  public static final Set<Operation> WRITING =
      EnumSet.complementOf(EnumSet.of(Operation.READ, Operation.SIZE, Operation.LIST, Operation.OPEN));

  private Set<Operation> failing = EnumSet.noneOf(Operation.class);
  private int failAt;
  private int failures;
  private int seen;
  private boolean failed;

  /** From the {@code n}-th operation of these kinds on, counted from 1, as many as told fail. */
  public void fail(Set<Operation> kinds, int n, int howMany) {
    failing = kinds;
    failAt = n;
    failures = howMany;
    seen = 0;
  }

  public void fail(Operation kind) {
    fail(EnumSet.of(kind), 1, Integer.MAX_VALUE);
  }

  public void stopFailing() {
    fail(EnumSet.noneOf(Operation.class), 1, 0);
  }

  /** Operations of the kinds that were to fail. */
  public int seen() {
    return seen;
  }

  /** Whether anything has failed since this was asked last. */
  public boolean failed() {
    boolean answer = failed;
    failed = false;
    return answer;
  }

  private void check(Operation operation, Path where) throws IOException {
    if (failing.contains(operation)) {
      seen++;
      if (seen >= failAt && seen - failAt < failures) {
        failed = true;
        throw new IOException("no " + operation + " of " + where.getFileName());
      }
    }
  }

  @Override
  OpenSegment create(Path file) throws IOException {
    check(Operation.CREATE, file);
    return new FaultyFile(file);
  }

  @Override
  OpenSegment open(Path file) throws IOException {
    check(Operation.OPEN, file);
    if (!exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return new FaultyFile(file);
  }

  @Override
  void force(OpenSegment file) throws IOException {
    check(Operation.FORCE, ((FaultyFile) file).path);
    super.force(file);
  }

  @Override
  void forceFolder(Path folder) throws IOException {
    check(Operation.FORCE_FOLDER, folder);
    super.forceFolder(folder);
  }

  @Override
  void createFolders(Path folder) throws IOException {
    check(Operation.CREATE_FOLDERS, folder);
    super.createFolders(folder);
  }

  @Override
  void move(Path from, Path to) throws IOException {
    check(Operation.MOVE, from);
    super.move(from, to);
  }

  @Override
  void delete(Path file) throws IOException {
    check(Operation.DELETE, file);
    super.delete(file);
  }

  @Override
  long size(Path file) throws IOException {
    check(Operation.SIZE, file);
    return super.size(file);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    check(Operation.LIST, folder);
    return super.list(folder);
  }

  private final class FaultyFile extends OpenSegment {
    private final Path path;

    FaultyFile(Path path) throws IOException {
      super(path);
      this.path = path;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      check(Operation.READ, path);
      return super.read(bytes, offset, length);
    }

    @Override
    void writeNow(byte[] bytes, int offset, int length) throws IOException {
      try {
        check(Operation.WRITE, path);
      } catch (IOException e) {
        super.writeNow(bytes, offset, length / 2);
        throw e;
      }
      super.writeNow(bytes, offset, length);
    }

    @Override
    public void setLength(long length) throws IOException {
      check(Operation.SET_LENGTH, path);
      super.setLength(length);
    }
  }
}
