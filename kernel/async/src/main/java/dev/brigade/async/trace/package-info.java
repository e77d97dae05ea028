/// The event log.
@NullMarked
package dev.brigade.async.trace;

import org.jspecify.annotations.NullMarked;
