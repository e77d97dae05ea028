package dev.brigade.session.view;

import dev.brigade.async.trace.LoopView;
import dev.brigade.async.trace.Trace;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.TextStyle;
import java.util.List;

/// A trace in every form a front end may show.
public final class TraceView {
  /// The timeline, as a picture and as text.
  public static MimeBundle bundle(Trace trace, TextStyle style) {
    MimeBundle text = MimeBundle.text(text(trace, style));
    return trace.timeline().lanes().size() < 2
        ? text
        : text.with("image/svg+xml", TimelineSvg.of(trace));
  }

  /// The timeline as text.
  public static String text(Trace trace, TextStyle style) {
    return TextLanes.of(trace, style);
  }

  /// Some of the steps, to walk through: as text, and as HTML that opens and closes without script.
  public static MimeBundle frames(Trace trace, int most) {
    List<LoopView> views = LoopView.of(trace, most);
    var text = new StringBuilder();
    var html = new StringBuilder();
    for (LoopView view : views) {
      String rows = view.text();
      int end = rows.indexOf('\n') + 1;
      text.append(text.isEmpty() ? "" : "\n").append(rows);
      // Some notebooks draw no sign at what can be opened: the first shows that it can.
      html.append(html.isEmpty() ? "<details open>" : "<details>")
          .append("<summary>")
          .append(SvgText.escape(rows.substring(0, end).strip()))
          .append("</summary><pre>")
          .append(SvgText.escape(rows.substring(end)))
          .append("</pre></details>\n");
    }
    if (views.isEmpty()) return MimeBundle.text("nothing happened");
    return MimeBundle.text(text.toString().stripTrailing()).with("text/html", html.toString());
  }

  private TraceView() {}
}
