/// From what running code shows to what clients get: emissions become publications, text is
/// batched, and everything leaves in order. Start at [Publisher].
///
/// Knows nothing of sockets or of requests other than as parents.
@NullMarked
package dev.brigade.jupyter.output;

import org.jspecify.annotations.NullMarked;
