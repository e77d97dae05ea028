"""One kind of work, as dev.brigade.bench.Work does it: prints one figure.

usage: work.py KIND [uvloop]
"""
import asyncio
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor

ROUNDS = 5


async def switches(times):
    for _ in range(times):
        await asyncio.sleep(0)


async def one():
    return 1


async def creations(times):
    for _ in range(times):
        await asyncio.create_task(one())


async def handovers(times):
    queue = asyncio.Queue(1)

    async def consume():
        for _ in range(times):
            await queue.get()

    consumer = asyncio.create_task(consume())
    for i in range(times):
        await queue.put(i)
    await consumer


async def sleepers(times):
    await asyncio.gather(*[asyncio.sleep(0.1) for _ in range(times)])


async def tree(depth):
    if depth == 0:
        return 1
    return 1 + sum(await asyncio.gather(*[tree(depth - 1) for _ in range(6)]))


async def million():
    tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(1_000_000)]
    await asyncio.sleep(0.1)
    with open("/proc/self/status") as status:
        print(next(int(l.split()[1]) for l in status if l.startswith("VmRSS:")) / 1024)
    sys.stdout.flush()
    import os
    os._exit(len(tasks) and 0)


def nothing():
    return 1


def pool():
    with ProcessPoolExecutor(1) as processes:
        processes.submit(nothing).result()
        rounds = []
        for _ in range(ROUNDS):
            start = time.perf_counter_ns()
            for _ in range(2000):
                processes.submit(nothing).result()
            rounds.append((time.perf_counter_ns() - start) / 2000)
        print(statistics.median(rounds))


async def echo():
    async def serve(reader, writer):
        while message := await reader.read(1024):
            writer.write(message)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read, 1)
    server.close()


def each(program, times):
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        asyncio.run(program(times))
        rounds.append((time.perf_counter_ns() - start) / times)
    print(statistics.median(rounds))


def main():
    if len(sys.argv) > 2:
        import uvloop
        uvloop.install()
    match sys.argv[1]:
        case "switch": each(switches, 50_000)
        case "create": each(creations, 20_000)
        case "queue": each(handovers, 20_000)
        case "gather": each(sleepers, 100_000)
        case "tree": each(lambda _: tree(6), 55_987)
        case "million": asyncio.run(million())
        case "pool": pool()
        case "echo": asyncio.run(echo())


if __name__ == "__main__":
    main()
