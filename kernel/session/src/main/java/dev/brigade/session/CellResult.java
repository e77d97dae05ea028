package dev.brigade.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a cell ended.
///
/// @param userExpressions by name, a value or an error for each expression asked for
/// @param nextInput text a magic wants in the next input (`%load`), or null
/// @param page text a magic wants shown in the pager, or null
public record CellResult(
    Cell cell,
    Outcome outcome,
    Map<String, Outcome> userExpressions,
    @Nullable String nextInput,
    @Nullable MimeBundle page) {
  public CellResult {
    userExpressions = Map.copyOf(userExpressions);
  }
}
