package dev.brigade.session.widget;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a page must be told to make a model, and what the model begins with. The page's own list is
/// called "Model state".
///
/// @param name without the word Model behind it
/// @param view the page's name for what shows it, without the word View behind it
/// @param style what its style is, or null for one that has none
/// @param defaults all it has besides the names of itself, its layout and its style
record ModelKind(
    String module,
    String name,
    String viewModule,
    String view,
    @Nullable ModelKind style,
    SequencedMap<String, @Nullable Object> defaults) {
  private static final String BASE = "@jupyter-widgets/base";
  private static final String CONTROLS = "@jupyter-widgets/controls";

  /// Of both modules.
  static final String VERSION = "2.0.0";

  private static final List<String> FONT =
      List.of(
          "font_family",
          "font_size",
          "font_style",
          "font_variant",
          "font_weight",
          "text_color",
          "text_decoration");

  static final ModelKind LAYOUT =
      new ModelKind(
          BASE,
          "Layout",
          BASE,
          "Layout",
          null,
          nulls(
              Arrays.asList(
                  """
                  align_content align_items align_self border_bottom border_left border_right \
                  border_top bottom display flex flex_flow grid_area grid_auto_columns \
                  grid_auto_flow grid_auto_rows grid_column grid_gap grid_row grid_template_areas \
                  grid_template_columns grid_template_rows height justify_content justify_items \
                  left margin max_height max_width min_height min_width object_fit \
                  object_position order overflow padding right top visibility width\
                  """
                      .split(" "))));

  static final ModelKind INT_PROGRESS =
      described("IntProgress", "Progress", style("ProgressStyle", List.of("bar_color")))
          .with("bar_style", "")
          .with("max", 100)
          .with("min", 0)
          .with("orientation", "horizontal")
          .with("value", 0);

  static final ModelKind FLOAT_PROGRESS =
      INT_PROGRESS
          .named("FloatProgress", "Progress")
          .with("max", 100.0)
          .with("min", 0.0)
          .with("value", 0.0);

  static final ModelKind INT_SLIDER =
      described("IntSlider", "IntSlider", style("SliderStyle", List.of("handle_color")))
          .with("behavior", "drag-tap")
          .with("continuous_update", true)
          .with("disabled", false)
          .with("max", 100)
          .with("min", 0)
          .with("orientation", "horizontal")
          .with("readout", true)
          .with("readout_format", "d")
          .with("step", 1)
          .with("value", 0);

  static final ModelKind FLOAT_SLIDER =
      INT_SLIDER
          .named("FloatSlider", "FloatSlider")
          .with("max", 100.0)
          .with("min", 0.0)
          .with("readout_format", ".2f")
          .with("step", 0.1)
          .with("value", 0.0);

  static final ModelKind HTML = text("HTML", List.of("background", "font_size", "text_color"));

  static final ModelKind TEXT =
      text("Text", List.of("background", "font_size", "text_color"))
          .with("continuous_update", true)
          .with("disabled", false);

  static final ModelKind LABEL = text("Label", more(FONT, "background"));

  static final ModelKind CHECKBOX =
      described("Checkbox", "Checkbox", style("CheckboxStyle", List.of("background")))
          .with("disabled", false)
          .with("indent", true)
          .with("value", false);

  static final ModelKind DROPDOWN =
      described("Dropdown", "Dropdown", style("DescriptionStyle", List.of()))
          .with("_options_labels", List.of())
          .with("disabled", false)
          .with("index", null);

  static final ModelKind BUTTON =
      control(
              "Button",
              "Button",
              new ModelKind(
                  CONTROLS, "ButtonStyle", BASE, "Style", null, nulls(more(FONT, "button_color"))))
          .with("button_style", "")
          .with("description", "")
          .with("disabled", false)
          .with("icon", "");

  static final ModelKind H_BOX =
      control("HBox", "HBox", null).with("box_style", "").with("children", List.of());

  static final ModelKind V_BOX = H_BOX.named("VBox", "VBox");

  /// One that a page shows.
  private static ModelKind control(String name, String view, @Nullable ModelKind style) {
    return new ModelKind(CONTROLS, name, CONTROLS, view, style, new LinkedHashMap<>())
        .with("_dom_classes", List.of())
        .with("tabbable", null)
        .with("tooltip", null);
  }

  /// One with a text at its side.
  private static ModelKind described(String name, String view, ModelKind style) {
    return control(name, view, style).with("description", "").with("description_allow_html", false);
  }

  private static ModelKind text(String name, List<String> style) {
    return described(name, name, style(name + "Style", style))
        .with("placeholder", "\u200b")
        .with("value", "");
  }

  private static ModelKind style(String name, List<String> properties) {
    return new ModelKind(CONTROLS, name, BASE, "Style", null, nulls(properties))
        .with("description_width", "");
  }

  private static List<String> more(List<String> names, String other) {
    var all = new java.util.ArrayList<>(names);
    all.add(other);
    return all;
  }

  private static SequencedMap<String, @Nullable Object> nulls(List<String> names) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (String name : names) map.put(name, null);
    return map;
  }

  private ModelKind with(String key, @Nullable Object value) {
    var more = new LinkedHashMap<String, @Nullable Object>(defaults);
    more.put(key, value);
    return new ModelKind(module, name, viewModule, view, style, more);
  }

  private ModelKind named(String otherName, String otherView) {
    return new ModelKind(module, otherName, viewModule, otherView, style, defaults);
  }

  String modelName() {
    return name + "Model";
  }

  /// Whether a page shows it: no layout and no style.
  boolean isShown() {
    return viewModule.equals(CONTROLS);
  }

  /// What it is called, for the page.
  Map<String, String> names() {
    return Map.of(
        "_model_module", module,
        "_model_module_version", VERSION,
        "_model_name", modelName(),
        "_view_module", viewModule,
        "_view_module_version", VERSION,
        "_view_name", view + "View");
  }
}
