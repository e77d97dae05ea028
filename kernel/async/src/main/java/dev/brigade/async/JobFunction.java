package dev.brigade.async;

import java.io.Serializable;

/// What a pool does with each item of `pool.map(function, items)`. Like [Job] it is serialisable,
/// and it may throw anything.
@FunctionalInterface
public interface JobFunction<A, R> extends Serializable {
  R apply(A item) throws Exception;
}
