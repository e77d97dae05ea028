@NullMarked
package dev.brigade.session.display;

import org.jspecify.annotations.NullMarked;
