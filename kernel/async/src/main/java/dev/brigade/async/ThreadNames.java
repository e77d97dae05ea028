package dev.brigade.async;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a log calls the threads that its program starts: no two that live at once bear one name.
final class ThreadNames {
  private final Map<Long, String> names = new ConcurrentHashMap<>();
  // Guarded by this.
  private final Set<String> taken = new HashSet<>();
  private long unnamed;

  /// A thread is about to be started.
  synchronized String start(Thread thread) {
    String name = thread.getName();
    String first = name.isEmpty() ? "virtual thread " + ++unnamed : name;
    String free = first;
    for (int i = 2; !taken.add(free); i++) free = first + " (" + i + ")";
    names.put(thread.threadId(), free);
    return free;
  }

  /// Any thread's name.
  String of(Thread thread) {
    String name = names.get(thread.threadId());
    return name != null ? name : WaitNames.thread(thread);
  }

  /// A thread has ended.
  ///
  /// @return false if it was not started, or has ended before
  synchronized boolean end(Thread thread) {
    String name = names.remove(thread.threadId());
    return name != null && taken.remove(name);
  }
}
