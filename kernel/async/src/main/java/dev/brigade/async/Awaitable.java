package dev.brigade.async;

/// What `await` accepts of Brigade's own: a [Coroutine], which starts when it is awaited, or a
/// [Promise] (a [Task] is one), which is already on its way.
///
/// @param <T> what awaiting gives
public sealed interface Awaitable<T> permits Coroutine, Promise {}
