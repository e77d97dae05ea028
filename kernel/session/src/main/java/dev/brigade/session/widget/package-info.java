/// Widgets: sliders, buttons, bars and texts on a notebook's page, for code of cells. Start at
/// [Widget].
///
/// They speak the Jupyter widget messaging protocol 2.1 with the models of
/// `@jupyter-widgets/controls` 2.0, so any page shows them that shows Python's `ipywidgets` 8.
@NullMarked
package dev.brigade.session.widget;

import org.jspecify.annotations.NullMarked;
