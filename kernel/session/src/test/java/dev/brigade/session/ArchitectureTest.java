package dev.brigade.session;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.brigade.session.engine.JShellSession;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.brigade.session");

  @Test
  void onlyTheEngineKnowsJShell() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.brigade.session.engine")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.jshell..", "com.sun.tools..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.brigade.session.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theContractReachesTheEngineInOnePlaceOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.brigade.session")
        .and()
        .doNotBelongToAnyOf(Session.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.brigade.session.engine",
            "dev.brigade.session.weave",
            "dev.brigade.session.view",
            "dev.brigade.session.display",
            "dev.brigade.session.spi")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("dev.brigade.session.engine")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .be(JShellSession.class)
        .check(CLASSES);
  }

  @Test
  void weaverAndDisplayStandAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.brigade.session.weave", "dev.brigade.session.display")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.brigade.session", "dev.brigade.session.engine", "dev.brigade.session.view")
        .check(CLASSES);
  }

  @Test
  void noFrontEndIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.brigade.jupyter..",
            "dev.brigade.repl..",
            "org.zeromq..",
            "org.jline..",
            "tools.jackson..",
            "picocli..")
        .check(CLASSES);
  }
}
