package dev.brigade.async.process;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A pair of pipes that carries frames: what it is, the number of a job or a question, and bytes.
///
/// Any thread may write; one reads. Plain pipes, because a channel or socket is closed when the
/// thread that uses it is interrupted.
final class Frames {
  /// What a frame is.
  enum Kind {
    /// To the worker: run a parcel. The number is the job's.
    RUN,
    /// To the worker: run a parcel once, before any job.
    INITIALIZE,
    /// To the worker: make the running job stop.
    STOP,
    /// To the worker: exit when the job has ended.
    QUIT,
    /// To the worker: the answer to a question. The number is the question's.
    ANSWER,
    /// From the worker: it is ready for jobs.
    READY,
    /// From the worker: a job's result.
    RESULT,
    /// From the worker: what a job threw.
    FAILURE,
    /// From the worker: text for standard output.
    OUT,
    /// From the worker: text for standard error.
    ERR,
    /// From the worker: who has this class? The answer comes under the question's number.
    CLASS,
    /// From the worker: where are these resources?
    RESOURCES
  }

  /// One frame.
  record Frame(Kind kind, long number, byte[] body) {}

  private static final Kind[] KINDS = Kind.values();
  private static final int HEAD = 13;

  private final DataInputStream in;
  private final OutputStream out;

  Frames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    this.out = out;
  }

  void write(Kind kind, long number, byte... body) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(HEAD + body.length);
    frame.putInt(body.length).put((byte) kind.ordinal()).putLong(number).put(body);
    synchronized (out) {
      out.write(frame.array());
      out.flush();
    }
  }

  /// The next frame, or null at the end.
  @Nullable Frame read() throws IOException {
    try {
      int length = in.readInt();
      Kind kind = KINDS[in.readByte()];
      long number = in.readLong();
      byte[] body = in.readNBytes(length);
      return body.length == length ? new Frame(kind, number, body) : null;
    } catch (EOFException _) {
      return null;
    }
  }
}
