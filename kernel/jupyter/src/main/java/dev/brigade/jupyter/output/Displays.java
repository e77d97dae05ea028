package dev.brigade.jupyter.output;

import dev.brigade.jupyter.protocol.CommContent;
import dev.brigade.jupyter.protocol.MimeData;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.Publication;
import dev.brigade.session.Cell;
import dev.brigade.session.Emission;
import dev.brigade.session.MimeBundle;
import dev.brigade.session.comm.CommData;
import dev.brigade.session.comm.CommMessage;

/// One emission to one publication, and to the request whose cell made it.
public final class Displays {
  private Displays() {}

  /// The request that a cell came with. A cell that no client sent has none.
  static Parent parent(Cell cell) {
    return cell.tag() instanceof Parent parent ? parent : Parent.NONE;
  }

  /// A session's bundle as the protocol's.
  public static MimeData mimeData(MimeBundle bundle) {
    return new MimeData(bundle.data(), bundle.metadata());
  }

  static Publication publication(Emission emission) {
    return switch (emission) {
      case Emission.Text text ->
          new Publication.StreamPublication(streamName(text.stream()), text.text(), text.guessed());
      case Emission.Display display -> display(display);
      case Emission.Clear clear -> new Publication.ClearOutput(clear.waiting());
      case Emission.Comm comm -> comm(comm.message());
    };
  }

  static Publication comm(CommMessage message) {
    CommData carried = message.content();
    var content = new CommContent(carried.data(), carried.metadata(), carried.buffers());
    return switch (message) {
      case CommMessage.Opened opened ->
          new Publication.CommOpened(opened.id(), opened.target(), content);
      case CommMessage.Sent sent -> new Publication.CommSent(sent.id(), content);
      case CommMessage.Closed closed -> new Publication.CommClosed(closed.id(), content);
    };
  }

  private static Publication display(Emission.Display display) {
    MimeData data = mimeData(display.bundle());
    String id = display.displayId();
    return display.update() && id != null
        ? new Publication.UpdateDisplayData(data, id)
        : new Publication.DisplayData(data, id);
  }

  static Publication.StreamName streamName(Emission.Stream stream) {
    return switch (stream) {
      case STDOUT -> Publication.StreamName.STDOUT;
      case STDERR -> Publication.StreamName.STDERR;
    };
  }
}
