package dev.brigade.async.trace;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Some events of a log in a row, flat: of each four numbers, and its texts beside them, so that
/// the garbage collector finds next to nothing to look at. See [Frequent].
final class EventChunk {
  /// How many events one holds.
  static final int SIZE = 1024;

  private static final Frequent[] KINDS = Frequent.values();

  // Of each event: its time, two numbers, and how it is to be read.
  private static final int NUMBERS = 4;
  private static final int FIRST_ROOM = 64;
  // How it is to be read: the kind in the lowest byte, then two bytes for whose it is, then the
  // place of its first text. Other events than frequent ones are themselves among the texts.
  private static final int OTHER = 0xff;
  private static final int WHOSE = 8;
  private static final int TEXT = 24;

  private final long[] numbers = new long[SIZE * NUMBERS];
  private int count;
  private @Nullable Object[] texts = new Object[FIRST_ROOM];
  private int textCount;
  // The threads and origins of the events, in pairs: mostly one for all of them.
  private @Nullable String[] whose = new String[4];
  private int whoseCount;

  boolean isFull() {
    return count == SIZE;
  }

  /// Forgets its events.
  void clear() {
    count = 0;
    Arrays.fill(texts, 0, textCount, null);
    textCount = 0;
    Arrays.fill(whose, 0, 2 * whoseCount, null);
    whoseCount = 0;
  }

  void add(
      Frequent kind,
      long nanos,
      String thread,
      @Nullable String origin,
      long a,
      long b,
      @Nullable String x,
      @Nullable String y,
      @Nullable String z) {
    long first = textCount;
    for (int i = 0; i < kind.texts(); i++) add(i == 0 ? x : i == 1 ? y : z);
    int n = count++ * NUMBERS;
    numbers[n] = nanos;
    numbers[n + 1] = a;
    numbers[n + 2] = b;
    numbers[n + 3] = kind.ordinal() | (long) who(thread, origin) << WHOSE | first << TEXT;
  }

  void add(TraceEvent event) {
    numbers[count++ * NUMBERS + 3] = OTHER | (long) textCount << TEXT;
    add((Object) event);
  }

  private void add(@Nullable Object text) {
    if (textCount == texts.length) texts = Arrays.copyOf(texts, textCount * 2);
    texts[textCount++] = text;
  }

  /// The place of a thread and an origin. They are mostly those of the event before; one that is
  /// there twice does no harm.
  private int who(String thread, @Nullable String origin) {
    int last = whoseCount - 1;
    if (last >= 0 && isAt(last, thread, origin)) return last;
    for (int i = 0; i < Math.min(last, 4); i++) if (isAt(i, thread, origin)) return i;
    if (2 * whoseCount == whose.length) whose = Arrays.copyOf(whose, whose.length * 2);
    whose[2 * whoseCount] = thread;
    whose[2 * whoseCount + 1] = origin;
    return whoseCount++;
  }

  @SuppressWarnings("ReferenceEquality") // fast, and one that is missed does no harm
  private boolean isAt(int place, String thread, @Nullable String origin) {
    return whose[2 * place] == thread && whose[2 * place + 1] == origin;
  }

  /// @param sequence the number that it has in the log
  TraceEvent event(int at, long sequence) {
    int n = at * NUMBERS;
    long how = numbers[n + 3];
    int text = (int) (how >>> TEXT);
    int kind = (int) (how & 0xff);
    if (kind == OTHER) return requireNonNull((TraceEvent) texts[text]);
    Frequent frequent = KINDS[kind];
    int who = (int) (how >>> WHOSE & 0xffff);
    var stamp = new Stamp(sequence, numbers[n], String.valueOf(whose[2 * who]), whose[2 * who + 1]);
    return frequent.build(
        stamp,
        numbers[n + 1],
        numbers[n + 2],
        text(frequent, 0, text),
        text(frequent, 1, text),
        text(frequent, 2, text));
  }

  private @Nullable String text(Frequent kind, int which, int first) {
    return which < kind.texts() ? (String) texts[first + which] : null;
  }
}
