package dev.brigade.session.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers of cells as one writes them after a command: `3`, `2-5`, `7-`.
record CellNumbers(List<Range> ranges) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(-(\\d{0,9}))?");

  /// @param last included
  record Range(int first, int last) {}

  static CellNumbers of(List<String> words) {
    var ranges = new ArrayList<Range>();
    for (String word : words) {
      Matcher range = RANGE.matcher(word);
      if (!range.matches()) {
        throw CellFailure.of(
            "WrongArgument",
            "cells are named by numbers such as 3, 2-5 or 7-, and got `" + word + "`");
      }
      int first = Integer.parseInt(range.group(1));
      int last =
          range.group(2) == null
              ? first
              : range.group(3).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(range.group(3));
      ranges.add(new Range(first, last));
    }
    return new CellNumbers(List.copyOf(ranges));
  }

  boolean contains(int number) {
    return ranges.stream().anyMatch(each -> number >= each.first() && number <= each.last());
  }
}
