package dev.brigade.session.view;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// An SVG as a reader sees it: what is drawn where, in order. Knows nothing of how it was made.
final class Picture {
  /// What a viewer draws, one part of a path for itself.
  ///
  /// @param order of drawing
  /// @param text of a text; empty for others
  record Shape(
      int order, Element element, double x, double y, double right, double bottom, String text) {
    String fill() {
      return element.getAttribute("fill");
    }

    boolean isText() {
      return !text.isEmpty();
    }

    boolean isFilled() {
      return !isText() && !fill().equals("none");
    }

    boolean isStroked() {
      return !isText() && !element.getAttribute("stroke").isEmpty();
    }

    boolean meets(Shape other) {
      return x < other.right - 0.01
          && other.x < right - 0.01
          && y < other.bottom - 0.01
          && other.y < bottom - 0.01;
    }

    boolean covers(Shape other) {
      return x <= other.x && y <= other.y && right >= other.right && bottom >= other.bottom;
    }
  }

  private static final Pattern STEP = Pattern.compile("([MmHhVvLlz])([-0-9. ]*)");

  private final List<Element> elements = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final Map<Element, Integer> orders = new HashMap<>();
  private final Element root;

  private Picture(Element root) {
    this.root = root;
    visit(root, false);
  }

  static Picture of(String svg) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      Document document =
          factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
      return new Picture(document.getDocumentElement());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + svg, e);
    }
  }

  Element root() {
    return root;
  }

  List<Element> elements() {
    return elements;
  }

  List<Shape> shapes() {
    return shapes;
  }

  List<Shape> texts() {
    return shapes.stream().filter(Shape::isText).toList();
  }

  String words() {
    return String.join("\n", texts().stream().map(Shape::text).toList());
  }

  double number(String attribute) {
    return Double.parseDouble(root.getAttribute(attribute));
  }

  private void visit(Element element, boolean hidden) {
    elements.add(element);
    orders.put(element, elements.size());
    if (!hidden) {
      switch (element.getTagName()) {
        case "rect" ->
            add(
                element,
                at(element, "x"),
                at(element, "y"),
                rectRight(element),
                rectBottom(element),
                "");
        case "circle" -> circle(element);
        case "text" -> text(element);
        case "path" -> path(element);
        default -> {}
      }
    }
    NodeList children = element.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      Node child = children.item(i);
      if (child instanceof Element each) visit(each, hidden || each.getTagName().equals("defs"));
    }
  }

  private static double at(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static double rectRight(Element element) {
    return at(element, "x") + at(element, "width");
  }

  private static double rectBottom(Element element) {
    return at(element, "y") + at(element, "height");
  }

  private void add(Element element, double x, double y, double right, double bottom, String text) {
    shapes.add(new Shape(orders.get(element), element, x, y, right, bottom, text));
  }

  private void circle(Element element) {
    double r = at(element, "r");
    double x = at(element, "cx");
    double y = at(element, "cy");
    add(element, x - r, y - r, x + r, y + r, "");
  }

  /// As wide as the widest of the usual fixed-width fonts makes it.
  private void text(Element element) {
    double size = at(element, "font-size");
    String text = element.getTextContent();
    double width =
        text.codePoints()
            .mapToDouble(c -> c == 0x200d || c == 0x200e ? 0 : c < 0x250 || c == '…' ? 0.62 : 1.24)
            .sum();
    double x = at(element, "x");
    double y = at(element, "y");
    add(element, x, y - 0.76 * size, x + width * size, y + 0.24 * size, text);
  }

  private void path(Element element) {
    double[] here = {0, 0};
    double[] box = null;
    Matcher step = STEP.matcher(element.getAttribute("d"));
    while (step.find()) {
      char kind = step.group(1).charAt(0);
      if (kind == 'z') continue;
      String[] numbers = step.group(2).replace("-", " -").strip().split("[ ,]+");
      for (int i = 0; i < numbers.length; i += "hvHV".indexOf(kind) >= 0 ? 1 : 2) {
        boolean starts = (kind == 'M' || kind == 'm') && i == 0;
        if (kind == 'M' && starts && box != null) {
          add(element, box[0], box[1], box[2], box[3], "");
          box = null;
        }
        move(here, kind, numbers, i);
        if (box == null) box = new double[] {here[0], here[1], here[0], here[1]};
        box[0] = Math.min(box[0], here[0]);
        box[1] = Math.min(box[1], here[1]);
        box[2] = Math.max(box[2], here[0]);
        box[3] = Math.max(box[3], here[1]);
      }
    }
    if (box != null) add(element, box[0], box[1], box[2], box[3], "");
  }

  private static void move(double[] here, char kind, String[] numbers, int i) {
    double first = Double.parseDouble(numbers[i]);
    switch (kind) {
      case 'h' -> here[0] += first;
      case 'v' -> here[1] += first;
      case 'H' -> here[0] = first;
      case 'V' -> here[1] = first;
      case 'm', 'l' -> {
        here[0] += first;
        here[1] += Double.parseDouble(numbers[i + 1]);
      }
      case 'M', 'L' -> {
        here[0] = first;
        here[1] = Double.parseDouble(numbers[i + 1]);
      }
      default -> throw new AssertionError("a path step this reader does not know: " + kind);
    }
  }

  /// The contrast of two colours as the web's accessibility guidelines define it.
  static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String colour) {
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
