package dev.brigade.async;

import java.util.ArrayList;
import java.util.Iterator;

/// Items, several at a time. The last chunk may be smaller. Python: `itertools.batched`.
///
/// @param size how many; at least 1
record Chunks<A>(Iterator<? extends A> items, int size) implements Iterator<ArrayList<A>> {
  Chunks {
    if (size < 1) {
      throw new IllegalArgumentException("a chunk has at least 1 item, and it was given " + size);
    }
  }

  @Override
  public boolean hasNext() {
    return items.hasNext();
  }

  @Override
  public ArrayList<A> next() {
    var chunk = new ArrayList<A>();
    do {
      chunk.add(items.next());
    } while (chunk.size() < size && items.hasNext());
    return chunk;
  }
}
