package dev.brigade.repl.run;

/// One cell of a file to run.
///
/// @param name as an error names it: `cell 3`, `demo.jsh`, `main`
/// @param silent prepares the ground: gets no number
/// @param mayFail the author expects an error here (`raises-exception`)
record Step(String name, String code, boolean silent, boolean mayFail) {
  static Step of(String name, String code) {
    return new Step(name, code, false, false);
  }
}
