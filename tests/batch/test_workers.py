"""Tasks on several processes: order, crashes, and nothing but spawn."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from ultrasound.batch.workers import NO_WORKERS, Crew
from ultrasound.errors import UltrasoundError

PREPARED: list[str] = []


def prepare(word: str) -> None:
    """What each process does first."""
    PREPARED.append(word)


def answer(task: int) -> tuple[int, tuple[str, ...], bool]:
    """Earlier tasks take longer; 13 takes its process down."""
    if task == 13:
        os._exit(1)
    time.sleep(0.05 if task == 0 else 0)
    return task, tuple(PREPARED), os.getpid() == os.getppid()


def fail(task: int) -> int:
    """Raise for one task."""
    if task == 2:
        raise ValueError("two")
    return task


def give_up(task: int) -> tuple[int, tuple[str, ...], bool]:
    """Answer for a task that crashed."""
    return -task, (), False


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_of_the_tasks(workers: int) -> None:
    """Whatever finishes first, the answers stand in order, and each process was prepared."""
    PREPARED.clear()
    with Crew(workers, prepare, ("ready",)) as crew:
        found = list(crew.run(answer, range(12), give_up))
    assert [task for task, _, _ in found] == list(range(12))
    assert {words for _, words, _ in found} == {("ready",)}


def test_a_crash_is_answered_for_and_all_others_go_on() -> None:
    """A task that ends its process is tried again alone, then given up; no other is lost."""
    with Crew(2, prepare, ("ready",)) as crew:
        found = list(crew.run(answer, range(10, 30), give_up))
        assert list(crew.run(abs, [-1], abs)) == [1]
    assert [task for task, _, _ in found] == [10, 11, 12, -13, *range(14, 30)]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_work_reaches_the_caller(workers: int) -> None:
    """What the work itself does not catch is no crash, and is not hidden."""
    with Crew(workers, prepare, ("x",)) as crew, pytest.raises(ValueError, match="two"):
        list(crew.run(fail, range(4), abs))


def test_tasks_are_taken_as_they_are_needed() -> None:
    """Only a few tasks wait at a time, so that memory does not grow with their number."""
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Crew(2, prepare, ("x",)) as crew:
        answers = crew.run(abs, tasks(), abs)
        assert next(answers) == 0
        assert len(taken) <= 8


def refuse(word: str) -> None:
    """A preparation that ends the process."""
    os._exit(1)


def test_processes_that_cannot_start_are_told() -> None:
    """Where no process works at all, the run ends with what to do, not with every task given up."""
    with Crew(2, refuse, ("x",)) as crew, pytest.raises(UltrasoundError, match=NO_WORKERS):
        list(crew.run(abs, range(9), abs))
