package cloud.gardener.logging.queue.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of the queue fail each operation of the disk that the queue uses. */
class FaultyDiskTest {
  @TempDir Path folder;

  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void shouldKnowEachOperation() throws IOException {
    assertEquals(EnumSet.allOf(FaultyDisk.Operation.class), operations().keySet());
  }

  @ParameterizedTest
  @EnumSource(FaultyDisk.Operation.class)
  void shouldFailEachOperation(FaultyDisk.Operation operation) throws IOException {
    Map<FaultyDisk.Operation, Executable> operations = operations();
    disk.fail(operation);

    Throwable refused = assertThrows(IOException.class, operations.get(operation));

    assertEquals("no " + operation + " of file", refused.getMessage());
  }

  /** What the queue does with files: the methods of FileAccess that may fail, and those of an open file. */
  private Map<FaultyDisk.Operation, Executable> operations() throws IOException {
    Path path = folder.resolve("file");
    OpenSegment file = disk.create(path);
    Map<FaultyDisk.Operation, Executable> operations = new EnumMap<>(FaultyDisk.Operation.class);
    operations.put(FaultyDisk.Operation.READ, () -> file.read(new byte[1], 0, 1));
    operations.put(FaultyDisk.Operation.WRITE, () -> file.writeNow(new byte[1], 0, 1));
    operations.put(FaultyDisk.Operation.SET_LENGTH, () -> file.setLength(1));
    for (Method method : FileAccess.class.getDeclaredMethods()) {
      if (Arrays.asList(method.getExceptionTypes()).contains(IOException.class)) {
        Object[] arguments =
            Arrays.stream(method.getParameterTypes()).map(type -> type == Path.class ? path : file).toArray();
        operations.put(operation(method), () -> call(method, arguments));
      }
    }
    return operations;
  }

  private static FaultyDisk.Operation operation(Method method) {
    String words = method.getName().replaceAll("([A-Z])", "_$1");
    return FaultyDisk.Operation.valueOf(words.toUpperCase(Locale.ROOT));
  }

  private void call(Method method, Object[] arguments) throws Throwable {
    try {
      method.invoke(disk, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
