/// Worker processes: a JVM beside this one that is sent objects with the code they need.
///
/// [WorkerProcess] starts one and talks to [WorkerMain] in it through two pipes of [Frames].
/// [Parcel] is an object graph as bytes; classes that the worker cannot have on its class path are
/// asked for when it first needs them ([RemoteLoader]), and the variables that the code reads
/// travel with it ([Reach]).
///
/// Knows nothing of loops, tasks and pools.
@NullMarked
package dev.brigade.async.process;

import org.jspecify.annotations.NullMarked;
