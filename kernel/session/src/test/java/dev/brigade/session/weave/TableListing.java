package dev.brigade.session.weave;

import java.util.List;

/// The table's lines for tests of other packages.
public final class TableListing {
  /// A line and what it does: `WAIT`, `HAND_OVER`, `HAND_OVER_AND_WAIT`, `CLOCK`, or `INSTEAD`.
  public record Line(String call, String kind) {}

  public static List<Line> lines() {
    return JdkCalls.ALL.stream().map(TableListing::line).toList();
  }

  private static Line line(WovenCall call) {
    String kind =
        switch (call) {
          case Around around -> around.kind().name();
          case Redirect _ -> "INSTEAD";
        };
    return new Line(name(call), kind);
  }

  private static String name(WovenCall call) {
    String parameters =
        java.lang.constant.MethodTypeDesc.ofDescriptor("(" + call.parameters() + ")V")
            .parameterList()
            .stream()
            .map(java.lang.constant.ClassDesc::displayName)
            .collect(java.util.stream.Collectors.joining(","));
    return call.owner().substring(call.owner().lastIndexOf('/') + 1).replace('$', '.')
        + "."
        + call.name()
        + "("
        + parameters
        + ")";
  }

  private TableListing() {}
}
