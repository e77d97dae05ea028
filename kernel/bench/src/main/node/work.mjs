// One kind of work, as dev.brigade.bench.Work does it: prints one figure.
import net from 'node:net';

const ROUNDS = 5;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function switches(times) {
  for (let i = 0; i < times; i++) await turn();
}

async function sleepers(times) {
  await Promise.all(Array.from({ length: times }, () => sleep(0.1)));
}

async function tree(depth) {
  if (depth === 0) return 1;
  const parts = await Promise.all(Array.from({ length: 6 }, () => tree(depth - 1)));
  return 1 + parts.reduce((a, b) => a + b, 0);
}

async function each(program, times) {
  const rounds = [];
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.hrtime.bigint();
    await program(times);
    rounds.push(Number(process.hrtime.bigint() - start) / times);
  }
  rounds.sort((a, b) => a - b);
  console.log(rounds[ROUNDS >> 1]);
}

function echo() {
  const server = net.createServer({ noDelay: true }, (socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
  process.stdin.on('end', () => process.exit(0)).resume();
}

switch (process.argv[2]) {
  case 'switch': await each(switches, 200_000); break;
  case 'gather': await each(sleepers, 100_000); break;
  case 'tree': await each(() => tree(6), 55_987); break;
  case 'echo': echo(); break;
}
