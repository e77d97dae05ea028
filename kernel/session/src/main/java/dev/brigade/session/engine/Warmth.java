package dev.brigade.session.engine;

import java.util.List;

/// Gets ready, while no cell runs, what the next cells will use.
final class Warmth {
  private static final List<String> SAMPLES =
      List.of("1+1", "int warm = 1;", "IO.println(1);", "void warm() {}");

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
  }

  private Warmth() {}
}
