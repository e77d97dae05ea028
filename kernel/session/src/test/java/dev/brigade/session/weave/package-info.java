@NullMarked
package dev.brigade.session.weave;

import org.jspecify.annotations.NullMarked;
