package dev.brigade.jupyter.dispatch;

import dev.brigade.jupyter.output.Publisher;
import dev.brigade.jupyter.protocol.CommContent;
import dev.brigade.jupyter.protocol.Parent;
import dev.brigade.jupyter.protocol.Publication;
import dev.brigade.jupyter.protocol.Reply;
import dev.brigade.jupyter.protocol.Request;
import dev.brigade.session.Session;
import dev.brigade.session.comm.CommData;
import dev.brigade.session.comm.CommMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Hands the messages of comms to the session at once, also while cells run: what they change is
/// changed then, and their handlers wait for the loop.
final class CommDesk {
  private final CompletableFuture<? extends Session> session;
  private final Publisher publisher;

  CommDesk(CompletableFuture<? extends Session> session, Publisher publisher) {
    this.session = session;
    this.publisher = publisher;
  }

  void open(Parent parent, Request.CommOpen open) {
    var message = new CommMessage.Opened(open.commId(), open.targetName(), data(open.content()));
    Session opened = session();
    if (opened != null && opened.receive(message, answer -> publisher.answer(parent, answer))) {
      return;
    }
    // Nobody here knows the target, so the other side must not keep the comm.
    var nothing = new CommContent(Map.of(), Map.of(), List.of());
    publisher.send(parent, new Publication.CommClosed(open.commId(), nothing));
  }

  void message(Parent parent, Request.CommMessage message) {
    receive(parent, new CommMessage.Sent(message.commId(), data(message.content())));
  }

  void close(Parent parent, Request.CommClose close) {
    receive(parent, new CommMessage.Closed(close.commId(), data(close.content())));
  }

  private void receive(Parent parent, CommMessage message) {
    Session opened = session();
    if (opened != null) {
      boolean _ = opened.receive(message, answer -> publisher.answer(parent, answer));
    }
  }

  Reply.CommInfoReply info(Request.CommInfoRequest request) {
    Session opened = session();
    var targets = new LinkedHashMap<String, String>();
    if (opened != null) targets.putAll(opened.comms());
    if (!request.targetName().isEmpty()) {
      targets.values().removeIf(target -> !target.equals(request.targetName()));
    }
    return new Reply.CommInfoReply(targets);
  }

  /// Null while it opens: no target is there then.
  private @Nullable Session session() {
    return session.state() == Future.State.SUCCESS ? session.join() : null;
  }

  private static CommData data(CommContent content) {
    var metadata = new LinkedHashMap<String, Object>();
    content
        .metadata()
        .forEach(
            (name, value) -> {
              if (value != null) metadata.put(name, value);
            });
    return new CommData(new LinkedHashMap<>(content.data()), metadata, content.buffers());
  }
}
