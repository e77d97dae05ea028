package dev.brigade.repl.terminal;

/// What `/help` says.
final class Help {
  static final String TEXT =
      """
      Type Java; Enter runs it when it is complete. await(...) works at the prompt, and tasks go on
      running while you type.

        Tab          completes            x?  x??   what is known of x; its source
        Up, Down     earlier inputs       Ctrl-R    searches them
        Alt-Enter    a new line           Ctrl-C    stops the running cell, clears the line
        Ctrl-D       leaves               $  $3     the last value, the value of In [3]
        Ctrl-\\       why a cell does not go on: %why and %pstree, while it runs

      Commands are written /name or %name; %lsmagic lists them. /list -start shows the objects and
      imports that are already there (loop, threadPool, lock, ...). /exit leaves.\
      """;

  private Help() {}
}
