package dev.brigade.session.engine;

import dev.brigade.async.Surroundings;
import dev.brigade.session.spi.Magic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `%logstart` and `%logstop`.
final class LogMagics {
  private static final String USUAL = "brigade-log.jsh";

  private final SessionLog log;
  private final Surroundings surroundings;

  LogMagics(SessionLog log, Surroundings surroundings) {
    this.log = log;
    this.surroundings = surroundings;
  }

  List<Magic> all() {
    return List.of(
        OwnMagic.of(
                "logstart",
                "%logstart [-a] [FILE]: writes later cells and what they give to a file, "
                    + USUAL
                    + "; -a appends",
                this::start)
            .completedBy(
                arguments -> Optional.of(PathCandidates.of(arguments, surroundings.directory()))),
        OwnMagic.of("logstop", "%logstop: ends what %logstart began", this::stop));
  }

  private void start(MagicCall call) {
    var words = new ArrayList<>(PathWords.split(call.arguments()));
    boolean append = words.remove("-a");
    if (words.size() > 1) {
      throw CellFailure.of(
          "WrongArgument", "%logstart takes one file, and got `" + call.arguments() + "`");
    }
    Path file = FileMagics.file(surroundings, words.isEmpty() ? USUAL : words.getFirst());
    if (Files.exists(file) && !append) {
      throw CellFailure.of(
          "FileExists",
          "a log replaces no file, and %1$s is there. %%logstart -a %1$s appends to it"
              .formatted(file));
    }
    try {
      log.start(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw CellFailure.of("CannotWrite", file + " cannot be written: " + e);
    }
    call.print("logging to " + file + "; %logstop ends it\n");
  }

  private void stop(MagicCall call) {
    try {
      Path file = log.stop();
      call.print(file == null ? "there is no log; %logstart begins one\n" : "wrote " + file + "\n");
    } catch (IOException e) {
      throw CellFailure.of("CannotWrite", "the log could not be ended: " + e);
    }
  }
}
