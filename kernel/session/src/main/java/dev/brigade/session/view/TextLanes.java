package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline;
import dev.brigade.async.trace.Timeline.Kind;
import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Mark;
import dev.brigade.async.trace.Timeline.Segment;
import dev.brigade.async.trace.Timeline.State;
import dev.brigade.async.trace.Trace;
import dev.brigade.async.trace.TraceSummary;
import dev.brigade.session.TextStyle;
import dev.brigade.session.TextWidth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A timeline as text: one row for each lane, a character for each stretch of time, and beside it
/// what the lane waited for most.
public final class TextLanes {
  private static final int ROWS = 40;
  private static final int LONGEST_NAME = 24;

  private final Trace trace;
  private final Timeline timeline;
  private final TextStyle style;
  private final int nameWidth;
  private final int barWidth;
  private final Set<State> used = new LinkedHashSet<>();
  private final StringBuilder text = new StringBuilder();
  private boolean brief;

  private TextLanes(Trace trace, TextStyle style) {
    this.trace = trace;
    this.timeline = trace.timeline();
    this.style = style;
    int longest = 4;
    for (Lane lane : timeline.lanes()) longest = Math.max(longest, TextWidth.of(lane.name()));
    this.nameWidth = Math.min(Math.min(LONGEST_NAME, style.columns() / 3), longest);
    // A third of what is left for what the lane waited for.
    this.barWidth = (style.columns() - nameWidth - 2) * 2 / 3;
  }

  /// The lanes, a legend and the summary.
  public static String of(Trace trace, TextStyle style) {
    return new TextLanes(trace, style).text();
  }

  private String text() {
    if (timeline.lanes().size() < 2) return "no task ran";
    axis();
    List<Lane> lanes = timeline.lanes();
    List<Lane> shown = lanes.size() <= ROWS ? lanes : lanes.subList(0, ROWS - 5);
    shown.forEach(this::row);
    if (shown.size() < lanes.size()) folded(lanes.subList(shown.size(), lanes.size()));
    legend();
    if (trace.dropped() > 0) {
      text.append("the log had no room for the first ").append(trace.dropped()).append(" events\n");
    }
    text.append(
        trace.summary().text().lines().map(this::wrapped).collect(Collectors.joining("\n")));
    return text.toString();
  }

  /// Broken between words where the screen ends.
  private String wrapped(String line) {
    var lines = new StringBuilder();
    int used = 0;
    for (String word : line.split(" ")) {
      int width = TextWidth.of(word);
      boolean fits = used + 1 + width <= style.columns();
      if (used > 0) lines.append(fits ? ' ' : '\n');
      used = used > 0 && fits ? used + 1 + width : width;
      lines.append(word);
    }
    return lines.toString();
  }

  private void axis() {
    String end = TraceSummary.seconds(timeline.nanos());
    text.append(TextWidth.pad("", nameWidth)).append("  0 s");
    int room = barWidth - 3 - end.length();
    text.append(" ".repeat(Math.max(1, room))).append(end).append('\n');
  }

  private void row(Lane lane) {
    text.append(TextWidth.pad(cut(lane.name(), nameWidth), nameWidth)).append("  ");
    var bar = new StringBuilder();
    for (int column = 0; column < barWidth; column++) bar.append(cell(lane, column));
    text.append(bar.toString().stripTrailing());
    String waits = waits(lane);
    if (!waits.isEmpty()) {
      int length = plainLength(bar.toString().stripTrailing());
      text.append(" ".repeat(Math.max(0, barWidth - length)))
          .append("  ")
          .append(cut(waits, style.columns() - nameWidth - barWidth - 4));
    }
    text.append('\n');
  }

  private long time(int column) {
    return timeline.from() + Math.round((double) timeline.nanos() * column / barWidth);
  }

  /// What a lane mostly does in a column's time. Code that ran only a moment is shown all the same.
  private String cell(Lane lane, int column) {
    long from = time(column);
    long to = column == barWidth - 1 ? timeline.to() + 1 : time(column + 1);
    for (Mark mark : lane.marks()) {
      if (from <= mark.at() && mark.at() < to) {
        String sign = sign(mark);
        if (sign != null) return sign;
      }
    }
    Map<State, Long> share = new EnumMap<>(State.class);
    for (Segment segment : lane.segments()) {
      long part = Math.min(to, segment.to()) - Math.max(from, segment.from());
      if (part > 0) share.merge(segment.state(), part, Long::sum);
    }
    boolean ranAMoment = lane.moments().stream().anyMatch(at -> from <= at && at < to);
    if (share.isEmpty()) return ranAMoment ? moment() : " ";
    State most = share.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    boolean quiet = most == State.WAITING || most == State.READY || most == State.IDLE;
    boolean ran = share.containsKey(State.RUNNING) || share.containsKey(State.BLOCKED);
    if (quiet && (ran || ranAMoment)) return moment();
    if (most != State.IDLE) used.add(most);
    return paint(most, character(most));
  }

  private String moment() {
    brief = true;
    return paint(State.RUNNING, style.unicode() ? "▏" : "|");
  }

  private static @Nullable String sign(Mark mark) {
    return switch (mark.sign()) {
      case CANCEL -> "x";
      case ERROR -> "!";
      case DEADLOCK -> "@";
      case PRINT, STALL -> null;
    };
  }

  private String character(State state) {
    return switch (state) {
      case RUNNING -> style.unicode() ? "█" : "#";
      case READY -> style.unicode() ? "░" : ":";
      case WAITING -> style.unicode() ? "·" : ".";
      case BLOCKED -> style.unicode() ? "▓" : "B";
      case COMPILING -> style.unicode() ? "▒" : "c";
      case IDLE -> " ";
    };
  }

  private String paint(State state, String character) {
    if (!style.color()) return character;
    String code =
        switch (state) {
          case RUNNING -> "32";
          case READY -> "33";
          case WAITING, IDLE -> "";
          case BLOCKED -> "31";
          case COMPILING -> "35";
        };
    return code.isEmpty() ? character : "\u001b[" + code + "m" + character + "\u001b[0m";
  }

  private static int plainLength(String painted) {
    return painted.replaceAll("\u001b\\[[0-9]*m", "").length();
  }

  /// The waits of a lane, the longest first: one lock is one wait, whoever held it.
  private static String waits(Lane lane) {
    if (lane.kind() == Kind.LOOP) return "";
    Map<String, Long> sums = new TreeMap<>();
    Map<String, Set<String>> full = new HashMap<>();
    for (Segment segment : lane.segments()) {
      if (segment.state() != State.WAITING && segment.state() != State.BLOCKED) continue;
      String what = what(segment);
      int holder = what.indexOf(" (held by ");
      String object = holder < 0 ? what : what.substring(0, holder);
      sums.merge(object, segment.nanos(), Long::sum);
      full.computeIfAbsent(object, _ -> new HashSet<>()).add(what);
    }
    return sums.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(
            wait -> {
              Set<String> named = full.getOrDefault(wait.getKey(), Set.of());
              String what = named.size() == 1 ? named.iterator().next() : wait.getKey();
              return what + " " + seconds(wait.getValue());
            })
        .collect(Collectors.joining(", "));
  }

  private static String what(Segment segment) {
    return segment.what() == null ? segment.state().words() : segment.what();
  }

  private static String seconds(long nanos) {
    return nanos >= 1_000_000
        ? TraceSummary.seconds(nanos)
        : String.format(Locale.ROOT, "%.0f us", nanos / 1e3);
  }

  /// How many lanes are in each state in each column's time: one digit or `+`.
  private void folded(List<Lane> lanes) {
    text.append("... and ").append(lanes.size()).append(" more:\n");
    for (State state : List.of(State.RUNNING, State.READY, State.WAITING, State.BLOCKED)) {
      var bar = new StringBuilder();
      for (int column = 0; column < barWidth; column++) {
        long at = time(column);
        long count =
            lanes.stream()
                .filter(lane -> lane.from() <= at && at < lane.to())
                .filter(lane -> lane.at(at).filter(s -> s.state() == state).isPresent())
                .count();
        bar.append(count == 0 ? " " : count > 9 ? "+" : String.valueOf(count));
      }
      if (bar.toString().isBlank()) continue;
      text.append(TextWidth.pad("  " + state.words(), nameWidth))
          .append("  ")
          .append(bar.toString().stripTrailing())
          .append('\n');
    }
  }

  private void legend() {
    var parts = new ArrayList<String>();
    for (State state : State.values()) {
      if (used.contains(state)) parts.add(character(state) + " " + state.words());
    }
    if (brief) parts.add((style.unicode() ? "▏" : "|") + " ran a moment");
    boolean[] seen = new boolean[3];
    for (Lane lane : timeline.lanes()) {
      for (Mark mark : lane.marks()) {
        switch (mark.sign()) {
          case CANCEL -> seen[0] = true;
          case ERROR -> seen[1] = true;
          case DEADLOCK -> seen[2] = true;
          case PRINT, STALL -> {}
        }
      }
    }
    if (seen[0]) parts.add("x cancelled");
    if (seen[1]) parts.add("! failed");
    if (seen[2]) parts.add("@ deadlock");
    var line = new StringBuilder();
    for (String part : parts) {
      if (!line.isEmpty() && line.length() + 3 + part.length() > style.columns()) {
        text.append(line).append('\n');
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "   ").append(part);
    }
    text.append(line).append('\n');
  }

  private String cut(String text, int width) {
    if (TextWidth.of(text) <= width) return text;
    return TextWidth.begin(text, Math.max(1, width - 2)) + (style.unicode() ? "…" : "..");
  }
}
