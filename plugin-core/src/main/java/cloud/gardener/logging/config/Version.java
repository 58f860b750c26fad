package cloud.gardener.logging.config;

/** The plugin's version, as the build wrote it into the jar. */
public final class Version {
  private Version() {}

  /** The version, or "development" where the classes are not in a jar. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
