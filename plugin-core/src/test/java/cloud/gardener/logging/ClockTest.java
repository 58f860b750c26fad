package cloud.gardener.logging;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** A wall clock that jumps an hour either way changes no pause, no deadline and no order. */
class ClockTest {
  /** What people read, the time of an entry, and the only wish that a backend tells as a date. */
  private static final String READERS =
      ".*\\.(metrics\\.(TargetMetrics|TargetGauges|status\\.StatusReport|profile\\.StackProfile)|intake\\.ChunkIntake|intake\\.TargetEncoder|queue\\.DeadLetterQueue|export\\.http\\.HttpCall"
          + "|kubernetes\\.ShootController|migration\\.(FolderImport|GoFolders?))";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("cloud.gardener.logging");

  @Test
  void shouldReadTheWallClockOnlyWhereNothingWaitsForIt() {
    noClasses()
        .that()
        .haveNameNotMatching(READERS)
        .should()
        .callMethodWhere(
            target(nameMatching("now|currentTimeMillis|system.*"))
                .and(target(owner(belongToAnyOf(System.class, Instant.class, Clock.class)))))
        .orShould()
        .callConstructor(Date.class)
        .check(CLASSES);
  }
}
