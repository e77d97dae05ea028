package dev.brigade.session.engine;

import java.util.List;

/// Gets ready, while no cell runs, what the next cells will use.
final class Warmth {
  // The first is compiled, and kept: nobody is to find a cell of theirs compiled already.
  private static final List<String> SAMPLES =
      List.of("6 * 7 - 42", "int warm = 1;", "IO.println(1);", "void warm() {}");
  private static final String QUESTION = "List.o";

  /// Has the compiler get ready in a thread of its own, on the first of the samples: reading the
  /// JDK's modules takes it as long as all the rest of the first cell.
  static void compiler(Shell shell) {
    Thread.ofPlatform()
        .name("brigade-warm-compiler")
        .daemon()
        .start(
            () ->
                shell.enter(
                    () -> {
                      String sample = SAMPLES.getFirst();
                      StatementCompiler.Parsed parsed = shell.internals().parse(sample);
                      return parsed == null || parsed.shape() == null
                          ? null
                          : shell.internals().compile(sample, parsed.shape());
                    }));
  }

  /// Runs until everything is warm. A cell that comes meanwhile waits for one step at most.
  static void add(Workshop workshop, CellQueue queue) {
    Shell shell = workshop.shell();
    queue.awaitIdle();
    shell.enter(() -> shell.analysis().analyzeCompletion("1+1"));
    do {
      queue.awaitIdle();
    } while (workshop.preload().loadOne());
    for (String sample : SAMPLES) {
      queue.awaitIdle();
      // Analysed only: nothing runs, and nothing is declared.
      shell.enter(() -> shell.analysis().sourceToSnippets(sample));
    }
    queue.awaitIdle();
    workshop.completion().complete(QUESTION, QUESTION.length());
  }

  private Warmth() {}
}
