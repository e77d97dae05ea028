package dev.brigade.session.view;

import java.util.List;

/// A table as HTML that survives what cleans pages of notebooks: no style sheet, script or class,
/// and whatever a style says is said by an attribute as well.
final class GridHtml {
  static String of(Grid grid) {
    var html =
        new StringBuilder("<table border=\"1\" cellpadding=\"4\" cellspacing=\"0\">\n<thead><tr>");
    for (int c = 0; c < grid.columns().size(); c++) {
      html.append("<th")
          .append(align(grid, c))
          .append('>')
          .append(escaped(grid.columns().get(c)))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<Grid.Item> row : grid.rows()) {
      html.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        html.append("<td")
            .append(align(grid, c))
            .append('>')
            .append(item(row.get(c)))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>");
    if (!grid.remark().isEmpty())
      html.append("\n<p>").append(escaped(grid.remark())).append("</p>");
    return html.toString();
  }

  private static String align(Grid grid, int column) {
    String side = grid.isNumeric(column) ? "right" : "left";
    return " align=\"" + side + "\" style=\"text-align: " + side + "\"";
  }

  private static String item(Grid.Item item) {
    String brief = escaped(item.brief());
    return item.brief().equals(item.whole())
        ? brief
        : "<details><summary>"
            + brief
            + "</summary><pre>"
            + escaped(item.whole())
            + "</pre></details>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private GridHtml() {}
}
