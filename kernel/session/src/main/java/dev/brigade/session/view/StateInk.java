package dev.brigade.session.view;

import dev.brigade.async.trace.Timeline.State;

/// How states look: each has a pattern or a form of its own, so that none is known by its colour
/// alone, and a ground on which its words can be read.
///
/// | state | looks |
/// |---|---|
/// | running | solid |
/// | ready | hatched |
/// | waiting | outlined, with what it waits for |
/// | blocked | crosshatched |
/// | compiling | dotted |
/// | idle | nothing |
final class StateInk {
  static final String SOLID = "#0b5394";
  static final String OUTLINED = "#f3f6f9";
  private static final String HATCH_GROUND = "#fff1c9";
  private static final String HATCH = "#8a5a00";
  private static final String CROSS_GROUND = "#ffdbd7";
  private static final String CROSS = "#a40e26";
  private static final String DOT_GROUND = "#eceff3";

  /// What a form is filled with.
  static String fill(State state) {
    return switch (state) {
      case RUNNING -> SOLID;
      case WAITING -> OUTLINED;
      case READY -> "url(#" + SvgCanvas.id("ready") + ") " + HATCH_GROUND;
      case BLOCKED -> "url(#" + SvgCanvas.id("blocked") + ") " + CROSS_GROUND;
      case COMPILING -> "url(#" + SvgCanvas.id("compiling") + ") " + DOT_GROUND;
      case IDLE -> "none";
    };
  }

  /// The line around a form.
  static String stroke(State state) {
    return switch (state) {
      case RUNNING -> SOLID;
      case WAITING, COMPILING -> SvgCanvas.PALE_INK;
      case READY -> HATCH;
      case BLOCKED -> CROSS;
      case IDLE -> "none";
    };
  }

  /// The ground of words in a form.
  static String ground(State state) {
    return switch (state) {
      case RUNNING -> SOLID;
      case WAITING -> OUTLINED;
      case READY, BLOCKED, COMPILING, IDLE -> SvgCanvas.PAPER;
    };
  }

  /// The words in a form.
  static String words(State state) {
    return switch (state) {
      case RUNNING -> SvgCanvas.PAPER;
      case BLOCKED -> "#82071e";
      case WAITING, READY, COMPILING, IDLE -> SvgCanvas.INK;
    };
  }

  /// The patterns, once for each picture.
  static void define(SvgCanvas canvas) {
    canvas.open("defs");
    pattern(canvas, "ready", 5, HATCH_GROUND);
    canvas.line("M-1 1L1 -1M0 5L5 0M4 6L6 4", HATCH, 1.2);
    canvas.close("pattern");
    pattern(canvas, "blocked", 6, CROSS_GROUND);
    canvas.line("M0 0L6 6M6 0L0 6", CROSS, 1.8);
    canvas.close("pattern");
    pattern(canvas, "compiling", 4, DOT_GROUND);
    canvas.rect(1, 1, 1.6, 1.6, SvgCanvas.PALE_INK);
    canvas.close("pattern");
    canvas.close("defs");
  }

  private static void pattern(SvgCanvas canvas, String name, int size, String ground) {
    canvas.open(
        "pattern",
        "id",
        SvgCanvas.id(name),
        "width",
        size,
        "height",
        size,
        "patternUnits",
        "userSpaceOnUse");
    canvas.rect(0, 0, size, size, ground);
  }

  private StateInk() {}
}
