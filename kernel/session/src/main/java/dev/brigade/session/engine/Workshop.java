package dev.brigade.session.engine;

import dev.brigade.async.EventLoop;
import dev.brigade.session.comm.Comms;
import dev.brigade.session.view.Renderers;
import dev.brigade.session.widget.Widgets;

/// The parts of a warm session, as the cell runner and the magics use them.
record Workshop(
    EventLoop loop,
    Shell shell,
    Cells cells,
    Stdin stdin,
    Output output,
    Comms comms,
    Widgets widgets,
    Renderers renderers,
    Notices notices,
    Errors errors,
    CompileErrors compileErrors,
    CompileTime compileTime,
    Evaluator evaluator,
    Splitter splitter,
    Preload preload,
    ValueTable values,
    DeclaredNames names,
    Completion completion,
    Inspection inspection,
    InputCheck inputCheck,
    FileHistory history,
    SessionLog log,
    Tracing tracing,
    CellThreads threads,
    MagicTable magics,
    Lookout lookout) {

  SourceMap sourceMap() {
    return shell.sourceMap();
  }

  UserCode userCode() {
    return shell.userCode();
  }
}
