package dev.brigade.session.weave;

import dev.brigade.async.process.JobStop;

/// Stops the code of cells in a worker process.
public final class StopPointStop implements JobStop {
  @Override
  public void stop(Thread thread) {
    StopPoint.stop(thread);
  }

  @Override
  public void spare(Thread thread) {
    StopPoint.spare(thread);
  }
}
