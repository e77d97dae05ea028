package dev.brigade.session;

import java.util.List;

/// What one press of the interrupt key was aimed at.
///
/// @param cell the interrupted cell's label, or several of them, or empty when none was running
/// @param cancelled names of the tasks asked to stop
/// @param left tasks of other cells, which live on: name and cell
public record InterruptReport(String cell, List<String> cancelled, List<String> left) {
  public InterruptReport {
    cancelled = List.copyOf(cancelled);
    left = List.copyOf(left);
  }
}
