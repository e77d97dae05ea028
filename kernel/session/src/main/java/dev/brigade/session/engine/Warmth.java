package dev.brigade.session.engine;

import java.util.List;
import java.util.function.BooleanSupplier;

/// Warms what the first cells will use, as long as no cell waits for it.
final class Warmth {
  private static final List<String> SAMPLES = List.of("1+1", "int warm = 1;", "IO.println(1);");

  static void add(Workshop workshop, BooleanSupplier idle) {
    Shell shell = workshop.shell();
    for (String sample : SAMPLES) {
      if (!idle.getAsBoolean()) return;
      // Analysed only: nothing runs, and nothing is declared.
      shell.enter(() -> shell.analysis().sourceToSnippets(sample));
    }
  }

  private Warmth() {}
}
