package dev.brigade.async;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A linked list of tasks with what belongs to each: entries leave at no cost, wherever they stand.
///
/// Changed in the loop's thread of control only. Other threads may read it meanwhile: an entry that
/// has left keeps its link to the next, and links lead to later entries only, so a reader always
/// reaches an end.
final class TaskChain<L extends TaskChain.Link<L>> {
  /// One entry; it is in one chain, once.
  static class Link<L> {
    final Task<?> task;
    private @Nullable L previous;
    private volatile @Nullable L next;

    Link(Task<?> task) {
      this.task = task;
    }
  }

  private volatile @Nullable L first;
  private @Nullable L last;

  boolean isEmpty() {
    return first == null;
  }

  @Nullable L first() {
    return first;
  }

  static <L extends Link<L>> @Nullable L next(L link) {
    Link<L> base = link;
    return base.next;
  }

  void add(L link) {
    Link<L> base = link;
    L before = last;
    base.previous = before;
    last = link;
    if (before == null) first = link;
    else ((Link<L>) before).next = link;
  }

  void remove(L link) {
    Link<L> base = link;
    L before = base.previous;
    L after = base.next;
    if (before == null) first = after;
    else ((Link<L>) before).next = after;
    if (after == null) last = before;
    else ((Link<L>) after).previous = before;
  }

  /// The first entry that fits.
  @Nullable L find(Predicate<? super L> fits) {
    for (L link = first; link != null; link = next(link)) if (fits.test(link)) return link;
    return null;
  }

  /// The tasks of the entries that fit, in order. Any thread.
  List<Task<?>> tasks(Predicate<? super L> fits) {
    if (first == null) return List.of();
    var tasks = new ArrayList<Task<?>>();
    for (L link = first; link != null; link = next(link)) {
      if (fits.test(link)) tasks.add(link.task);
    }
    return tasks;
  }
}
