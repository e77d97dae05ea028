package dev.brigade.session.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.Stamp;
import dev.brigade.async.trace.Timeline;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.async.trace.TraceSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceViewTest {
  private final List<TraceEvent> events = new ArrayList<>();

  private Stamp at(long millis) {
    return new Stamp(events.size() + 1, millis * 1_000_000, "loop", "In [1]");
  }

  private Trace trace(String label, long millis) {
    return new Trace("loop", label, 0, millis * 1_000_000, 0, events, Map.of(1L, "In [1]"));
  }

  private void aCellWithTwoTasks() {
    events.add(new TraceEvent.Compiled(at(100), "In [1]", 100_000_000));
    events.add(new TraceEvent.TaskCreated(at(100), 2, 1, "slow", "work", "In [1] line 1"));
    events.add(new TraceEvent.TaskCreated(at(100), 3, 1, "fast", "work", "In [1] line 2"));
    events.add(new TraceEvent.StepBegan(at(101), 2));
    events.add(new TraceEvent.Awaits(at(101), 2, "sleep", 0, null));
    events.add(new TraceEvent.StepEnded(at(101), 2));
    events.add(new TraceEvent.StepBegan(at(101), 3));
    events.add(new TraceEvent.Awaits(at(101), 3, "sleep", 0, null));
    events.add(new TraceEvent.StepEnded(at(101), 3));
    events.add(new TraceEvent.StepBegan(at(201), 3));
    events.add(new TraceEvent.TaskEnded(at(201), 3, TraceEvent.End.FAILED, "oops"));
    events.add(new TraceEvent.StepBegan(at(301), 2));
    events.add(new TraceEvent.TaskEnded(at(301), 2, TraceEvent.End.FINISHED, null));
  }

  @Test
  void summaryTellsCountOrderTimesAndPeak() {
    aCellWithTwoTasks();
    TraceSummary summary = trace("In [1]", 301).summary();
    assertThat(summary.line())
        .isEqualTo(
            "2 tasks, ended: fast (failed), slow; 0.201 s elapsed, 0.300 s waited together, at most"
                + " 2 at once");
  }

  @Test
  void summaryCountsTheCellsOwnTasksOnly() {
    aCellWithTwoTasks();
    assertThat(trace("In [2]", 301).summary().tasks()).isZero();
  }

  @Test
  void stepsAreNumberedAndHaveTheTimesOfTheTimeline() {
    aCellWithTwoTasks();
    assertThat(StepTable.of(events, Map.of(1L, "In [1]"), 0).lines().map(String::stripTrailing))
        .startsWith(
            "step     time  task         what                                         thread",
            "        0.100               (the compiler has worked 0.100 s)",
            "   1    0.100  In [1]       creates slow at In [1] line 1                loop",
            "   2    0.100  In [1]       creates fast at In [1] line 2                loop",
            "   3    0.101  slow         runs                                         loop")
        .contains("   8    0.201  fast         fails: oops                                  loop");
  }

  @Test
  void stepsSayNothingOfACompilerThatTookNoTime() {
    events.add(new TraceEvent.Compiled(at(1), "In [1]", 999_999));
    events.add(new TraceEvent.StepBegan(at(1), 1));
    assertThat(StepTable.of(trace("In [1]", 1))).contains("runs").doesNotContain("compiler");
  }

  @Test
  void nothingIsNoTableOfSteps() {
    assertThat(StepTable.of(trace("In [1]", 0))).isEqualTo("nothing happened");
  }

  @Test
  void valuesAreReadableAndCutWhenLong() {
    assertThat(ValueText.of(new Object[] {1, null, "x"})).isEqualTo("[1, null, \"x\"]");
    assertThat(ValueText.of("tab\t\"quote\" \u0001")).isEqualTo("\"tab\\t\\\"quote\\\" \\u0001\"");
    assertThat(ValueText.of(new int[5_000])).endsWith("... and 4,000 more]");
    var self = new ArrayList<Object>();
    self.add(self);
    assertThat(ValueText.of(self)).hasSizeLessThan(100);
  }

  @Test
  void timeThatTheCompilerTookIsNoWorkOfTheCell() {
    events.add(new TraceEvent.Compiled(at(100), "In [1]", 90_000_000));
    events.add(new TraceEvent.Awaits(at(110), 1, "sleep", 0, null));
    events.add(new TraceEvent.StepEnded(at(110), 1));
    Timeline timeline = trace("In [1]", 200).timeline();
    for (String lane : List.of("In [1]", "loop")) {
      assertThat(timeline.lane(lane).orElseThrow().nanos(Timeline.State.COMPILING))
          .isEqualTo(90_000_000);
    }
    assertThat(trace("In [1]", 200).summary().longestHold()).isEqualTo(10_000_000);
  }
}
