package dev.brigade.async;

import java.util.Set;

/// What [Async#waitAny], [Async#waitAll] and [Async#waitFirstException] found, in the order the
/// awaitables were given. Python: the pair that `asyncio.wait` returns.
///
/// @param done those that are done, however they ended; may be more than the one that ended the
///     wait
/// @param pending those that still run: nothing cancels them
public record Waited<P extends Promise<?>>(Set<P> done, Set<P> pending) {}
