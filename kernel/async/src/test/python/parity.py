"""Random asyncio programs as data, and the order of events CPython gives them.

    python3 parity.py record COUNT SEED     write COUNT programs with their events to stdout
    python3 parity.py run < PROGRAMS        record the events of given programs again

A program is one line, an S-expression: `(res ...)` names its locks, queues and so on, each
`(body ...)` is a coroutine; body 0 is the main one. `ParityInterpreter` in Java reads the same
lines: each operation writes the same words into the log on both sides.

The loop here has virtual time: it jumps to the next timer when nothing is ready, and timers of
equal deadlines ring in the order in which they were set (a heap alone leaves that open).
"""

import asyncio
import asyncio.base_events
import asyncio.events
import heapq
import random
import sys

TICK = 0.125  # exact in binary, so that both sides compute the same times
ROUNDS = 12
PATIENCE = 400  # ticks between the rounds of the driver


# --- the loop


class SequencedTimer(asyncio.events.TimerHandle):
    __slots__ = ("sequence",)

    def __lt__(self, other):
        return (self._when, self.sequence) < (other._when, other.sequence)


class JumpingSelector:
    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if timeout is None:
            raise AssertionError("nothing can ever happen again")
        if timeout > 0:
            self.loop.now = self.loop._scheduled[0]._when
        return []


class VirtualLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0.0
        self.sequence = 0
        self._selector = JumpingSelector(self)
        self._clock_resolution = 1e-9
        self.set_exception_handler(lambda loop, context: None)

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        timer = SequencedTimer(when, callback, args, self, context)
        self.sequence += 1
        timer.sequence = self.sequence
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


class OrderedSet(dict):
    """Children of a group are cancelled in the order of creation; a set leaves that open."""

    def add(self, item):
        self[item] = True

    def discard(self, item):
        self.pop(item, None)


# --- programs as text


def parse(text):
    stack = [[]]
    for token in text.replace("(", " ( ").replace(")", " ) ").split():
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(token)
    return stack[0][0]


def unparse(tree):
    if isinstance(tree, list):
        return "(" + " ".join(unparse(t) for t in tree) + ")"
    return str(tree)


# --- the interpreter


class Err(Exception):
    pass


class Frame:
    """One task: its name in the log and its level; a task awaits only what is of higher level."""

    def __init__(self, name, level):
        self.name = name
        self.level = level
        self.limits = []


def kind(e):
    match e:
        case asyncio.CancelledError():
            return "C"
        case TimeoutError():
            return "T"
        case Err():
            return "E" + e.args[0]
        case asyncio.QueueEmpty():
            return "Qe"
        case asyncio.QueueFull():
            return "Qf"
        case asyncio.InvalidStateError():
            return "I"
        case asyncio.BrokenBarrierError():
            return "B"
        case BaseExceptionGroup():
            return "G[" + ",".join(kind(x) for x in e.exceptions) + "]"
        case RuntimeError() | ValueError():
            return "M"
    return type(e).__name__


def told(e):
    """With the message of a cancellation: where it arrives. Who awaits the task gets the message
    only the first time, an accident that nobody relies on."""
    if isinstance(e, asyncio.CancelledError) and e.args and str(e.args[0]).startswith("m"):
        return "C" + e.args[0]
    return kind(e)


def show(v):
    if isinstance(v, BaseException):
        return kind(v)
    if isinstance(v, list):
        return "[" + ",".join(show(x) for x in v) + "]"
    if v is None or v is True:
        return "-"
    return str(v)


class Interpreter:
    def __init__(self, tree, loop):
        self.loop = loop
        self.lines = []
        self.last = None
        self.over = False
        self.tasks = []
        self.started = 0
        self.registers = {}
        self.timers = {}
        self.stock = 0
        self.bodies = [t[1:] for t in tree[1:] if t[0] == "body"]
        res = {t[0]: [int(x) for x in t[1:]] for t in tree[1][1:]}
        self.locks = [asyncio.Lock() for _ in res.get("lock", [])]
        self.semaphores = [asyncio.Semaphore(n) for n in res.get("sem", [])]
        self.semaphores += [asyncio.BoundedSemaphore(n) for n in res.get("bsem", [])]
        self.events = [asyncio.Event() for _ in res.get("event", [])]
        self.conditions = [asyncio.Condition() for _ in res.get("cond", [])]
        self.queues = [asyncio.Queue(n) for n in res.get("queue", [])]
        self.queues += [asyncio.LifoQueue(n) for n in res.get("lifo", [])]
        self.queues += [asyncio.PriorityQueue(n) for n in res.get("prio", [])]
        self.barriers = [asyncio.Barrier(n) for n in res.get("barrier", [])]

    def log(self, who, what):
        if self.over:
            return
        if self.loop.now != self.last:
            self.last = self.loop.now
            self.lines.append(f"@{int(self.last / TICK)}")
        self.lines.append(f"{who} {what}")

    async def drive(self):
        self.loop.create_task(self.body(0))
        for turn in range(ROUNDS):
            await asyncio.sleep(PATIENCE * TICK)
            alive = [(f, t) for f, t in self.tasks if not t.done()]
            if not alive:
                break
            self.log("driver", "cancels " + " ".join(f.name for f, _ in alive))
            for _, task in alive:
                task.cancel()
            if turn > 1:
                for lock in self.locks + self.conditions:
                    if lock.locked():
                        lock.release()
        self.log("driver", "ends")
        self.over = True

    async def body(self, index):
        frame = Frame(f"b{index}.{self.started}", index)
        self.started += 1
        self.tasks.append((frame, asyncio.current_task()))
        try:
            result = await self.run(frame, self.bodies[index])
            result = index if result is None else result[0]
            self.log(frame.name, f"returns {result}")
            return result
        except BaseException as e:
            self.log(frame.name, "throws " + kind(e))
            raise

    async def run(self, f, statements):
        """None, or [value] after a return."""
        for s in statements:
            result = await self.step(f, s)
            if result is not None:
                return result
        return None

    async def leaf(self, f, label, awaitable):
        try:
            value = await awaitable
        except BaseException as e:
            end = kind(e) if label.startswith("await") else told(e)
            self.log(f.name, f"{label} !{end}")
            raise
        self.log(f.name, f"{label} {show(value)}")
        return value

    async def step(self, f, s):
        op, *a = s
        match op:
            case "sleep":
                await self.leaf(f, f"sleep {a[0]}", asyncio.sleep(int(a[0]) * TICK))
            case "call":
                return await self.call(f, int(a[0]))
            case "return":
                return [int(a[0])]
            case "raise":
                self.log(f.name, "raises " + a[0])
                raise Err(a[0])
            case "loop":
                for _ in range(int(a[0])):
                    result = await self.run(f, a[1:])
                    if result is not None:
                        return result
            case "try":
                return await self.attempt(f, *a)
            case "timeout":
                return await self.timeout(f, int(a[0]), a[1:])
            case "await":
                await self.await_register(f, a[0])
            case "wait":
                await self.wait(f, a[0], int(a[1]), a[2:])
            case "lock":
                return await self.within(f, "lock " + a[0], self.locks[int(a[0])], a[1:])
            case "sem":
                return await self.within(f, "sem " + a[0], self.semaphores[int(a[0])], a[1:])
            case "cond":
                return await self.within(f, "cond " + a[0], self.conditions[int(a[0])], a[1:])
            case "acquire":
                await self.leaf(f, "acquire " + a[0], self.locks[int(a[0])].acquire())
            case "sacquire":
                await self.leaf(f, "sacquire " + a[0], self.semaphores[int(a[0])].acquire())
            case "ewait":
                await self.leaf(f, "ewait " + a[0], self.events[int(a[0])].wait())
            case "cwait":
                await self.leaf(f, "cwait " + a[0], self.conditions[int(a[0])].wait())
            case "cwaitfor":
                least = int(a[1])
                await self.leaf(
                    f,
                    "cwaitfor " + a[0],
                    self.conditions[int(a[0])].wait_for(lambda: self.stock >= least),
                )
            case "put":
                await self.leaf(f, "put " + a[0], self.queues[int(a[0])].put(int(a[1])))
            case "get":
                await self.leaf(f, "get " + a[0], self.queues[int(a[0])].get())
            case "join":
                await self.leaf(f, "join " + a[0], self.queues[int(a[0])].join())
            case "barrier":
                await self.leaf(f, "barrier " + a[0], self.barriers[int(a[0])].wait())
            case "breset":
                await self.leaf(f, "breset " + a[0], self.barriers[int(a[0])].reset())
            case "babort":
                await self.leaf(f, "babort " + a[0], self.barriers[int(a[0])].abort())
            case "group":
                return await self.group(f, a[0], a[1:])
            case "resched":
                if f.limits:
                    limit = f.limits[-1]
                    try:
                        limit.reschedule(self.loop.time() + int(a[0]) * TICK)
                        self.log(f.name, "resched")
                    except RuntimeError:
                        self.log(f.name, "resched !M")
            case "cancelself":
                asyncio.current_task().cancel(a[0])
                self.log(f.name, "cancelself")
            case "uncancel":
                self.log(f.name, f"uncancel {asyncio.current_task().uncancel()}")
            case "cancelling":
                self.log(f.name, f"cancelling {asyncio.current_task().cancelling()}")
            case _:
                self.sync(f.name, s)
        return None

    async def call(self, f, index):
        if index <= f.level:
            self.log(f.name, f"call {index} skipped")
            return None
        try:
            result = await self.run(f, self.bodies[index])
        except BaseException as e:
            self.log(f.name, f"call {index} !{kind(e)}")
            raise
        self.log(f.name, f"call {index} {'-' if result is None else result[0]}")
        return None

    async def attempt(self, f, statements, kinds, handler, again, finish):
        try:
            return await self.run(f, statements)
        except BaseException as e:
            k = kind(e)
            if k[0] not in kinds:
                raise
            self.log(f.name, "catches " + k)
            result = await self.run(f, handler)
            if again == "1":
                raise
            return result
        finally:
            if finish:
                self.log(f.name, "finally")
                await self.run(f, finish)

    async def timeout(self, f, ticks, statements):
        limit = None
        try:
            async with asyncio.timeout(ticks * TICK) as limit:
                f.limits.append(limit)
                try:
                    result = await self.run(f, statements)
                finally:
                    f.limits.pop()
        except BaseException as e:
            self.log(f.name, f"timeout {int(limit.expired())} !{kind(e)}")
            raise
        self.log(f.name, f"timeout {int(limit.expired())}")
        return result

    async def within(self, f, label, primitive, statements):
        await self.leaf(f, label, primitive.acquire())
        try:
            return await self.run(f, statements)
        finally:
            try:
                primitive.release()
                self.log(f.name, label + " left")
            except (RuntimeError, ValueError) as e:
                self.log(f.name, f"{label} left !{kind(e)}")

    async def group(self, f, children, statements):
        children = [int(c) for c in children if int(c) > f.level]
        try:
            tg = asyncio.TaskGroup()
            tg._tasks = OrderedSet()
            async with tg:
                for child in children:
                    tg.create_task(self.body(child))
                result = await self.run(f, statements)
        except BaseException as e:
            self.log(f.name, "group !" + kind(e))
            raise
        self.log(f.name, "group")
        return result

    async def await_register(self, f, r):
        if r not in self.registers or self.registers[r][1] <= f.level:
            self.log(f.name, f"await {r} skipped")
            return
        await self.leaf(f, "await " + r, self.registers[r][0])

    async def wait(self, f, mode, ticks, registers):
        parts = [
            (r, self.registers[r][0])
            for r in registers
            if r in self.registers and self.registers[r][1] > f.level
        ]
        if not parts:
            self.log(f.name, "wait skipped")
            return
        try:
            done, pending = await asyncio.wait(
                [p for _, p in parts],
                timeout=None if ticks < 0 else ticks * TICK,
                return_when={
                    "any": asyncio.FIRST_COMPLETED,
                    "all": asyncio.ALL_COMPLETED,
                    "exc": asyncio.FIRST_EXCEPTION,
                }[mode],
            )
        except BaseException as e:
            self.log(f.name, f"wait {mode} !{kind(e)}")
            raise
        self.log(
            f.name,
            f"wait {mode} {','.join(r for r, p in parts if p in done)}"
            f"/{','.join(r for r, p in parts if p in pending)}",
        )

    # What does not wait: also for callbacks.
    def sync(self, who, s):
        try:
            self.log(who, self.act(who, s))
        except (Err, asyncio.QueueEmpty, asyncio.QueueFull, asyncio.InvalidStateError) as e:
            self.log(who, f"{s[0]} !{kind(e)}")
        except (RuntimeError, ValueError) as e:
            self.log(who, f"{s[0]} !{kind(e)}")

    def act(self, who, s):
        op, *a = s
        match op:
            case "spawn":
                index = int(a[1])
                self.registers[a[0]] = (self.loop.create_task(self.body(index)), index, 0)
                return f"spawn {a[0]}"
            case "future":
                self.registers[a[0]] = (self.loop.create_future(), 1000, 0)
                return f"future {a[0]}"
            case "gather":
                return self.gather(a[0], a[1], a[2:])
            case "shield":
                if a[1] not in self.registers:
                    return "shield skipped"
                inner, level, depth = self.registers[a[1]]
                self.registers[a[0]] = (asyncio.shield(inner), level, depth)
                return f"shield {a[0]}"
            case "cancel":
                if a[0] not in self.registers:
                    return "cancel skipped"
                return f"cancel {a[0]} {int(self.registers[a[0]][0].cancel(a[1]))}"
            case "setres" | "seterr":
                if a[0] not in self.registers or self.registers[a[0]][1] != 1000:
                    return f"{op} skipped"
                future = self.registers[a[0]][0]
                if op == "setres":
                    future.set_result(int(a[1]))
                else:
                    future.set_exception(Err(a[1]))
                return f"{op} {a[0]}"
            case "done":
                if a[0] not in self.registers:
                    return "done skipped"
                return f"done {a[0]} {self.state(self.registers[a[0]][0])}"
            case "callback":
                if a[0] not in self.registers:
                    return "callback skipped"
                self.registers[a[0]][0].add_done_callback(
                    lambda p: self.called(f"{who}'", f"{a[0]} {self.state(p)}", a[1:])
                )
                return f"callback {a[0]}"
            case "soon":
                self.loop.call_soon(lambda: self.called(f"{who}'", "soon", a))
                return "soon"
            case "later":
                self.loop.call_later(
                    int(a[0]) * TICK, lambda: self.called(f"{who}'", "later", a[1:])
                )
                return "later"
            case "timer":
                self.timers[a[0]] = self.loop.call_later(
                    int(a[1]) * TICK, lambda: self.called(f"{who}'", "timer", a[2:])
                )
                return f"timer {a[0]}"
            case "untimer":
                if a[0] not in self.timers:
                    return "untimer skipped"
                self.timers[a[0]].cancel()
            case "release":
                self.locks[int(a[0])].release()
            case "srelease":
                self.semaphores[int(a[0])].release()
            case "set":
                self.events[int(a[0])].set()
            case "clear":
                self.events[int(a[0])].clear()
            case "notify":
                self.conditions[int(a[0])].notify(int(a[1]))
            case "notifyall":
                self.conditions[int(a[0])].notify_all()
            case "stock":
                self.stock += int(a[0])
            case "putnow":
                self.queues[int(a[0])].put_nowait(int(a[1]))
            case "getnow":
                return f"getnow {a[0]} {self.queues[int(a[0])].get_nowait()}"
            case "taskdone":
                self.queues[int(a[0])].task_done()
            case "look":
                return "look " + self.look()
            case _:
                raise AssertionError(op)
        return " ".join([op] + a)

    def called(self, who, label, actions):
        self.log(who, label)
        for action in actions:
            self.sync(who, action)

    def state(self, p):
        if not p.done():
            return "pending"
        if p.cancelled():
            return "cancelled"
        e = p.exception()
        return "!" + kind(e) if e is not None else show(p.result())

    def gather(self, r, settle, parts):
        given, level, depth = [], 1000, 0
        for part in parts:
            if part.startswith("b"):
                given.append(self.body(int(part[1:])))
                level = min(level, int(part[1:]))
                continue
            promise, its_level, its_depth = self.registers.get(part, (None, 0, 0))
            # What is done already counts at once since 3.12, in the next turn before; gathers of
            # gathers of gathers grow without end.
            if promise is not None and not promise.done() and its_depth < 3:
                given.append(promise)
                level = min(level, its_level)
                depth = max(depth, its_depth)
        whole = asyncio.gather(*given, return_exceptions=settle == "1")
        self.registers[r] = (whole, level, depth + 1)
        return f"gather {r} of {len(given)}"

    def look(self):
        def bit(values):
            return "".join(str(int(v)) for v in values)

        return " ".join(
            [
                bit(x.locked() for x in self.locks),
                bit(x.locked() for x in self.semaphores),
                bit(x.is_set() for x in self.events),
                bit(x.locked() for x in self.conditions),
                ",".join(str(x.qsize()) for x in self.queues),
                ",".join(str(x.n_waiting) for x in self.barriers),
            ]
        )


def record(line):
    loop = VirtualLoop()
    asyncio.events._set_running_loop(None)
    interpreter = Interpreter(parse(line), loop)
    try:
        loop.run_until_complete(interpreter.drive())
    finally:
        interpreter.over = True
        for task in asyncio.all_tasks(loop):
            task._log_destroy_pending = False
        loop.close()
    return interpreter.lines


# --- the generator

ASYNC = "sleep call try timeout await wait lock sem cond acquire sacquire ewait cwait cwaitfor put get join barrier breset babort group loop raise return resched cancelself uncancel cancelling"
SYNC = "spawn future gather shield cancel setres seterr done callback soon later timer untimer release srelease set clear notify notifyall stock putnow getnow taskdone look"

PLAIN = {
    "sleep": 10, "call": 1, "try": 3, "timeout": 2, "await": 4, "wait": 1, "lock": 2, "sem": 2,
    "cond": 1, "acquire": 0, "sacquire": 0, "ewait": 1, "cwait": 0, "cwaitfor": 0, "put": 1,
    "get": 1, "join": 0, "barrier": 0, "breset": 0, "babort": 0, "group": 0, "loop": 1, "raise": 1,
    "return": 0.3, "resched": 0.3, "cancelself": 0.3, "uncancel": 0.2, "cancelling": 0.3,
    "spawn": 6, "future": 0.5, "gather": 2, "shield": 1, "cancel": 3, "setres": 0.5, "seterr": 0.3,
    "done": 0.5, "callback": 1, "soon": 1, "later": 1, "timer": 0.5, "untimer": 0.5, "release": 0, "srelease": 0.2, "set": 1,
    "clear": 0.5, "notify": 0, "notifyall": 0, "stock": 0, "putnow": 0.5, "getnow": 0.5,
    "taskdone": 0.2, "look": 0.5,
}

# What is more frequent than in PLAIN.
MIXES = {
    "plain": {},
    "ties": {"sleep": 25, "later": 4, "timer": 4, "untimer": 4, "timeout": 5, "soon": 3},
    "cancel": {"cancel": 14, "try": 9, "cancelself": 2, "cancelling": 1, "await": 6, "timeout": 3},
    "locks": {"lock": 12, "acquire": 1, "release": 2, "cancel": 7, "sleep": 12, "look": 1},
    "semaphores": {"sem": 14, "sacquire": 2, "srelease": 3, "cancel": 7, "timeout": 3, "look": 1},
    "events": {"ewait": 10, "set": 6, "clear": 5, "cancel": 4, "timeout": 3},
    "conditions": {"cond": 14, "cancel": 6, "timeout": 3, "stock": 1},
    "queues": {"put": 10, "get": 10, "join": 2, "putnow": 3, "getnow": 3, "taskdone": 4,
               "cancel": 5, "timeout": 3},
    "barriers": {"barrier": 14, "breset": 2, "babort": 1, "cancel": 4, "timeout": 3, "look": 1},
    "timeouts": {"timeout": 14, "try": 8, "sleep": 14, "resched": 3, "cancel": 4, "cancelling": 2,
                 "uncancel": 1},
    "gathers": {"gather": 10, "await": 8, "cancel": 6, "spawn": 8, "raise": 3, "callback": 2},
    "shields": {"shield": 8, "await": 8, "cancel": 8, "gather": 3, "timeout": 3, "raise": 2},
    "waits": {"wait": 10, "spawn": 9, "cancel": 4, "raise": 3, "future": 2, "setres": 2, "seterr": 1},
    "futures": {"future": 5, "setres": 6, "seterr": 3, "await": 8, "callback": 5, "soon": 3,
                "cancel": 4, "done": 2},
    "uncancels": {"uncancel": 6, "cancelself": 5, "cancelling": 3, "try": 9, "timeout": 6,
                  "cancel": 8},
    "groups": {"group": 9, "raise": 4, "cancel": 6, "timeout": 3, "try": 5},
    "all": {"barrier": 2, "lock": 4, "sem": 4, "cond": 4, "put": 3, "get": 3, "group": 1,
            "wait": 2, "cancel": 6, "ewait": 3, "set": 2, "acquire": 1, "release": 1},
}


class Generator:
    def __init__(self, seed, mix):
        self.random = random.Random(f"{mix}-{seed}")
        self.weights = PLAIN | MIXES[mix]
        r = self.random
        self.bodies = r.randint(2, 6)
        self.size = r.choice([3, 5, 8])
        self.registers = r.randint(2, 6)
        # Few different times make many equal deadlines.
        self.times = r.choice([[0, 1], [0, 0, 1, 2], [0, 1, 2, 4, 8], [-1, 0, 3, 3, 3]])
        self.messages = 0
        self.res = {
            "lock": [0] * r.randint(1, 2),
            "sem": [r.randint(0, 2) for _ in range(r.randint(1, 2))],
            "bsem": [r.randint(1, 2)],
            "event": [0] * r.randint(1, 2),
            "cond": [0],
            "queue": [r.randint(0, 2) for _ in range(r.randint(1, 2))],
            "lifo": [r.randint(0, 2)] * r.randint(0, 1),
            "prio": [r.randint(0, 2)] * r.randint(0, 1),
            "barrier": [r.randint(1, 3)],
        }

    def program(self):
        r = self.random
        tree = ["prog", ["res"] + [[k] + v for k, v in self.res.items() if v]]
        for index in range(self.bodies):
            size = r.randint(2, self.size) + (2 if index == 0 else 0)
            body = self.statements(index, size, 0)
            if index == 0 and r.random() < 0.8:
                body = self.crowd() + body
            tree.append(["body"] + body)
        return tree

    def crowd(self):
        """Tasks that meet at the same locks and queues, and somebody who disturbs them."""
        r = self.random
        few = r.sample(range(1, self.bodies), r.randint(1, min(2, self.bodies - 1)))
        body = []
        for n in range(self.registers):
            body.append(["spawn", f"r{n}", r.choice(few)])
            if r.random() < 0.15:
                body.append(["sleep", self.time()])
        for _ in range(r.randint(1, 6)):
            body.append(r.choice([["cancel", self.register(), self.message()],
                                  ["sleep", self.time()], ["sleep", 0], self.statement(0, 2)]))
        return body

    def contest(self, at):
        """Many tasks at one primitive, with cancellations in the turn of a hand-over."""
        r = self.random
        workers = r.randint(1, 3)
        count = r.randint(2, 6)
        main = []
        for n in range(count):
            main.append(["spawn", f"r{n}", r.randint(1, workers)])
            if r.random() < 0.1:
                main.append(["sleep", 0])
        for _ in range(r.randint(2, 10)):
            main += self.disturb(at, count)
        tail = [["gather", "r9", r.randint(0, 1)] + [f"r{n}" for n in range(count)], ["await", "r9"]]
        main += r.choice([[], tail, [["wait", "all", 8] + [f"r{n}" for n in range(count)]]])
        main += [["look"]]
        bodies = [["body"] + main]
        for _ in range(workers):
            body = []
            for _ in range(r.randint(1, 3)):
                body += self.work(at)
            if r.random() < 0.4:
                body = [["loop", 2] + body]
            bodies.append(["body"] + body)
        res = [["lock", 0], ["sem", r.choice([0, 1, 1, 2])], ["bsem", 1], ["event", 0], ["cond", 0],
               ["queue", r.choice([0, 1, 1, 2])], ["lifo", 1], ["prio", r.randint(0, 2)],
               ["barrier", r.randint(1, 3)]]
        return ["prog", ["res"] + res] + bodies

    def disturb(self, at, count):
        r = self.random
        steps = []
        pause = [["sleep", self.time()]]
        cancel = [["cancel", f"r{r.randrange(count)}", self.message()]]
        other = {
            "locks": [["lock", 0, ["sleep", 0]]],
            "semaphores": [["sem", 0, ["sleep", 0]]] if r.random() < 0.5 else [["srelease", 0]],
            "events": [["set", 0]] + ([["clear", 0]] if r.random() < 0.7 else []),
            "conditions": [["cond", 0, ["stock", r.randint(0, 2)],
                            r.choice([["notify", 0, r.randint(1, 3)], ["notifyall", 0]])]
                           + r.choice([[], cancel, pause, pause + cancel])],
            "queues": [r.choice([["putnow", 0, r.randrange(99)], ["getnow", 0], ["taskdone", 0],
                                 ["put", r.randrange(3), 7], ["get", r.randrange(3)]])],
            "barriers": [r.choice([["barrier", 0], ["breset", 0], ["breset", 0], ["babort", 0]])],
        }[at]
        for _ in range(r.randint(1, 3)):
            steps += r.choices([pause, cancel, other, [["sleep", 0]]], [3, 5, 4, 3])[0]
            cancel = [["cancel", f"r{r.randrange(count)}", self.message()]]
        return [["soon"] + cancel] + steps if r.random() < 0.15 else steps

    def work(self, at):
        r = self.random
        inside = r.choice([[], [["sleep", 0]], [["sleep", self.time()]], [["raise", 1]],
                           [["cancel", f"r{r.randrange(6)}", self.message()]]])
        core = {
            "locks": lambda: [["lock", 0] + inside],
            "semaphores": lambda: [["sem", r.choice([0, 0, 0, 1])] + inside],
            "events": lambda: [["ewait", 0]] + inside,
            "conditions": lambda: [["cond", 0, r.choice([["cwait", 0], ["cwaitfor", 0, r.randint(1, 3)]]),
                                    ["stock", r.choice([-1, 1])]] + inside],
            "queues": lambda: r.choice([[["put", r.randrange(3), r.randrange(99)]],
                                        [["get", r.randrange(3)]],
                                        [["get", 0], ["taskdone", 0]], [["put", 0, 5], ["join", 0]]])
            + inside,
            "barriers": lambda: [["barrier", 0]] + inside,
        }[at]()
        kinds = r.choice(["C", "CB", "BE", "TE", "CTEQIBGM"])
        if r.random() < 0.3:
            core = [["timeout", self.time()] + core]
        if r.random() < 0.4:
            again = int(r.random() < 0.4)
            handler = r.choice([[], [["sleep", 0]], [["uncancel"]], [["look"]]])
            core = [["try", core, kinds, handler, again, r.choice([[], [["sleep", 0]]])]]
        return core + r.choice([[], [], [["sleep", self.time()]]])

    def statements(self, index, n, depth, locked=None):
        return [self.statement(index, depth, locked) for _ in range(n)]

    def pick(self, names, extra=()):
        names = names.split()
        weights = [self.weights[n] for n in names]
        for name, weight in extra:
            names.append(name)
            weights.append(weight)
        return self.random.choices(names, weights)[0]

    def few(self, index, depth, locked=None, least=1):
        return self.statements(index, self.random.randint(least, 3), depth + 1, locked)

    def register(self):
        return f"r{self.random.randrange(self.registers)}"

    def registers_some(self):
        return [self.register() for _ in range(self.random.randint(1, 3))]

    def time(self):
        return self.random.choice(self.times)

    def of(self, *kinds):
        return self.random.randrange(sum(len(self.res[k]) for k in kinds))

    def message(self):
        self.messages += 1
        return f"m{self.messages}"

    def child(self, index):
        return self.random.randint(index + 1, self.bodies - 1) if index + 1 < self.bodies else None

    def statement(self, index, depth, locked=None):
        extra = []
        if locked == "cond":
            extra = [("cwait", 12), ("cwaitfor", 8), ("notify", 8), ("notifyall", 4), ("stock", 8)]
        op = self.pick(ASYNC + " " + SYNC, extra)
        if depth > 2 and op in ("try", "timeout", "lock", "sem", "cond", "group", "loop"):
            op = "sleep"
        r = self.random
        match op:
            case "sleep":
                return [op, self.time()]
            case "call":
                child = self.child(index)
                return ["sleep", 0] if child is None else [op, child]
            case "return":
                return [op, r.randrange(100)]
            case "raise":
                return [op, r.randrange(100)]
            case "loop":
                return [op, r.randint(2, 3)] + self.few(index, depth, locked)
            case "try":
                kinds = r.choice(["C", "CT", "E", "CTEQIBGM", "CTEQIBGM", "TE", "x"])
                handler = self.few(index, depth, locked, 0)
                finish = self.few(index, depth, locked) if r.random() < 0.4 else []
                again = int(r.random() < 0.4)
                return [op, self.few(index, depth, locked), kinds, handler, again, finish]
            case "timeout":
                return [op, self.time()] + self.few(index, depth, locked)
            case "await":
                return [op, self.register()]
            case "wait":
                time = r.choice([-1, -1, max(0, self.time())])
                return [op, r.choice(["any", "all", "exc"]), time] + self.registers_some()
            case "lock":
                return [op, self.of("lock")] + self.few(index, depth, locked)
            case "sem":
                return [op, self.of("sem", "bsem")] + self.few(index, depth, locked)
            case "cond":
                return [op, 0] + self.few(index, depth, "cond")
            case "acquire":
                return [op, self.of("lock")]
            case "sacquire":
                return [op, self.of("sem", "bsem")]
            case "ewait":
                return [op, self.of("event")]
            case "cwait" | "breset" | "babort" | "barrier":
                return [op, 0]
            case "cwaitfor":
                return [op, 0, r.randint(0, 3)]
            case "put":
                return [op, self.of("queue", "lifo", "prio"), r.randrange(100)]
            case "get" | "join":
                return [op, self.of("queue", "lifo", "prio")]
            case "group":
                children = [self.child(index) for _ in range(r.randint(0, 3))]
                children = [c for c in children if c is not None]
                return [op, children] + self.few(index, depth, locked, 0)
            case "resched":
                return [op, self.time()]
            case "cancelself":
                return [op, self.message()]
            case "uncancel" | "cancelling":
                return [op]
            case _:
                return self.action(op, index, depth)

    def action(self, op, index, depth):
        r = self.random
        match op:
            case "spawn":
                child = self.child(index)
                return ["look"] if child is None else [op, self.register(), child]
            case "future":
                return [op, self.register()]
            case "gather":
                parts = self.registers_some()
                child = self.child(index)
                if child is not None and r.random() < 0.5:
                    parts += [f"b{child}"] * r.randint(1, 2)
                return [op, self.register(), int(r.random() < 0.4)] + parts
            case "shield":
                return [op, self.register(), self.register()]
            case "cancel":
                return [op, self.register(), self.message()]
            case "setres" | "seterr":
                return [op, self.register(), r.randrange(100)]
            case "done":
                return [op, self.register()]
            case "callback":
                return [op, self.register()] + self.actions(index, depth)
            case "soon":
                return [op] + self.actions(index, depth)
            case "later":
                return [op, self.time()] + self.actions(index, depth)
            case "timer":
                return [op, f"h{r.randrange(2)}", self.time()] + self.actions(index, depth)
            case "untimer":
                return [op, f"h{r.randrange(2)}"]
            case "release":
                return [op, self.of("lock")]
            case "srelease":
                return [op, self.of("sem", "bsem")]
            case "set" | "clear":
                return [op, self.of("event")]
            case "notify":
                return [op, 0, r.randint(0, 2)]
            case "notifyall":
                return [op, 0]
            case "stock":
                return [op, r.choice([1, 1, 2, -1])]
            case "putnow":
                return [op, self.of("queue", "lifo", "prio"), r.randrange(100)]
            case "getnow" | "taskdone":
                return [op, self.of("queue", "lifo", "prio")]
            case _:
                return ["look"]

    def actions(self, index, depth):
        if depth > 3:
            return []
        return [
            self.action(self.pick(SYNC), index, depth + 2)
            for _ in range(self.random.randint(0, 2))
        ]


CONTESTS = ["locks", "semaphores", "events", "conditions", "queues", "barriers"]


def generate(count, seed):
    names = list(MIXES) + [f"contest-{at}" for at in CONTESTS] * 2
    for number in range(seed, seed + count):
        mix = names[number % len(names)]
        if mix.startswith("contest-"):
            program = Generator(number, "plain").contest(mix.removeprefix("contest-"))
        else:
            program = Generator(number, mix).program()
        yield f"{mix}-{number}", unparse(program)


def main():
    version = ".".join(str(n) for n in sys.version_info[:3])
    print(f"# CPython {version}")
    if sys.argv[1] == "record":
        programs = generate(int(sys.argv[2]), int(sys.argv[3]))
    else:
        lines = [line.rstrip("\n") for line in sys.stdin]
        programs = (
            (lines[i][1:], lines[i + 1]) for i in range(len(lines)) if lines[i].startswith("=")
        )
    for name, line in programs:
        print("=" + name)
        print(line)
        print("\n".join(record(line)))


if __name__ == "__main__":
    main()
