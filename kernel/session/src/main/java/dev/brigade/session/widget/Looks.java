package dev.brigade.session.widget;

import java.util.List;

/// The named colours of bars, boxes and buttons, which a page's theme gives.
final class Looks {
  private static final List<String> NAMES = List.of("", "success", "info", "warning", "danger");
  private static final List<String> OF_BUTTONS =
      List.of("", "primary", "success", "info", "warning", "danger");

  static String named(String what, String given) {
    return checked(what, given, NAMES);
  }

  static String ofButton(String given) {
    return checked("a button's style", given, OF_BUTTONS);
  }

  private static String checked(String what, String given, List<String> names) {
    if (names.contains(given)) return given;
    throw new IllegalArgumentException(
        "%s is one of \"%s\", not \"%s\"".formatted(what, String.join("\", \"", names), given));
  }

  private Looks() {}
}
