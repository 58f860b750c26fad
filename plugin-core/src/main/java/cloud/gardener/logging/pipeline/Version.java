package cloud.gardener.logging.pipeline;

/** The plugin's version, as the build wrote it into the jar. */
final class Version {
  private Version() {}

  /** The version, or "development" where the classes are not in a jar. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
