package dev.brigade.session.engine;

import dev.brigade.async.Blocking;
import dev.brigade.async.EventLoop;
import dev.brigade.async.Surroundings;
import dev.brigade.session.Completions;
import dev.brigade.session.observe.TextTable;
import dev.brigade.session.spi.Magic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// `%config`: the settings of a session by name.
final class ConfigMagic {
  /// One setting.
  ///
  /// @param values what it may be; none for any text
  private record Setting(
      String name,
      String meaning,
      List<String> values,
      Supplier<String> now,
      Consumer<String> change) {}

  private final List<Setting> settings;

  ConfigMagic(EventLoop loop, Tracing tracing, Surroundings surroundings) {
    settings =
        List.of(
            new Setting(
                "trace",
                "what cells show of their tasks, as %trace",
                List.of("off", "summary", "on"),
                () -> tracing.mode().name().toLowerCase(Locale.ROOT),
                value -> tracing.mode(Tracing.Mode.valueOf(value.toUpperCase(Locale.ROOT)))),
            new Setting(
                "blocking",
                "what blocking calls in new tasks do to the loop, as blocking(...)",
                List.of("strict", "loom"),
                () -> loop.blocking().name().toLowerCase(Locale.ROOT),
                value -> loop.blocking(Blocking.valueOf(value.toUpperCase(Locale.ROOT)))),
            new Setting(
                "python",
                "the Python of %%python, as BRIGADE_PYTHON; empty for python3",
                List.of(),
                () -> {
                  String python = surroundings.variable(ProgramFinder.PYTHON);
                  return python == null ? "" : python;
                },
                value ->
                    surroundings.variable(ProgramFinder.PYTHON, value.isEmpty() ? null : value)));
  }

  Magic magic() {
    return OwnMagic.of(
            "config", "%config [NAME[=VALUE]]: lists, shows or changes the settings", this::config)
        .completedBy(this::complete);
  }

  private void config(MagicCall call) {
    String given = call.arguments().strip();
    if (given.isEmpty()) {
      var table = new TextTable("SETTING", "VALUE", "MAY BE", "MEANING");
      for (Setting each : settings) {
        table.row(each.name(), each.now().get(), String.join(" ", each.values()), each.meaning());
      }
      call.print(table.toString());
      return;
    }
    String[] parts = given.split("\\s*=\\s*|\\s+", 2);
    Setting setting = find(parts[0]);
    if (parts.length == 2) change(setting, parts[1]);
    call.print(setting.name() + "=" + setting.now().get() + "\n");
  }

  private Setting find(String name) {
    for (Setting each : settings) if (each.name().equals(name)) return each;
    throw CellFailure.of(
        "NoSuchSetting",
        "the settings are "
            + String.join(", ", settings.stream().map(Setting::name).toList())
            + ", and `"
            + name
            + "` is none of them; %config says what they mean");
  }

  private static void change(Setting setting, String value) {
    if (!setting.values().isEmpty() && !setting.values().contains(value)) {
      throw CellFailure.of(
          "WrongArgument",
          "%s is one of %s, and got `%s`"
              .formatted(setting.name(), String.join(", ", setting.values()), value));
    }
    setting.change().accept(value);
  }

  private Optional<Completions> complete(String arguments) {
    List<Completions.Candidate> found =
        settings.stream()
            .flatMap(
                each ->
                    each.values().isEmpty()
                        ? java.util.stream.Stream.of(each.name() + "=")
                        : each.values().stream().map(value -> each.name() + "=" + value))
            .filter(text -> text.startsWith(arguments))
            .map(text -> new Completions.Candidate(text, "option", ""))
            .toList();
    return Optional.of(new Completions(0, arguments.length(), found));
  }
}
