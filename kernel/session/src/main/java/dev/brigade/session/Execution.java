package dev.brigade.session;

import java.util.concurrent.CompletableFuture;

/// A cell that was handed in.
///
/// @param result completes when the cell has ended, never exceptionally; all emissions of the
///     cell's own coroutine were made before
public record Execution(Cell cell, CompletableFuture<CellResult> result) {}
