package dev.brigade.async;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What the runtime may see.
final class LayeringTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.brigade.async");

  @Test
  void theRuntimeSeesOnlyTheJdkAndItself() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax.net..", "dev.brigade.async..", "org.jspecify.annotations..")
        .check(MAIN);
  }

  @Test
  void theEventLogKnowsNothingOfTheRuntime() {
    noClasses()
        .that()
        .resideInAPackage("dev.brigade.async.trace..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.brigade.async")
        .check(MAIN);
    slices().matching("dev.brigade.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void workerProcessesKnowNothingOfTheRuntime() {
    noClasses()
        .that()
        .resideInAPackage("dev.brigade.async.process..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.brigade.async")
        .check(MAIN);
  }

  @Test
  void testsNeverSleep() {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("dev.brigade.async");
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(tests);
  }
}
