package dev.brigade.jupyter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayeringTest {
  private static final String ROOT = "dev.brigade.jupyter";

  private final JavaClasses main =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void onlyWireKnowsZeroMq() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".wire")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.zeromq..", "zmq..")
        .check(main);
  }

  @Test
  void onlyProtocolKnowsJson() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".protocol")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("tools.jackson..")
        .check(main);
  }

  @Test
  void dispatchAndOutputNeverSeeSockets() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".dispatch", ROOT + ".output", ROOT + ".protocol")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".wire")
        .check(main);
  }

  @Test
  void protocolAndWireNeverSeeTheSession() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".protocol", ROOT + ".wire")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.brigade.session..")
        .check(main);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(main);
  }

  @Test
  void testsNeverSleep() {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(tests);
  }
}
