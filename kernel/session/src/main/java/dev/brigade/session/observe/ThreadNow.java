package dev.brigade.session.observe;

import org.jspecify.annotations.Nullable;

/// A thread or worker process at one moment.
///
/// @param id as [Thread#threadId()], or the process's id
/// @param role why it is listed, in words
/// @param cell whose work it does, or empty
/// @param doing its state in words: `running`, `waits for ReentrantLock@1b2c (held by t1)`
/// @param place the innermost line of a cell it stands in, or null
/// @param waitsFor what it waits for, or null
public record ThreadNow(
    long id,
    String name,
    String role,
    String cell,
    String doing,
    @Nullable String place,
    @Nullable ThreadWait waitsFor) {}
