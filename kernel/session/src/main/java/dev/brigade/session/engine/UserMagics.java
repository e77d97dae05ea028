package dev.brigade.session.engine;

import dev.brigade.session.spi.Magic;
import dev.brigade.session.spi.Magics;
import dev.brigade.session.spi.NotebookMagics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;

/// Magics that cells define and that the user's jars bring.
final class UserMagics implements NotebookMagics.Target {
  private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

  private final SnippetLoader loader;
  private final Supplier<MagicTable> table;
  // The providers that were asked; the cells' thread only.
  private final Set<String> asked = new HashSet<>();

  UserMagics(SnippetLoader loader, Supplier<MagicTable> table) {
    this.loader = loader;
    this.table = table;
  }

  @Override
  public void define(String name, String summary, NotebookMagics.Body body) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "a magic's name has letters, digits, - and _ and no percent sign, and got `"
              + name
              + "`\n  right: magic(\"greet\", call -> IO.println(call.arguments()))");
    }
    var defined =
        new UserMagic(
            new OwnMagic(name, summary, false, body::run, _ -> java.util.Optional.empty()));
    if (!table.get().define(defined)) {
      throw new IllegalArgumentException(
          "%" + name + " is one of Brigade's own magics; give yours another name");
    }
  }

  /// Looks through the user's jars for services that bring magics.
  ///
  /// @return sentences about what was found
  List<String> look() {
    var remarks = new ArrayList<String>();
    try {
      for (var provider : ServiceLoader.load(Magics.class, loader).stream().toList()) {
        if (provider.type().getClassLoader() != loader) continue;
        if (!asked.add(provider.type().getName())) continue;
        for (Magic magic : provider.get().magics()) remarks.add(add(magic));
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      remarks.add("the magics of a jar cannot be used: " + e.getMessage());
    }
    return remarks;
  }

  private String add(Magic magic) {
    String name = magic.name();
    if (!name.matches(NAME)) return "a jar's magic has no usable name: " + name;
    return table.get().define(new UserMagic(magic))
        ? "%" + name + " is a magic now"
        : "%" + name + " stays Brigade's own; the jar's magic of that name is hidden";
  }
}
