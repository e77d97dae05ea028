package dev.brigade.session.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the code cells of a notebook, format 4, and writes them.
public final class NotebookFile {
  private NotebookFile() {}

  /// The code cells in order; empty ones and those tagged `skip-execution` are left out, as
  /// Jupyter's own runner does.
  static List<Step> steps(String file, String json) throws UnreadableFile {
    Map<?, ?> notebook = parse(file, json);
    checkHead(file, notebook);
    List<?> cells = list(notebook.get("cells"));
    var steps = new ArrayList<Step>();
    for (int i = 0; i < cells.size(); i++) {
      Map<?, ?> cell = map(cells.get(i));
      if (!(cell.get("cell_type") instanceof String type)) {
        throw new UnreadableFile(
            "%s is not a notebook: its cell %d has no cell_type.".formatted(file, i + 1));
      }
      if (!type.equals("code")) continue;
      String code = source(file, i + 1, cell.get("source"));
      List<?> tags = list(map(cell.get("metadata")).get("tags"));
      if (code.isBlank() || tags.contains("skip-execution")) continue;
      steps.add(new Step("cell " + (i + 1), code, false, tags.contains("raises-exception")));
    }
    return steps;
  }

  /// A notebook of code cells without outputs.
  public static String of(List<String> cells) {
    var written = new ArrayList<Map<String, @Nullable Object>>();
    for (int i = 0; i < cells.size(); i++) written.add(cell(i + 1, cells.get(i)));
    return Json.write(
        inOrder(
            "cells",
            written,
            "metadata",
            inOrder(
                "kernelspec",
                inOrder("display_name", "Java (Brigade)", "language", "java", "name", "brigade"),
                "language_info",
                inOrder("name", "java", "file_extension", ".java")),
            "nbformat",
            4,
            "nbformat_minor",
            5));
  }

  private static SequencedMap<String, @Nullable Object> cell(int number, String code) {
    List<String> lines = code.isEmpty() ? List.of() : List.of(code.split("(?<=\n)"));
    return inOrder(
        "cell_type",
        "code",
        "execution_count",
        null,
        "id",
        "cell-" + number,
        "metadata",
        Map.of(),
        "outputs",
        List.of(),
        "source",
        lines);
  }

  private static SequencedMap<String, @Nullable Object> inOrder(
      @Nullable Object... namesAndValues) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return map;
  }

  private static Map<?, ?> parse(String file, String json) throws UnreadableFile {
    try {
      return map(Json.read(json));
    } catch (Json.Broken wrong) {
      throw new UnreadableFile(
          "%s is not a notebook: the JSON breaks at line %d, column %d: %s."
              .formatted(file, wrong.line(), wrong.column(), wrong.getMessage()));
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static void checkHead(String file, Map<?, ?> notebook) throws UnreadableFile {
    if (notebook.get("nbformat") instanceof Number format
        && format.intValue() > 0
        && format.intValue() < 4) {
      throw new UnreadableFile(
          "%s is in notebook format %d, brigade reads format 4; open and save it in Jupyter."
              .formatted(file, format.intValue()));
    }
    if (!(notebook.get("cells") instanceof List<?>)) {
      throw new UnreadableFile("%s is not a notebook: it has no list of cells.".formatted(file));
    }
    Map<?, ?> metadata = map(notebook.get("metadata"));
    Object language = map(metadata.get("kernelspec")).get("language");
    if (language == null) language = map(metadata.get("language_info")).get("name");
    if (language instanceof String name && !name.isEmpty() && !name.equalsIgnoreCase("java")) {
      throw new UnreadableFile("%s is a notebook for %s; brigade runs Java.".formatted(file, name));
    }
  }

  private static String source(String file, int number, @Nullable Object source)
      throws UnreadableFile {
    return switch (source) {
      case String text -> text;
      case List<?> lines -> lines.stream().map(String::valueOf).collect(Collectors.joining());
      case null, default ->
          throw new UnreadableFile(
              "%s is not a notebook: its cell %d has no source.".formatted(file, number));
    };
  }
}
