/// What each request leads to: busy, one switch over the request, exactly one reply, idle. Start at
/// [Dispatcher].
///
/// Gets messages from an inbox and gives them to an outbox; never sees sockets or JSON.
@NullMarked
package dev.brigade.jupyter.dispatch;

import org.jspecify.annotations.NullMarked;
