package dev.brigade.session.engine;

import dev.brigade.async.Task;
import dev.brigade.session.Cell;
import dev.brigade.session.CellRequest;
import dev.brigade.session.CellResult;
import dev.brigade.session.InterruptReport;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The cell whose turn it is.
final class Running {
  private final Cell cell;
  private final CellRequest request;
  private final boolean main;
  private final CompletableFuture<CellResult> result = new CompletableFuture<>();
  // Set when the cell's coroutine begins; null while it waits for JShell.
  private volatile @Nullable Task<?> root;
  private volatile @Nullable Task<?> body;
  // Written by whoever presses, before the press is heard.
  private volatile String kept = "";
  // Written by whoever presses.
  private volatile @Nullable InterruptReport report;
  // Guarded by this for writing.
  private volatile int presses;

  /// @param main whether it is no subshell's
  Running(Cell cell, CellRequest request, boolean main) {
    this.cell = cell;
    this.main = main;
    this.request = request;
  }

  Cell cell() {
    return cell;
  }

  CellRequest request() {
    return request;
  }

  /// Whether its value is kept for later cells and its code in the history: a subshell's numbers
  /// are those of other cells as well.
  boolean isMain() {
    return main;
  }

  CompletableFuture<CellResult> result() {
    return result;
  }

  @Nullable Task<?> root() {
    return root;
  }

  void root(@Nullable Task<?> task) {
    root = task;
  }

  /// The task that the cell's code runs in: the root, or one on another loop that the root awaits.
  @Nullable Task<?> body() {
    Task<?> elsewhere = body;
    return elsewhere == null ? root : elsewhere;
  }

  void body(@Nullable Task<?> task) {
    body = task;
  }

  /// What kept it when it was interrupted, in words; empty where its own line says all.
  String kept() {
    return kept;
  }

  void kept(String why) {
    kept = why;
  }

  /// What the first press was aimed at; null before.
  @Nullable InterruptReport report() {
    return report;
  }

  void report(InterruptReport first) {
    if (report == null) report = first;
  }

  /// Counts a press of the interrupt key and gives the count.
  synchronized int press() {
    return ++presses;
  }

  int presses() {
    return presses;
  }

  boolean isInterrupted() {
    return presses > 0;
  }
}
