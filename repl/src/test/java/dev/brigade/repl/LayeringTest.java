package dev.brigade.repl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class LayeringTest {
  private static final JavaClasses BRIGADE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.brigade");

  @Test
  void onlyTheTerminalSeesJline() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.brigade.repl.terminal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline..")
        .check(BRIGADE);
  }

  @Test
  void nothingInTheTerminalSeesJson() {
    noClasses()
        .that()
        .resideInAPackage("dev.brigade.repl..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(BRIGADE);
  }

  @Test
  void theTerminalDoesNotSeeTheKernelNorJshell() {
    noClasses()
        .that()
        .resideInAPackage("dev.brigade.repl..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.brigade.jupyter..", "org.zeromq..", "zmq..", "jdk.jshell..")
        .check(BRIGADE);
  }

  @Test
  void theWayToASubcommandLoadsNoCommandLineLibrary() {
    noClasses()
        .that()
        .haveSimpleName("Main")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(BRIGADE);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("dev.brigade.repl.(*)..").should().beFreeOfCycles().check(BRIGADE);
  }
}
