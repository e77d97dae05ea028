@NullMarked
package dev.brigade.session.spi;

import org.jspecify.annotations.NullMarked;
