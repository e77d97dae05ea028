package dev.brigade.session.display;

import java.util.Map;

/// A value that says itself how it is shown, where a cell ends in it or displays it. A class of a
/// cell or of a jar may implement it. Python's name in notebooks: `_repr_mimebundle_`.
public interface Displayable {
  /// Its forms by MIME type, for example `Map.of("text/html", "<b>hi</b>")`: text, bytes of
  /// pictures, or for JSON types a tree of maps, lists, strings, numbers and booleans. `text/plain`
  /// is its `toString` if it is not among them. Called in the thread that shows it.
  Map<String, Object> forms();
}
