package dev.brigade.session.view;

import dev.brigade.async.trace.Trace;
import dev.brigade.session.MimeBundle;

/// A trace in every form a front end may show.
public final class TraceView {
  /// The lanes as text.
  public static MimeBundle bundle(Trace trace) {
    return MimeBundle.text(TextLanes.of(trace, TextLanes.Style.PLAIN));
  }

  private TraceView() {}
}
