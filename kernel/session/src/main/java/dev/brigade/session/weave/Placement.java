package dev.brigade.session.weave;

/// Where the lines of a class file stand in the cell they came from.
public interface Placement {
  /// The source file's name in stack traces, for example `In [3]`.
  String sourceFile();

  /// The line in the source for a line of the class file, counted from 1; 0 if it has none.
  int line(int classFileLine);

  /// What a redirected call tells about its place, for example `In [3] line 2`.
  String site(int classFileLine);
}
