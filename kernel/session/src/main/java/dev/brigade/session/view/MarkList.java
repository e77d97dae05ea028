package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.Lane;
import dev.brigade.async.trace.Timeline.Mark;
import dev.brigade.async.trace.Timeline.Sign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The marks of a picture that have numbers, in order of time: what went wrong, then the first
/// prints.
final class MarkList {
  /// @param number its number in the picture
  record Numbered(int number, Lane lane, Mark mark) {}

  private final List<Numbered> numbered = new ArrayList<>();
  private final Map<Mark, Integer> numbers = new IdentityHashMap<>();
  private final int all;

  MarkList(List<Lane> lanes, int most) {
    record Found(Lane lane, Mark mark) {}
    var found = new ArrayList<Found>();
    for (Lane lane : lanes) for (Mark mark : lane.marks()) found.add(new Found(lane, mark));
    all = found.size();
    Comparator<Found> byTime = Comparator.comparingLong(each -> each.mark().at());
    found.stream()
        .sorted(
            Comparator.<Found, Boolean>comparing(each -> each.mark().sign() == Sign.PRINT)
                .thenComparing(byTime))
        .limit(most)
        .sorted(byTime)
        .forEach(
            each -> {
              int number = numbered.size() + 1;
              numbered.add(new Numbered(number, each.lane(), each.mark()));
              numbers.put(each.mark(), number);
            });
  }

  List<Numbered> numbered() {
    return numbered;
  }

  /// How many marks have no number.
  int more() {
    return all - numbered.size();
  }

  /// What stands beside marks that are at the same place.
  String label(List<Mark> marks) {
    int[] known =
        marks.stream().filter(numbers::containsKey).mapToInt(numbers::get).sorted().toArray();
    if (known.length == 0) return marks.size() == 1 ? "" : "×" + marks.size();
    int first = known[0];
    int last = known[known.length - 1];
    String rest = known.length < marks.size() ? "+" + (marks.size() - known.length) : "";
    if (known.length == 1) return first + rest;
    if (last - first == known.length - 1) return first + "-" + last + rest;
    return known.length == 2 ? first + "," + last + rest : first + "…" + last + rest;
  }
}
