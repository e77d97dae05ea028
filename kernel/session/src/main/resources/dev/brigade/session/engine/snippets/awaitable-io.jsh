// Awaitable I/O: the loop is free while data is on its way; a server and its client, here
var server = await(startServer((reader, writer) -> {
  String order = await(reader.readLine());
  writer.write(order + " is served\n");
  await(writer.drain());
  writer.close();
}, "localhost", 0));

try (var table = await(openConnection("localhost", server.port()))) {
  table.writer().write("soup\n");
  IO.println(await(table.reader().readLine()));
}
server.close();
