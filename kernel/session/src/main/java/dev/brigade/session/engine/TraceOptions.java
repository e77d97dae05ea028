package dev.brigade.session.engine;

import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands after `%%trace`.
///
/// @param mode what is shown
/// @param json where the trace goes as JSON, or null
record TraceOptions(Tracing.Mode mode, @Nullable Path json) {
  static TraceOptions of(String arguments) {
    Tracing.Mode mode = Tracing.Mode.ON;
    Path json = null;
    List<String> words = arguments.isBlank() ? List.of() : List.of(arguments.strip().split("\\s+"));
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--steps" -> mode = Tracing.Mode.STEPS;
        case "--live" -> mode = Tracing.Mode.LIVE;
        case "--frames" -> mode = Tracing.Mode.FRAMES;
        case "--json" -> {
          if (++i == words.size()) {
            throw CellFailure.of(
                "WrongArgument",
                "--json needs the file it writes, for Perfetto: %%trace --json lesson.json");
          }
          json = Path.of(words.get(i));
        }
        default ->
            throw CellFailure.of(
                "WrongArgument",
                "%%trace knows --steps, --frames, --live and --json FILE, and got `"
                    + words.get(i)
                    + "`");
      }
    }
    return new TraceOptions(mode, json);
  }

  void save(@Nullable Trace trace) throws IOException {
    if (json != null && trace != null) Files.writeString(json, TraceJson.of(trace));
  }
}
