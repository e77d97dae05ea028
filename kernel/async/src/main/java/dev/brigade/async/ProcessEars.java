package dev.brigade.async;

import dev.brigade.async.process.CannotTravel;
import dev.brigade.async.process.WorkerProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hears the processes of a crew, in threads of theirs.
///
/// @param crew gives them the next jobs
record ProcessEars(ProcessCrew crew) implements WorkerProcess.Listener {
  @Override
  public void ready(WorkerProcess worker) {
    byte[] first = crew.ready(worker);
    if (first == null) crew.dispatch();
    else worker.initialize(first);
  }

  @Override
  public void result(WorkerProcess worker, long job, @Nullable Object value, List<String> lost) {
    ProcessFuture<?> future = crew.ended(worker);
    if (future != null) future.succeed(value, lost);
    crew.dispatch();
  }

  @Override
  public void failure(WorkerProcess worker, long job, Throwable error) {
    if (job == 0) {
      crew.initializerFailed(error);
      return;
    }
    ProcessFuture<?> future = crew.ended(worker);
    if (future != null) {
      future.fail(error instanceof CannotTravel refused ? ProcessPool.misuse(refused) : error);
    }
    crew.dispatch();
  }

  @Override
  public void output(WorkerProcess worker, boolean error, byte[] text) {
    ProcessFuture<?> owner = crew.lastJob(worker);
    var stream = error ? System.err : System.out;
    Runnable print =
        () -> {
          stream.write(text, 0, text.length);
          stream.flush();
        };
    if (owner == null) print.run();
    else owner.as(print);
  }

  @Override
  public void died(WorkerProcess worker, String how) {
    crew.died(worker, how);
  }
}
