package cloud.gardener.logging;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms, as docs/architecture.md draws them. */
class RoomsTest {
  private static final String ROOT = "cloud.gardener.logging.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("cloud.gardener.logging");

  @Test
  void shouldPointDownOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("cloud.gardener.logging..")
        .layer("config").definedBy(ROOT + "config..")
        .layer("metrics").definedBy(ROOT + "metrics..")
        .layer("event").definedBy(ROOT + "event..")
        .layer("route").definedBy(ROOT + "route..")
        .layer("kubernetes").definedBy(ROOT + "kubernetes..")
        .layer("otlp").definedBy(ROOT + "otlp..")
        .layer("queue").definedBy(ROOT + "queue..")
        .layer("export").definedBy(ROOT + "export..")
        .layer("sdk").definedBy(ROOT + "sdk..")
        .layer("pipeline").definedBy(ROOT + "pipeline..")
        .whereLayer("config").mayNotAccessAnyLayer()
        .whereLayer("metrics").mayOnlyAccessLayers("config")
        .whereLayer("event").mayNotAccessAnyLayer()
        .whereLayer("route").mayOnlyAccessLayers("event", "config")
        .whereLayer("route").mayOnlyBeAccessedByLayers("kubernetes", "pipeline")
        .whereLayer("kubernetes").mayOnlyBeAccessedByLayers("pipeline")
        .whereLayer("kubernetes").mayOnlyAccessLayers("route", "config", "metrics")
        .whereLayer("otlp").mayOnlyAccessLayers("event", "config")
        .whereLayer("queue").mayOnlyAccessLayers("config", "metrics")
        .whereLayer("export").mayOnlyAccessLayers("config", "metrics")
        .whereLayer("sdk").mayOnlyAccessLayers("config", "export")
        .whereLayer("pipeline").mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
