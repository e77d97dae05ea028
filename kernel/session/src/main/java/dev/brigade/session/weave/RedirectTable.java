package dev.brigade.session.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls that woven code makes elsewhere than written.
public final class RedirectTable {
  private final Map<String, List<WovenCall>> byNameAndParameters = new HashMap<>();

  private RedirectTable(List<? extends WovenCall> calls) {
    for (WovenCall call : calls) {
      byNameAndParameters
          .computeIfAbsent(call.name() + call.parameters(), _ -> new ArrayList<>())
          .add(call);
    }
  }

  public static RedirectTable of(List<? extends WovenCall> calls) {
    return new RedirectTable(calls);
  }

  /// The JDK's lines and those of the runtime.
  public static RedirectTable standard() {
    var lines = new ArrayList<>(JdkCalls.ALL);
    lines.addAll(SiteCalls.ALL);
    return new RedirectTable(lines);
  }

  /// The line that a call means, or null.
  ///
  /// @param named internal name of the type that the call names
  /// @param isStatic whether the call is on no object
  @Nullable WovenCall find(
      String named, String name, String descriptor, boolean isStatic, Hierarchy hierarchy) {
    String parameters = descriptor.substring(1, descriptor.indexOf(')'));
    for (WovenCall call : byNameAndParameters.getOrDefault(name + parameters, List.of())) {
      boolean shape =
          switch (call) {
            // The receiver of an Around line is whatever the call has.
            case Around _ -> true;
            case Redirect redirect ->
                redirect.receiver() != isStatic && redirect.fitsResult(descriptor);
          };
      if (shape && (isStatic ? named.equals(call.owner()) : hierarchy.means(named, call))) {
        return call;
      }
    }
    return null;
  }

  static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
