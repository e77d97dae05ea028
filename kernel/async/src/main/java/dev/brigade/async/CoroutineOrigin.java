package dev.brigade.async;

import org.jspecify.annotations.Nullable;

/// What must be known of a coroutine after it is gone, to report that it was never awaited. Must
/// not refer to the coroutine.
final class CoroutineOrigin {
  private final String name;
  private final @Nullable String site;
  private final @Nullable Origin owner;
  // Written by the thread that begins the coroutine, read by the cleaner after it is unreachable.
  private boolean begun;

  CoroutineOrigin(String name, @Nullable String site, @Nullable Origin owner) {
    this.name = name;
    this.site = site;
    this.owner = owner;
  }

  /// True for the first call only.
  boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  boolean begun() {
    return begun;
  }

  String name() {
    return name;
  }

  @Nullable String site() {
    return site;
  }

  @Nullable Origin owner() {
    return owner;
  }
}
