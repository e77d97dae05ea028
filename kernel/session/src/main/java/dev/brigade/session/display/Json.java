package dev.brigade.session.display;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON, as a value: a cell that ends in one shows it as a tree that can be opened and closed where
/// the page can do that, and else as indented text.
///
/// @param content text of JSON, or what becomes JSON: maps, lists, arrays, records, strings,
///     numbers, booleans and null
public record Json(@Nullable Object content) implements Displayable {
  @Override
  public Map<String, Object> forms() {
    var forms = new LinkedHashMap<String, Object>();
    forms.put("application/json", content == null ? "null" : content);
    return forms;
  }
}
