/// The messages of the Jupyter protocol as records that bear the specification's names, and their
/// JSON. Start at [Codec]; [Request], [Reply] and [Publication] list what there is.
///
/// Knows nothing of sockets, signatures or the session that runs code.
@NullMarked
package dev.brigade.jupyter.protocol;

import org.jspecify.annotations.NullMarked;
