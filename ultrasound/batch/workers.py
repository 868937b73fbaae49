"""Many tasks on one or several processes, their results in the order of the tasks.

Processes are spawned, as they are on Windows and macOS, so that nothing depends on what a fork
would copy. A task that takes its process down is tried once more alone; if it does so again it is
answered for by ``on_crash``, and all others go on.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

from ultrasound.errors import UltrasoundError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

NO_WORKERS: Final = "no worker process can be started here; run it with --workers 1"
MOST_WORKERS: Final = 61  # what Windows can wait for at a time
_WAITING_PER_WORKER: Final = 4
_MOST_CRASHES: Final = 3  # in a row from the start: then it is not the tasks


class Crew:
    """The processes of a run, each prepared before its first task; closed at the end of ``with``.

    With one worker, everything runs in this process.
    """

    def __init__(
        self, workers: int, prepare: Callable[..., None], arguments: tuple[object, ...] = ()
    ) -> None:
        self.workers = min(workers, MOST_WORKERS)
        self._prepare = prepare
        self._arguments = arguments
        self._pool: ProcessPoolExecutor | None = None
        self._answered = False
        self._crashes = 0

    def __enter__(self) -> Self:
        if self.workers == 1:
            self._prepare(*self._arguments)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(wait=True)

    def run(
        self,
        work: Callable[[Task], Answer],
        tasks: Iterable[Task],
        on_crash: Callable[[Task], Answer],
    ) -> Iterator[Answer]:
        """Yield the answer to each task in turn; at most a few tasks wait at a time.

        Args:
            work: a function of a module, which other processes can import.
            tasks: taken as they are needed.
            on_crash: answers for a task that ends the process it runs in.

        Raises:
            UltrasoundError: no process can be started.
        """
        if self.workers == 1:
            yield from map(work, tasks)
            return
        queue = _Queue(self, work, on_crash)
        for task in tasks:
            queue.add(task)
            if len(queue.waiting) >= self.workers * _WAITING_PER_WORKER:
                yield queue.take()
        while queue.waiting:
            yield queue.take()

    def submit(self, work: Callable[[Task], Answer], task: Task) -> Future[Answer] | None:
        """Hand a task to the pool; None where the pool is broken."""
        if self._pool is None:
            self._pool = self._open(self.workers)
        try:
            return self._pool.submit(work, task)
        except BrokenProcessPool:
            return None

    def run_alone(self, work: Callable[[Task], Answer], task: Task) -> Answer:
        """Run one task in a process of its own; raises BrokenProcessPool when it ends it."""
        with self._open(1) as pool:
            return pool.submit(work, task).result()

    def note_answer(self) -> None:
        """A process works."""
        self._answered = True

    def note_crash(self, error: BrokenProcessPool) -> None:
        """A task ended its own process; without any answer so far, no process may work at all."""
        self._crashes += 1
        if not self._answered and self._crashes >= _MOST_CRASHES:
            raise UltrasoundError(NO_WORKERS) from error

    def close(self, *, wait: bool) -> None:
        """Let the processes go."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=True)
            self._pool = None

    def _open(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=self._prepare,
            initargs=self._arguments,
        )


class _Queue(Generic[Task, Answer]):
    """Tasks under way, the oldest first."""

    def __init__(
        self, crew: Crew, work: Callable[[Task], Answer], on_crash: Callable[[Task], Answer]
    ) -> None:
        self.crew = crew
        self.work = work
        self.on_crash = on_crash
        self.waiting: deque[tuple[Task, Future[Answer] | None]] = deque()

    def add(self, task: Task) -> None:
        self.waiting.append((task, self.crew.submit(self.work, task)))

    def take(self) -> Answer:
        task, future = self.waiting.popleft()
        try:
            if future is not None:
                answer = future.result()
                self.crew.note_answer()
                return answer
        except BrokenProcessPool:
            pass
        answer = self._try_alone(task)
        self._hand_out_again()
        return answer

    def _try_alone(self, task: Task) -> Answer:
        try:
            answer = self.crew.run_alone(self.work, task)
        except BrokenProcessPool as error:
            self.crew.note_crash(error)
            return self.on_crash(task)
        self.crew.note_answer()
        return answer

    def _hand_out_again(self) -> None:
        """Open a new pool, for what the broken one had not finished."""
        self.crew.close(wait=False)
        self.waiting = deque(
            (task, future if _is_done(future) else self.crew.submit(self.work, task))
            for task, future in self.waiting
        )


def _is_done(future: Future[Answer] | None) -> bool:
    return (
        future is not None
        and future.done()
        and not future.cancelled()
        and future.exception() is None
    )
