package dev.brigade.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cell to run.
///
/// @param code the source, magics included
/// @param silent no result, no number, no history
/// @param storeHistory whether the cell gets a number and a place in the history
/// @param userExpressions expressions to evaluate after the cell, by name
/// @param stdin where `System.in` and `IO.readln` read; null refuses with a clear error
/// @param tag handed back in every emission's [Cell#tag()]
public record CellRequest(
    String code,
    boolean silent,
    boolean storeHistory,
    Map<String, String> userExpressions,
    @Nullable LineInput stdin,
    @Nullable Object tag) {
  public CellRequest {
    userExpressions = Map.copyOf(userExpressions);
    if (silent) storeHistory = false;
  }

  /// A numbered cell without extras.
  public static CellRequest of(String code) {
    return new CellRequest(code, false, true, Map.of(), null, null);
  }
}
