package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.Frequent;
import dev.brigade.async.trace.Timeline;
import dev.brigade.async.trace.Timeline.Arrow;
import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the Trace Event format asks for ("Trace Event Format", Google; Perfetto's importer), and
/// that nothing is lost on the way.
final class TraceJsonTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final Map<String, Set<String>> REQUIRED =
      Map.of(
          "X", Set.of("name", "ts", "dur", "pid", "tid"),
          "b", Set.of("name", "cat", "id", "ts", "pid", "tid"),
          "e", Set.of("name", "cat", "id", "ts", "pid", "tid"),
          "s", Set.of("name", "cat", "id", "ts", "pid", "tid"),
          "f", Set.of("name", "cat", "id", "ts", "pid", "tid", "bp"),
          "C", Set.of("name", "ts", "pid", "args"),
          "i", Set.of("name", "ts", "pid", "tid", "s"),
          "M", Set.of("name", "pid", "args"));

  private final Program program = new Program(CarrierKind.SCHEDULER);

  private Trace kitchen() {
    return program.run(
        () ->
            trace(
                () -> {
                  var stove = new AsyncLock();
                  Task<Void> slow =
                      createTask(async(() -> await(sleep(9))), "slow \"one\" \\ é 🍲");
                  for (double time : new double[] {0.3, 0.1, 0.000000123}) {
                    createTask(
                        Coroutines.of(
                            "cook",
                            () -> {
                              await(sleep(time));
                              try (var _ = await(stove.acquire())) {
                                await(sleep(2));
                              }
                            }));
                  }
                  await(sleep(1));
                  slow.cancel();
                  await(sleep(6));
                }));
  }

  private static List<JsonNode> events(Trace trace) {
    JsonNode document = JSON.readTree(trace.json());
    assertThat(document.get("displayTimeUnit").asString()).isIn("ms", "ns");
    var events = new ArrayList<JsonNode>();
    document.get("traceEvents").forEach(events::add);
    return events;
  }

  private static long nanos(JsonNode micros) {
    return micros.decimalValue().multiply(BigDecimal.valueOf(1000)).longValueExact();
  }

  @Test
  void everyEventHasWhatItsPhaseAsksForAndPairsMatch() {
    Map<String, Integer> open = new HashMap<>();
    for (JsonNode event : events(kitchen())) {
      String phase = event.get("ph").asString();
      assertThat(REQUIRED).containsKey(phase);
      assertThat(new HashSet<>(event.propertyNames())).containsAll(REQUIRED.get(phase));
      if (event.has("ts")) assertThat(nanos(event.get("ts"))).isNotNegative();
      if (event.has("dur")) assertThat(nanos(event.get("dur"))).isPositive();
      String pair = event.path("cat").asString("") + event.path("id").asString("");
      switch (phase) {
        case "b", "s" -> assertThat(open.merge(phase + pair, 1, Integer::sum)).isEqualTo(1);
        case "e" -> assertThat(open.remove("b" + pair)).isEqualTo(1);
        case "f" -> assertThat(open.remove("s" + pair)).isEqualTo(1);
        default -> {}
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void aParseGivesTheTimelineBack() {
    Trace trace = kitchen();
    Timeline timeline = trace.timeline();
    List<JsonNode> events = events(trace);
    for (int track = 0; track < timeline.lanes().size(); track++) {
      Lane lane = timeline.lanes().get(track);
      var segments = new ArrayList<Segment>();
      for (JsonNode event : events) {
        if (!event.get("ph").asString().equals("X") || event.get("tid").asInt() != track) continue;
        long from = timeline.from() + nanos(event.get("ts"));
        JsonNode what = event.path("args").path("what");
        segments.add(
            new Segment(
                from,
                from + nanos(event.get("dur")),
                state(event.get("name").asString()),
                what.isMissingNode() ? null : what.asString()));
      }
      assertThat(segments)
          .isEqualTo(lane.segments().stream().filter(s -> s.state() != State.IDLE).toList());
      int number = track;
      assertThat(events)
          .anySatisfy(
              event -> {
                assertThat(event.get("name").asString()).isEqualTo("thread_name");
                assertThat(event.get("tid").asInt()).isEqualTo(number);
                assertThat(event.get("args").get("name").asString()).isEqualTo(lane.name());
              });
    }
    List<Long> arrows =
        events.stream()
            .filter(event -> event.get("ph").asString().equals("s"))
            .map(event -> timeline.from() + nanos(event.get("ts")))
            .toList();
    assertThat(arrows).isEqualTo(timeline.arrows().stream().map(Arrow::at).toList());
    assertThat(timeline.lanes()).extracting(Lane::kind).contains(Kind.TASK);
  }

  private static State state(String words) {
    for (State state : State.values()) if (state.words().equals(words)) return state;
    throw new AssertionError("no state is called " + words);
  }

  @Test
  void countersGoBackToZero() {
    JsonNode last = null;
    for (JsonNode event : events(kitchen())) {
      if (event.get("ph").asString().equals("C")) last = event;
    }
    assertThat(last).isNotNull();
    assertThat(last.get("args").get("ready").asInt()).isZero();
    assertThat(last.get("args").get("waiting").asInt()).isZero();
  }

  @Test
  void aMillionEventsTakeLessThanTwoHundredMegabytesAndTheRestIsCounted() {
    var log = new EventLog();
    log.record();
    long before = used();
    for (int i = 0; i < 1_200_000; i++) {
      log.add(Frequent.AWAITS, i, "loop", "In [1]", i, 0, "sleep", null, null);
    }
    long after = used();
    assertThat((after - before) / 1e6).isLessThan(200);
    assertThat(log.dropped()).isEqualTo(200_000);
    assertThat(log.eventsAfter(1_199_999)).hasSize(1);
    assertThat(log.eventsAfter(0).getFirst()).isInstanceOf(TraceEvent.Awaits.class);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
