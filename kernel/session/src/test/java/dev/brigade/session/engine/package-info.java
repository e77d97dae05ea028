@NullMarked
package dev.brigade.session.engine;

import org.jspecify.annotations.NullMarked;
