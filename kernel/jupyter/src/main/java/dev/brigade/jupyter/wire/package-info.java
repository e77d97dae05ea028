/// Sockets, frames and signatures; the only user of ZeroMQ. Start at [KernelSockets].
///
/// Knows nothing of what a message means.
@NullMarked
package dev.brigade.jupyter.wire;

import org.jspecify.annotations.NullMarked;
