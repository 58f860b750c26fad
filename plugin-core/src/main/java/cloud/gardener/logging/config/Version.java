package cloud.gardener.logging.config;

/** The plugin's version, which the build writes into the jar. */
public final class Version {
  private Version() {}

  /** Returns the version, or "development" if the classes are not in a jar. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
