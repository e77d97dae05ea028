package dev.brigade.session.engine;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/// Code that the compiler has looked at, with the names and types in it. Only while the analysis
/// lasts.
///
/// @param end where the analysed text ends in the compiled one, a class around it
record Compiled(Trees trees, Elements elements, Types types, CompilationUnitTree unit, int end) {
  /// The innermost tree at the end of the text.
  @Nullable TreePath atEnd() {
    var deepest = new Deepest(trees.getSourcePositions(), unit, end);
    deepest.scan(unit, null);
    return deepest.path;
  }

  /// Finds the innermost tree around a place.
  private static final class Deepest extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final SourcePositions positions;
    private final CompilationUnitTree unit;
    private final int place;
    private @Nullable TreePath path;

    private Deepest(SourcePositions positions, CompilationUnitTree unit, int place) {
      this.positions = positions;
      this.unit = unit;
      this.place = place;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
      if (tree == null) return null;
      boolean around =
          positions.getStartPosition(unit, tree) <= place
              && place <= positions.getEndPosition(unit, tree);
      if (!around || path != null && path.getLeaf() != getCurrentPath().getLeaf()) return null;
      TreePath here = getCurrentPath();
      path = here == null ? new TreePath(unit) : new TreePath(here, tree);
      return super.scan(tree, null);
    }

    @Override
    public @Nullable Void visitErroneous(ErroneousTree broken, @Nullable Void nothing) {
      return scan(broken.getErrorTrees(), null);
    }
  }
}
