package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramMagicsTest {
  @TempDir Path directory;
  private SessionDriver driver;

  @BeforeEach
  void open() throws IOException {
    directory = directory.toRealPath();
    driver = new SessionDriver();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private static void requirePython() {
    assumeTrue(isOnPath("python3"), "python3 is not installed");
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }

  @Test
  void bashStreamsBothOutputsApart() {
    CellResult result = driver.ok("%%bash\necho one; echo two >&2\nprintf 'n\\xc3\\xa9\\n'");
    assertThat(driver.printed(result)).isEqualTo("one\nné\n");
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR)).isEqualTo("two\n");
  }

  @Test
  void whatIsPrintedShowsBeforeTheProgramEnds() throws IOException {
    Path go = directory.resolve("go");
    Execution running =
        driver.start("%%bash\necho first\nwhile [ ! -e '" + go + "' ]; do :; done\necho second");
    driver.awaitThat(() -> driver.printed(running.cell()).equals("first\n"));
    Files.createFile(go);
    assertThat(driver.printed(driver.await(running))).isEqualTo("first\nsecond\n");
  }

  @Test
  void otherTasksGoOnWhileAProgramRuns() {
    Path go = directory.resolve("go");
    driver.ok(
        "createTask(async(() -> { await(sleep(0.01)); Files.createFile(Path.of(\"%s\")); }));"
            .formatted(go));
    driver.ok("%%bash\nwhile [ ! -e '" + go + "' ]; do :; done");
  }

  @Test
  void anExitCodeIsAnErrorThatNamesIt() {
    CellError error = driver.error("%%bash\necho said\nexit 3");
    assertThat(error.name()).isEqualTo("ExitCode");
    assertThat(error.message()).contains("bash ended with exit code 3");
    assertThat(driver.error("%%bash\nkill -9 $$").message()).contains("signal 9");
    assertThat(driver.printed(driver.ok("%%bash a 'b c'\necho $1-$2"))).isEqualTo("a-b c\n");
  }

  @Test
  void anInterruptEndsTheProgramAndItsChildren() throws IOException {
    Path pids = directory.resolve("pids");
    Execution running =
        driver.start(
            "%%bash\nsleep 1000 &\necho $! > '"
                + pids
                + "'\necho $$ >> '"
                + pids
                + "'\necho up\n"
                + "wait");
    driver.awaitThat(() -> driver.printed(running.cell()).equals("up\n"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(running)).name()).isEqualTo("Interrupted");
    for (String pid : Files.readAllLines(pids)) {
      driver.awaitThat(
          () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
    }
    assertThat(driver.value("1 + 1")).isEqualTo("2");
  }

  @Test
  void closingTheSessionEndsTheProgram() throws IOException {
    Path pid = directory.resolve("pid");
    Execution running = driver.start("%%bash\necho $$ > '" + pid + "'\necho up\nsleep 1000");
    driver.awaitThat(() -> driver.printed(running.cell()).equals("up\n"));
    driver.close();
    long number = Long.parseLong(Files.readString(pid).strip());
    driver.awaitThat(() -> ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aChildInTheBackgroundDoesNotHoldTheCell() throws IOException {
    CellResult result = driver.ok("%%bash\n(sleep 30; echo late) &\necho $!");
    long pid = Long.parseLong(driver.printed(result).strip());
    ProcessHandle.of(pid).orElseThrow().descendants().forEach(ProcessHandle::destroyForcibly);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Test
  void withoutATextTheRightFormIsShown() {
    assertThat(driver.error("%bash ls").message()).contains("right: %%bash");
    assertThat(driver.error("%%python").message()).contains("right: %%python");
  }

  @Test
  void pythonRunsWithTopLevelAwait() {
    requirePython();
    CellResult result =
        driver.ok(
            """
            %%python
            import asyncio, sys
            async def fetch(n):
                await asyncio.sleep(0.01 * n)
                print("Fetched", n)
            await asyncio.gather(fetch(2), fetch(1))
            print("done", file=sys.stderr)
            """);
    assertThat(driver.printed(result)).isEqualTo("Fetched 1\nFetched 2\n");
    assertThat(driver.text(result.cell(), Emission.Stream.STDERR)).isEqualTo("done\n");
  }

  @Test
  void pythonsOwnRunAndProcessPoolsWork() {
    requirePython();
    assertThat(
            driver.printed(
                driver.ok(
                    """
                    %%python
                    import asyncio
                    from concurrent.futures import ProcessPoolExecutor
                    def fib(n):
                        return n if n < 2 else fib(n - 1) + fib(n - 2)
                    async def main():
                        return "ran " + __name__
                    if __name__ == "__main__":
                        with ProcessPoolExecutor() as exe:
                            print(list(exe.map(fib, [10, 11, 12])))
                        print(asyncio.run(main()))
                    """)))
        .isEqualTo("[55, 89, 144]\nran __main__\n");
  }

  @Test
  void aPythonErrorIsTheCellsErrorWithPythonsTraceback() {
    requirePython();
    CellError error =
        driver.error("%%python\nimport asyncio\nasync def f():\n    1 / 0\nawait f()");
    assertThat(error.name()).isEqualTo("ZeroDivisionError");
    assertThat(error.message()).isEqualTo("division by zero");
    assertThat(String.join("\n", error.plainTraceback()))
        .startsWith(
            "Traceback (most recent call last):\n  In [1], line 5, in <module>\n    await f()")
        .contains("In [1], line 4, in f\n    1 / 0", "ZeroDivisionError: division by zero")
        .doesNotContain("cell_driver", "runners.py");
    CellError syntax = driver.error("%%python\nprint('ok')\nfor x in\n");
    assertThat(syntax.name()).isEqualTo("SyntaxError");
    assertThat(String.join("\n", syntax.plainTraceback())).contains("In [2], line 3");
  }

  @Test
  void pythonsExitCodeCounts() {
    requirePython();
    driver.ok("%%python\nimport sys\nsys.exit(0)");
    assertThat(driver.error("%%python\nimport sys\nsys.exit(7)").message()).contains("exit code 7");
  }

  @Test
  void anInterruptEndsPythonAndItsPool() throws IOException {
    requirePython();
    Path pids = directory.resolve("pids");
    Execution running =
        driver.start(
            """
            %%%%python
            import multiprocessing, os, time
            if __name__ == "__main__":
                child = multiprocessing.Process(target=time.sleep, args=(1000,))
                child.start()
                open("%s", "w").write(f"{os.getpid()}\\n{child.pid}\\n")
                print("up")
                child.join()
            """
                .formatted(pids));
    driver.awaitThat(() -> driver.printed(running.cell()).equals("up\n"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(running)).name()).isEqualTo("Interrupted");
    for (String pid : Files.readAllLines(pids)) {
      driver.awaitThat(
          () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void aMissingPythonIsSaidWithTheNextStep() {
    assertThat(driver.error("%%python /no/such/python\nprint(1)").message())
        .contains("`/no/such/python` is none", "right: %%python /usr/bin/python3");
    driver.ok("%%bash\ntrue");
  }
}
