package cloud.gardener.logging.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/** Counts the imported and the unreadable files of one folder, and logs them in one or two lines at the end. Not thread-safe. */
final class ImportReport {
  private static final Logger LOG = Logger.getLogger(ImportReport.class.getName());
  private static final int MAX_NAMED_FILES = 5;

  private final String target;
  private final Path folder;
  private final Runnable unreadableFile;
  private final List<String> namedFiles = new ArrayList<>();
  private long files;
  private long records;
  private long unreadableFiles;
  private long unreadableRecords;

  /**
   * @param target name of the target
   * @param unreadableFile counts a file that was not imported, or not completely
   */
  ImportReport(String target, Path folder, Runnable unreadableFile) {
    this.target = target;
    this.folder = folder;
    this.unreadableFile = unreadableFile;
  }

  /** A file's readable records are in the queue. */
  void countImported(long fileRecords) {
    records += fileRecords;
    files += fileRecords > 0 ? 1 : 0;
  }

  /**
   * A file cannot be read, or not completely.
   *
   * @param fileRecords number of unreadable records, as far as it is known
   */
  void reportUnreadable(Path file, long fileRecords, String reason) {
    unreadableFiles++;
    unreadableRecords += fileRecords;
    unreadableFile.run();
    if (namedFiles.size() < MAX_NAMED_FILES) {
      namedFiles.add(GoFolder.name(file) + " (" + reason + ")");
    }
  }

  /** Logs the result, after the last file. */
  void log() {
    if (records > 0) {
      LOG.info(
          () ->
              target + ": imported " + records + " records from " + files
                  + " files of the plugin in Go in " + folder);
    }
    if (unreadableFiles > 0) {
      LOG.warning(
          () ->
              target + ": " + unreadableFiles + " files of the plugin in Go in " + folder
                  + " cannot be read, or not completely, and stay there, with at least " + unreadableRecords
                  + " records that cannot be read: " + String.join(", ", namedFiles)
                  + (unreadableFiles > namedFiles.size() ? " ..." : ""));
    }
  }
}
