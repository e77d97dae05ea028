package dev.brigade.async;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// HTTP through the JDK's client, as coroutines.
final class Http {
  /// Made with the first request, and shared: it keeps connections open for the next ones.
  private static final class Shared {
    private static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Shared() {}
  }

  static HttpRequest get(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "fetch(...) needs a whole address, and it was given \""
              + uri
              + "\".\n  right: fetch(\"http://localhost:8080/path\")");
    }
    return HttpRequest.newBuilder(uri).build();
  }

  static Coroutine<HttpResponse<String>> send(HttpRequest request) {
    return Coroutines.of("fetch", () -> await(request));
  }

  private static HttpResponse<String> await(HttpRequest request) {
    EventLoop loop = Running.requireTask("await(fetch(...))").loop();
    CompletionStage<HttpResponse<String>> sent =
        Shared.CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    return Awaiting.promise(FutureBridge.promise(loop, sent));
  }

  /// The first that fails ends the others.
  static Coroutine<List<HttpResponse<String>>> sendAll(List<HttpRequest> requests) {
    return Coroutines.of("fetchAll", () -> awaitAll(requests));
  }

  private static List<HttpResponse<String>> awaitAll(List<HttpRequest> requests) {
    EventLoop loop = Running.requireLoop("fetchAll(...)");
    var tasks = new ArrayList<Task<HttpResponse<String>>>();
    for (HttpRequest request : requests) {
      tasks.add(loop.registry().create(send(request), TaskSpec.inherited(null, null)));
    }
    try {
      return Awaiting.promise(
          GatherPromise.<HttpResponse<String>, HttpResponse<String>>of(
              loop, tasks, false, Promise::result, null));
    } finally {
      for (Task<?> task : tasks) task.cancel();
    }
  }

  private Http() {}
}
