package dev.brigade.session.display;

import java.util.Iterator;

/// Elements with a bar that counts those that were worked on: the one handed out last counts when
/// the next is asked for.
final class Steps<T> implements Iterable<T> {
  private final Iterable<T> elements;
  private final long total;
  private final String label;

  /// @param total -1 if nobody knows
  Steps(Iterable<T> elements, long total, String label) {
    this.elements = elements;
    this.total = total;
    this.label = label;
  }

  @Override
  public Iterator<T> iterator() {
    Iterator<T> each = elements.iterator();
    var progress = new Progress(label, total);
    return new Iterator<>() {
      private boolean worked;
      private boolean ended;

      @Override
      public boolean hasNext() {
        count();
        boolean more = each.hasNext();
        if (!more && !ended) {
          ended = true;
          progress.close();
        }
        return more;
      }

      @Override
      public T next() {
        count();
        T next = each.next();
        worked = true;
        return next;
      }

      private void count() {
        if (worked) progress.step();
        worked = false;
      }
    };
  }
}
