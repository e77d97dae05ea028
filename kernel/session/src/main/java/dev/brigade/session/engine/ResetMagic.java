package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// `%reset`: drops what the user has declared and the values of cells; what was there at the first
/// prompt is there again.
final class ResetMagic {
  private final Shell shell;
  private final Preload preload;
  private final ValueTable values;

  ResetMagic(Shell shell, Preload preload, ValueTable values) {
    this.shell = shell;
    this.preload = preload;
    this.values = values;
  }

  Magic magic() {
    return OwnMagic.of(
        "reset",
        "%reset [-f]: drops your variables, methods, types, imports and the values $n; -f asks"
            + " nothing",
        this::reset);
  }

  private void reset(MagicCall call) throws Exception {
    String given = call.arguments().strip();
    if (!given.isEmpty() && !given.equals("-f")) {
      throw CellFailure.of("WrongArgument", "%reset takes nothing or -f, and got `" + given + "`");
    }
    if (given.isEmpty() && !isWanted(call)) {
      call.print("nothing was dropped\n");
      return;
    }
    int dropped = shell.enter(this::dropAll);
    values.clear();
    int closed = call.workshop().widgets().closeAll();
    call.print(
        "dropped %s%s. Tasks and threads that run go on; %%tasks lists them%n"
            .formatted(
                counted(dropped, "declaration"),
                closed == 0 ? "" : " and closed " + counted(closed, "widget")));
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /// Where nobody can be asked, the line itself is the answer.
  private static boolean isWanted(MagicCall call) {
    Stdin stdin = call.workshop().stdin();
    @Nullable String answer =
        call.outsideCompileTime(
            () ->
                Async.await(
                    Async.toThread(
                        () -> {
                          try {
                            return stdin.readLine(
                                "Drop every variable, method, type and import of yours (y/n)? ");
                          } catch (IOException _) {
                            return null;
                          }
                        })));
    return answer == null || answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
  }

  private int dropAll() {
    JShell jshell = shell.jshell();
    List<Snippet> mine =
        jshell
            .snippets()
            .filter(snippet -> jshell.status(snippet).isActive())
            .filter(this::isUsers)
            .toList();
    int dropped = 0;
    for (Snippet snippet : mine) {
      if (snippet instanceof VarSnippet variable) forgetValue(variable.name());
      jshell.drop(snippet);
      if (!(snippet instanceof VarSnippet variable && variable.name().startsWith("$"))
          && snippet.kind().isPersistent()) dropped++;
    }
    preload.again(name -> jshell.variables().anyMatch(each -> each.name().equals(name)));
    return dropped;
  }

  private boolean isUsers(Snippet snippet) {
    SourceMap.Chunk chunk = shell.sourceMap().chunkOf(snippet);
    // Imports of the preload and the values of cells have none.
    if (chunk == null) return !(snippet instanceof ImportSnippet);
    return !Preload.isOwn(chunk);
  }

  /// Classes live as long as the session; what their variables hold need not.
  private void forgetValue(String name) {
    Class<?> owner = shell.control().owner(name);
    Field field = owner == null ? null : CellControl.field(owner, name);
    try {
      if (field != null && !field.getType().isPrimitive()) field.set(null, null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a variable of a cell cannot be set: " + name, e);
    }
  }
}
