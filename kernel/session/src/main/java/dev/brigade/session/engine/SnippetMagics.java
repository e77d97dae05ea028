package dev.brigade.session.engine;

import dev.brigade.session.observe.TextTable;
import dev.brigade.session.spi.Magic;
import dev.brigade.session.view.ValueText;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/// The magics that list what was declared.
final class SnippetMagics {
  private final Shell shell;
  private final Preload preload;

  SnippetMagics(Shell shell, Preload preload) {
    this.shell = shell;
    this.preload = preload;
  }

  List<Magic> all() {
    return List.of(
        OwnMagic.of("preload", "%preload: the snippets every session starts with", this::preload),
        OwnMagic.of("list", "%list: your snippets; %list -start: as %preload", this::list),
        OwnMagic.of("vars", "%vars: your variables with types and values", this::vars),
        OwnMagic.of("who", "%who: the names of your variables", this::who),
        OwnMagic.of("whos", "%whos: your variables as a table", this::whos),
        OwnMagic.of("methods", "%methods: your methods", this::methods),
        OwnMagic.of("types", "%types: your classes, records, enums, interfaces", this::types),
        OwnMagic.of("imports", "%imports: the imports in force", this::imports));
  }

  private void preload(MagicCall call) {
    call.print(Preload.listing());
  }

  private void list(MagicCall call) {
    if (call.arguments().strip().equals("-start")) {
      preload(call);
      return;
    }
    print(
        call,
        shell.enter(
            () ->
                shell
                    .jshell()
                    .snippets()
                    .filter(snippet -> shell.jshell().status(snippet).isActive())
                    .filter(this::isUsers)
                    .map(snippet -> place(snippet) + "  " + snippet.source().strip())
                    .toList()
                    .stream()),
        "no snippets yet");
  }

  private boolean isUsers(Snippet snippet) {
    SourceMap.Chunk chunk = shell.sourceMap().chunkOf(snippet);
    return chunk != null && chunk.source().label().startsWith("In [");
  }

  private String place(Snippet snippet) {
    SourceMap.Chunk chunk = shell.sourceMap().chunkOf(snippet);
    return chunk == null ? "" : chunk.source().label();
  }

  private void vars(MagicCall call) {
    print(
        call,
        shell.enter(
            () ->
                shell
                    .jshell()
                    .variables()
                    .filter(this::isUsers)
                    .map(v -> v.typeName() + " " + v.name() + " = " + value(v))
                    .toList()
                    .stream()),
        "no variables yet");
  }

  private void who(MagicCall call) {
    String names =
        shell.enter(
            () ->
                shell
                    .jshell()
                    .variables()
                    .filter(this::isUsers)
                    .map(VarSnippet::name)
                    .sorted()
                    .collect(Collectors.joining("  ")));
    call.print((names.isEmpty() ? "no variables yet" : names) + "\n");
  }

  private void whos(MagicCall call) {
    var table = new TextTable("NAME", "TYPE", "VALUE");
    List<VarSnippet> variables =
        shell.enter(() -> shell.jshell().variables().filter(this::isUsers).toList());
    for (VarSnippet each : variables) {
      table.row(each.name(), each.typeName(), value(each).replace('\n', ' '));
    }
    call.print(variables.isEmpty() ? "no variables yet\n" : table.toString());
  }

  private String value(VarSnippet variable) {
    Class<?> owner = shell.control().owner(variable.name());
    Field field = owner == null ? null : CellControl.field(owner, variable.name());
    if (field == null) return "?";
    try {
      String text = ValueText.of(field.get(null));
      return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    } catch (IllegalAccessException | RuntimeException e) {
      return "(its text cannot be shown: " + e + ")";
    }
  }

  private void methods(MagicCall call) {
    print(
        call,
        shell.enter(() -> shell.jshell().methods().map(SnippetMagics::method).toList().stream()),
        "no methods yet");
  }

  private static String method(MethodSnippet method) {
    String signature = method.signature();
    int end = signature.lastIndexOf(')');
    return signature.substring(end + 1) + " " + method.name() + signature.substring(0, end + 1);
  }

  private void types(MagicCall call) {
    print(
        call,
        shell.enter(() -> shell.jshell().types().map(SnippetMagics::type).toList().stream()),
        "no types yet");
  }

  private static String type(TypeDeclSnippet type) {
    return type.subKind().name().replace("_SUBKIND", "").toLowerCase(java.util.Locale.ROOT)
        + " "
        + type.name();
  }

  private void imports(MagicCall call) {
    preload.loadAll();
    print(
        call,
        shell.enter(
            () -> shell.jshell().imports().map(each -> each.source().strip()).toList().stream()),
        "no imports");
  }

  private static void print(MagicCall call, Stream<String> lines, String none) {
    String text = lines.collect(Collectors.joining("\n"));
    call.print((text.isEmpty() ? none : text) + "\n");
  }
}
