package cloud.gardener.logging.tool.fluentbit;

/**
 * A place in a file.
 *
 * @param file the file's name as the user or an include gave it
 * @param line the line, from 1
 */
public record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
