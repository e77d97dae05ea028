/// Comms: messages both ways between code of cells and a front end's page, beside the cells.
/// Protocol: "Custom Messages".
@NullMarked
package dev.brigade.session.comm;

import org.jspecify.annotations.NullMarked;
