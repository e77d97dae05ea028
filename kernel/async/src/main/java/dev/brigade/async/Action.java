package dev.brigade.async;

/// Code without a result that may throw anything, so that learners need no try-catch in a lambda.
@FunctionalInterface
public interface Action {
  void run() throws Exception;
}
