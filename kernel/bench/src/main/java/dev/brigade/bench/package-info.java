/// How fast the runtime is: JMH benchmarks, and programs that CPython and Node run too.
@NullMarked
package dev.brigade.bench;

import org.jspecify.annotations.NullMarked;
