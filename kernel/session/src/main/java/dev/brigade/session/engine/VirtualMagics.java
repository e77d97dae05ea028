package dev.brigade.session.engine;

import dev.brigade.async.Async;
import dev.brigade.async.EventLoop;
import dev.brigade.async.LoopClock;
import dev.brigade.async.LoopOptions;
import dev.brigade.session.spi.Magic;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `%%virtual` and `%%shuffle`: the cell's own coroutine on a loop of virtual time, so that every
/// run gives the same bytes; with a seed, in an order that the seed draws.
///
/// The snippets are evaluated in the other loop's coroutine, while the cell's task on the session's
/// loop awaits it.
final class VirtualMagics {
  private static final Pattern SEED = Pattern.compile("seed\\s*=\\s*(-?\\d{1,18})");
  private static final int SEEDS = 10_000;

  static List<Magic> all() {
    return List.of(
        OwnMagic.of(
            "virtual",
            "%%virtual over a cell: its time is virtual, so sleeping takes none and every run is"
                + " the same",
            VirtualMagics::virtual),
        OwnMagic.of(
            "shuffle",
            "%%shuffle seed=7 over a cell: as %%virtual, and the seed draws the next ready task",
            VirtualMagics::shuffle));
  }

  private static void virtual(MagicCall call) {
    requireBody(call, "virtual");
    if (!call.arguments().isBlank()) {
      throw CellFailure.of(
          "WrongArgument",
          "%%virtual takes nothing, and got `"
              + call.arguments()
              + "`. For the order that a seed draws there is %%shuffle seed=7");
    }
    run(call, null);
  }

  private static void shuffle(MagicCall call) {
    requireBody(call, "shuffle");
    String given = call.arguments().strip();
    Matcher seed = SEED.matcher(given);
    if (!given.isEmpty() && !seed.matches()) {
      throw CellFailure.of(
          "WrongArgument",
          "%%shuffle takes seed=NUMBER, or nothing for a new seed, and got `" + given + "`");
    }
    run(
        call,
        given.isEmpty()
            ? ThreadLocalRandom.current().nextLong(1, SEEDS)
            : Long.parseLong(seed.group(1)));
  }

  private static void requireBody(MagicCall call, String name) {
    if (call.wholeCell() && !call.body().isBlank()) return;
    throw CellFailure.of(
        "NothingToRun",
        "%%"
            + name
            + " stands over the code it runs.\n  wrong: %"
            + name
            + " await(main())\n  right: %%"
            + name
            + "\n         await(main())");
  }

  private static void run(MagicCall call, @Nullable Long seed) {
    Workshop workshop = call.workshop();
    // The live objects are the session's: made on the other loop, they would end with it.
    call.prepare(call.body());
    LoopOptions options =
        LoopOptions.defaults()
            .withClock(LoopClock.virtual())
            .withNotices(workshop.notices())
            .withName(seed == null ? "virtual-loop" : "shuffled-loop");
    EventLoop other = EventLoop.create(seed == null ? options : options.withShuffle(seed));
    Field shown = setLoop(workshop, workshop.loop(), other);
    try {
      call.outsideCompileTime(
          () -> other.runRoot(call.cell().origin(), call.cell().label(), () -> body(call, other)));
    } finally {
      if (shown != null) setLoop(workshop, other, workshop.loop());
      call.show(Notices.notice(summary(other, seed)));
    }
  }

  private static @Nullable Void body(MagicCall call, EventLoop other) throws Exception {
    Workshop workshop = call.workshop();
    workshop.shell().ownThread();
    call.running().body(Async.currentTask());
    return workshop
        .compileTime()
        .on(
            other,
            call.cell().label(),
            () -> {
              try (var _ = workshop.tracing().watchElsewhere(call.cell())) {
                call.runCode(call.body());
              }
              return null;
            });
  }

  /// What the preload calls `loop` is the loop the code runs on, unless the user has changed it.
  private static @Nullable Field setLoop(Workshop workshop, EventLoop from, EventLoop to) {
    Shell shell = workshop.shell();
    return shell.enter(
        () -> {
          Class<?> owner = shell.control().owner("loop");
          Field field = owner == null ? null : CellControl.field(owner, "loop");
          try {
            if (field == null || field.get(null) != from) return null;
            field.set(null, to);
            return field;
          } catch (IllegalAccessException e) {
            return null;
          }
        });
  }

  private static String summary(EventLoop other, @Nullable Long seed) {
    String time = String.format(Locale.ROOT, "%.3f s", other.time());
    return seed == null
        ? "virtual time: " + time + " passed"
        : "shuffled by seed "
            + seed
            + ", virtual time: "
            + time
            + " passed; the same order again: %%shuffle seed="
            + seed;
  }

  private VirtualMagics() {}
}
