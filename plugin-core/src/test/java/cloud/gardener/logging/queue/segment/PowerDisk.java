package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A disk whose power can fail. What was not forced is then gone: bytes of files, and names in folders. Or it
 * is there by chance, page by page and folder by folder, as a device may have written it already.
 */
public final class PowerDisk extends FileAccess {
  private static final int PAGE_BYTES = 4096;

  /** A file, whatever its name. */
  private static final class Inode {
    private byte[] forced = new byte[0];
  }

  private final Random chance;
  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Map<Path, Inode>> forcedFolders = new HashMap<>();
  private int operationsLeft = Integer.MAX_VALUE;

  public PowerDisk(Random chance) {
    this.chance = chance;
  }

  /** The power fails in the {@code n}-th operation from now that changes anything. */
  public void failAfter(int n) {
    operationsLeft = n;
  }

  private void change() throws IOException {
    if (operationsLeft == 0) {
      throw new IOException("the power is off");
    }
    operationsLeft--;
  }

  /** Makes the disk what it is after the power was off, under the folder {@code root}. */
  public void losePower(Path root) throws IOException {
    boolean byChance = chance.nextBoolean();
    Map<Path, byte[]> after = new HashMap<>();
    for (Path folder : List.copyOf(forcedFolders.keySet())) {
      boolean newNames = byChance && chance.nextBoolean();
      Map<Path, Inode> there = newNames ? namesIn(folder) : forcedFolders.get(folder);
      for (Map.Entry<Path, Inode> file : there.entrySet()) {
        byte[] now = byChance ? bytesOf(file.getValue()) : file.getValue().forced;
        after.put(file.getKey(), mixPages(file.getValue().forced, now));
      }
    }
    deleteSegments(root);
    names.clear();
    for (Map.Entry<Path, byte[]> file : after.entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.write(file.getKey(), file.getValue());
      Inode inode = new Inode();
      inode.forced = file.getValue();
      names.put(file.getKey(), inode);
    }
    forcedFolders.replaceAll((folder, old) -> namesIn(folder));
    operationsLeft = Integer.MAX_VALUE;
  }

  private byte[] bytesOf(Inode inode) throws IOException {
    for (Map.Entry<Path, Inode> file : names.entrySet()) {
      if (file.getValue() == inode) {
        return Files.readAllBytes(file.getKey());
      }
    }
    return inode.forced; // Its name is gone, and with it what was not forced.
  }

  /** Each page as it was forced, or as it is now. */
  private byte[] mixPages(byte[] forced, byte[] now) {
    byte[] mixed = now.length > forced.length ? new byte[now.length] : forced.clone();
    System.arraycopy(forced, 0, mixed, 0, forced.length);
    for (int page = 0; page < now.length; page += PAGE_BYTES) {
      if (chance.nextBoolean()) {
        int length = Math.min(PAGE_BYTES, now.length - page);
        System.arraycopy(now, page, mixed, page, length);
      }
    }
    return mixed;
  }

  private static void deleteSegments(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isRegularFile(path) && !path.endsWith("lock")) {
          Files.delete(path);
        }
      }
    }
  }

  private Map<Path, Inode> namesIn(Path folder) {
    Map<Path, Inode> there = new HashMap<>();
    names.forEach(
        (path, inode) -> {
          if (path.getParent().equals(folder)) {
            there.put(path, inode);
          }
        });
    return there;
  }

  @Override
  OpenSegment create(Path file) throws IOException {
    change();
    super.create(file).close();
    names.put(file, new Inode());
    return new PowerFile(file);
  }

  @Override
  OpenSegment open(Path file) throws IOException {
    super.open(file).close();
    return new PowerFile(file);
  }

  @Override
  void force(OpenSegment file) throws IOException {
    change();
    Inode inode = ((PowerFile) file).inode;
    inode.forced = bytesOf(inode);
  }

  @Override
  void forceFolder(Path folder) throws IOException {
    change();
    forcedFolders.put(folder, namesIn(folder));
  }

  @Override
  void move(Path from, Path to) throws IOException {
    change();
    super.move(from, to);
    names.put(to, names.remove(from));
  }

  @Override
  void delete(Path file) throws IOException {
    change();
    super.delete(file);
    names.remove(file);
  }

  private final class PowerFile extends OpenSegment {
    private final Inode inode;

    PowerFile(Path path) throws IOException {
      super(path);
      this.inode = names.get(path);
    }

    @Override
    void writeNow(byte[] bytes, int offset, int length) throws IOException {
      change();
      super.writeNow(bytes, offset, length);
    }
  }
}
