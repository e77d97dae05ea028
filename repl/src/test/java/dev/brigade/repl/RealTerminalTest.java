package dev.brigade.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole program, with its real session, in a real pseudo-terminal.
@Tag("slow")
@Timeout(120)
final class RealTerminalTest {
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_BACKSLASH = "\u001c";
  private static final String CTRL_D = "\u0004";

  @TempDir Path directory;

  @BeforeEach
  void needsScript() {
    assumeTrue(PseudoTerminal.isThere(), "needs " + PseudoTerminal.SCRIPT + " of util-linux");
  }

  @Test
  void evaluatesAwaitsAndLeavesWithoutAWarning() throws Exception {
    try (var terminal = brigade()) {
      terminal.waitFor("In [1]: ");
      terminal.type("1 + 1\r");
      terminal.waitFor("Out[1]: 2");
      terminal.type("int twice(int n) {\r");
      terminal.waitFor("...: ");
      terminal.type("return 2 * n;\r}\r");
      terminal.waitFor("In [3]: ");
      terminal.type("await(sleep(0.01)); twice(21)\r");
      terminal.waitFor("Out[3]: 42");
      terminal.type(CTRL_D);
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.text()).doesNotContainIgnoringCase("warning");
    }
  }

  @Test
  void theStepperGoesByKeysWithoutEnter() throws Exception {
    try (var terminal = brigade()) {
      terminal.waitFor("In [1]: ");
      terminal.type("trace(() -> { await(sleep(0.01)); await(sleep(0.01)); })\r");
      terminal.waitFor("In [2]: ");
      terminal.type("%step\r");
      terminal.waitFor("step 1 of");
      terminal.waitFor("q quit: ");
      terminal.type("n");
      terminal.waitFor("step 2 of");
      terminal.type("4\r");
      terminal.waitFor("step 4 of");
      terminal.type("p");
      terminal.waitFor("step 3 of");
      terminal.type("q");
      terminal.waitFor("In [3]: ");
    }
  }

  @Test
  void ctrlCStopsABusyCellAndKeepsVariables() throws Exception {
    try (var terminal = brigade()) {
      terminal.waitFor("In [1]: ");
      terminal.type("int survivor = 41;\r");
      terminal.waitFor("In [2]: ");
      terminal.type("IO.println(\"bu\" + \"sy\"); while (true) {}\r");
      terminal.waitFor("busy");
      terminal.type(CTRL_C);
      terminal.waitFor("Interrupted In [2]");
      terminal.waitFor("In [3]: ");
      terminal.type("survivor + 1\r");
      terminal.waitFor("Out[3]: 42");
    }
  }

  @Test
  void ctrlBackslashSaysWhyACellIsStuckAndTheCellGoesOn() throws Exception {
    try (var terminal = brigade()) {
      terminal.waitFor("In [1]: ");
      // One snippet: nothing is left to compile once it prints.
      terminal.type("{ IO.println(\"bu\" + \"sy\"); long n = 0; while (true) n++; }\r");
      terminal.waitFor("busy");
      terminal.type(CTRL_BACKSLASH);
      terminal.waitFor("In [1] has the event loop");
      terminal.waitFor("[1] In [1]  running at In [1] line 1");
      terminal.type(CTRL_C);
      terminal.waitFor("Interrupted In [1]");
      terminal.waitFor("In [2]: ");
      terminal.type("IO.println(\"as\" + \"leep\"); await(sleep(60));\r");
      terminal.waitFor("asleep");
      terminal.type(CTRL_BACKSLASH);
      terminal.waitFor("[2] In [2]  ");
      terminal.type(CTRL_C);
      terminal.waitFor("In [3]: ");
      terminal.type(CTRL_BACKSLASH);
      terminal.waitFor("nothing is stuck");
      terminal.type("20 + 22\r");
      terminal.waitFor("Out[3]: 42");
      assertThat(terminal.text()).doesNotContain("Full thread dump");
    }
  }

  @Test
  void ctrlCAtThePromptStopsABackgroundTaskThatHoldsTheLoop() throws Exception {
    try (var terminal = brigade()) {
      terminal.waitFor("In [1]: ");
      terminal.type("createTask(async(() -> { while (true) {} }));\r");
      terminal.waitFor("In [2]: ");
      terminal.type(CTRL_C);
      terminal.waitFor("In [2]: ");
      terminal.type("20 + 22\r");
      terminal.waitFor("Out[2]: 42");
    }
  }

  @Test
  void backgroundOutputKeepsTheLineBeingTyped() throws Exception {
    try (var terminal = brigade()) {
      terminal.waitFor("In [1]: ");
      terminal.type(
          "createTask(async(() -> { await(sleep(0.5)); IO.println(\"ti\" + \"ck\"); }));\r");
      terminal.waitFor("In [2]: ");
      terminal.type("20 + 2");
      terminal.waitFor("tick");
      terminal.waitFor("In [2]: 20 + 2");
      terminal.type("2\r");
      terminal.waitFor("Out[2]: 42");
    }
  }

  @Test
  void readsStandardInputFromTheKeys() throws Exception {
    try (var terminal = brigade()) {
      terminal.waitFor("In [1]: ");
      terminal.type("var name = IO.readln(\"name? \"); \"hello \" + name\r");
      terminal.waitFor("\nname? ");
      terminal.type("Ada\r");
      terminal.waitFor("hello Ada");
    }
  }

  @Test
  void runsAFileUnderCtrlCWithItsCleanup() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("a.jsh"),
            "try { IO.println(\"up\"); await(sleep(60)); } finally { IO.println(\"cleaned\"); }\n");
    try (var terminal = new PseudoTerminal(List.of("run", file.toString()), environment())) {
      terminal.waitFor("up");
      terminal.type(CTRL_C);
      terminal.waitFor("cleaned");
      assertThat(terminal.exitCode()).isNotZero();
    }
  }

  private PseudoTerminal brigade() throws IOException {
    return new PseudoTerminal(List.of(), environment());
  }

  private Map<String, String> environment() {
    return Map.of("BRIGADE_DATA", directory.resolve("data").toString(), "TERM", "xterm-256color");
  }
}
