package dev.brigade.repl.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the code cells of a notebook, format 4.
final class NotebookFile {
  private NotebookFile() {}

  /// The code cells in order; empty ones and those tagged `skip-execution` are left out, as
  /// Jupyter's own runner does.
  static List<Step> steps(String file, String json) throws UnreadableFile {
    JsonNode notebook = parse(file, json);
    checkHead(file, notebook);
    JsonNode cells = notebook.path("cells");
    var steps = new ArrayList<Step>();
    for (int i = 0; i < cells.size(); i++) {
      JsonNode cell = cells.get(i);
      if (!cell.path("cell_type").isString()) {
        throw new UnreadableFile(
            "%s is not a notebook: its cell %d has no cell_type.".formatted(file, i + 1));
      }
      if (!cell.path("cell_type").asString().equals("code")) continue;
      String code = source(file, i + 1, cell.path("source"));
      JsonNode tags = cell.path("metadata").path("tags");
      if (code.isBlank() || has(tags, "skip-execution")) continue;
      steps.add(new Step("cell " + (i + 1), code, false, has(tags, "raises-exception")));
    }
    return steps;
  }

  private static JsonNode parse(String file, String json) throws UnreadableFile {
    try {
      return JsonMapper.shared().readTree(json);
    } catch (JacksonException wrong) {
      var where = wrong.getLocation();
      String message =
          wrong
              .getOriginalMessage()
              .lines()
              .findFirst()
              .orElse("not JSON")
              .replaceAll(" \\(.*", "");
      throw new UnreadableFile(
          where == null
              ? "%s is not a notebook: %s.".formatted(file, message)
              : "%s is not a notebook: the JSON breaks at line %d, column %d: %s."
                  .formatted(file, where.getLineNr(), where.getColumnNr(), message));
    }
  }

  private static void checkHead(String file, JsonNode notebook) throws UnreadableFile {
    int format = notebook.path("nbformat").asInt(0);
    if (format > 0 && format < 4) {
      throw new UnreadableFile(
          "%s is in notebook format %d, brigade reads format 4; open and save it in Jupyter."
              .formatted(file, format));
    }
    if (!notebook.path("cells").isArray()) {
      throw new UnreadableFile("%s is not a notebook: it has no list of cells.".formatted(file));
    }
    JsonNode metadata = notebook.path("metadata");
    String language = metadata.path("kernelspec").path("language").asString("");
    if (language.isEmpty()) language = metadata.path("language_info").path("name").asString("");
    if (!language.isEmpty() && !language.equalsIgnoreCase("java")) {
      throw new UnreadableFile(
          "%s is a notebook for %s; brigade runs Java.".formatted(file, language));
    }
  }

  private static String source(String file, int number, JsonNode source) throws UnreadableFile {
    if (source.isString()) return source.asString();
    if (source.isArray()) {
      return source.valueStream().map(JsonNode::asString).collect(Collectors.joining());
    }
    throw new UnreadableFile(
        "%s is not a notebook: its cell %d has no source.".formatted(file, number));
  }

  private static boolean has(JsonNode tags, String tag) {
    return tags.valueStream().anyMatch(node -> node.asString("").equals(tag));
  }
}
