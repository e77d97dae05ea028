package dev.brigade.session.engine;

import static dev.brigade.async.Async.await;
import static dev.brigade.async.Async.toThread;

import dev.brigade.async.EventLoop;
import dev.brigade.async.trace.LoopView;
import dev.brigade.async.trace.Trace;
import dev.brigade.session.spi.Magic;
import dev.brigade.session.view.TraceView;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The magics that look at the last trace again.
final class TraceMagics {
  private static final int FRAMES = 12;

  private final EventLoop loop;
  private final Stdin stdin;

  TraceMagics(EventLoop loop, Stdin stdin) {
    this.loop = loop;
    this.stdin = stdin;
  }

  List<Magic> all() {
    return List.of(
        OwnMagic.of(
            "step",
            "%step [N]: walks through the last trace, event by event: what was ready, what slept,"
                + " what waited",
            this::step));
  }

  private void step(MagicCall call) throws Exception {
    Trace trace = loop.lastTrace();
    if (trace == null) {
      throw CellFailure.of(
          "NothingTraced",
          "%step walks through the last trace, and nothing has been traced yet: put %%trace over a"
              + " cell, or begin with %trace summary");
    }
    int at = number(call.arguments(), 1);
    while (true) {
      LoopView view = LoopView.at(trace, at).orElse(null);
      if (view == null) {
        call.print("nothing happened in the last trace\n");
        return;
      }
      call.print(view.text());
      String answer;
      try {
        answer = ask();
      } catch (IOException _) { // this front end cannot ask
        call.show(TraceView.frames(trace, FRAMES));
        return;
      }
      if (answer == null || answer.equals("q")) return;
      at =
          switch (answer) {
            case "", "n" -> view.step() + 1;
            case "p" -> view.step() - 1;
            default -> number(answer, view.step());
          };
      if (at > view.steps()) return;
    }
  }

  /// Off the loop, which goes on meanwhile.
  private @Nullable String ask() throws IOException {
    String answer =
        await(
            toThread(
                () -> stdin.readKey("n or Enter next, p previous, a number, q quit: ", "npq ")),
            IOException.class);
    return answer == null ? null : answer.strip();
  }

  private static int number(String text, int otherwise) {
    String digits = text.strip();
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : otherwise;
  }
}
