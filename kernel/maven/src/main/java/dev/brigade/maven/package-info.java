/// Jars from Maven repositories, for `%maven`. The only user of Maven's resolver.
@NullMarked
package dev.brigade.maven;

import org.jspecify.annotations.NullMarked;
