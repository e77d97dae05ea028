// Event loop: run(main()) runs a program on it; loop is the one that all cells share
Coroutine<String> main() {
  return async(() -> {
    eventLoop().callSoon(() -> IO.println("the loop's next turn"));
    await(sleep(0));                       // one turn for whoever is ready
    return "done";
  });
}

IO.println(run(main()));
