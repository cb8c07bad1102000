"""Work off the painting thread: one worker, one job at a time, answers delivered where the window lives.

Writers are one at a time by design, because every write goes through one of these.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from statusdesk.domain.errors import Cancelled

_REPORT_EVERY = 0.05


class Progress:
    """What a running job and its watchers share: how far it is, and whether to stop.

    The job calls `tell` with the number of things done; that raises `Cancelled` once somebody called `cancel`.
    """

    def __init__(self, report: Callable[[int], None] = lambda _: None) -> None:
        self._stop = threading.Event()
        self._report = report
        self._reported_at = 0.0

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked the job to stop."""
        if self._stop.is_set():
            raise Cancelled

    def rest(self, seconds: float) -> None:
        """Do nothing for so long; raises `Cancelled` as soon as somebody asks the job to stop."""
        self._stop.wait(seconds)
        self.check()

    def tell(self, done: int, *, at_once: bool = False) -> None:
        """Say how many things are done; watchers hear of it every 50 ms, or `at_once`."""
        self.check()
        if at_once or time.monotonic() - self._reported_at >= _REPORT_EVERY:
            self._reported_at = time.monotonic()
            self._report(done)


Work = Callable[[Progress], Any]


@dataclass(slots=True)
class _Job:
    work: Work
    progress: Progress
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    result: Any = None
    error: Exception | None = None


class Jobs(QObject):
    """Runs work on one worker thread and calls back on the thread that this object lives on.

    A closed object runs nothing more, and leaves no thread behind. The worker knows jobs by number only, so that
    it is never the one to let go of what they hold: objects of Qt must end on the thread that paints.
    """

    idle_changed = Signal(bool)
    _answered = Signal(int)
    _reported = Signal(object, int)

    def __init__(self, parent: QObject | None = None, *, name: str = "desk") -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._waiting: dict[int, _Job] = {}
        self._numbers = count()
        self._closed = False
        self._running: Progress | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """True while nothing runs or waits."""
        return not self._waiting

    def run(
        self,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        progressed: Callable[[int], None] | None = None,
    ) -> Progress:
        """Queue work; exactly one of `done` and `failed` is called later, unless the window closes first."""

        def report(count: int) -> None:
            self._reported.emit(progressed, count)

        progress = Progress(report) if progressed else Progress()
        if self._closed:
            return progress
        was_idle, number = self.idle, next(self._numbers)
        self._waiting[number] = _Job(work, progress, done, failed)
        self._pool.submit(self._work, number)
        self._tell_idle(was_idle=was_idle)
        return progress

    def close(self) -> None:
        """Stop what runs, drop what waits, and end the thread."""
        self._closed = True
        if self._running is not None:
            self._running.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._waiting.clear()

    def _work(self, number: int) -> None:
        self._carry_out(number)
        if not self._closed:
            self._answered.emit(number)

    def _carry_out(self, number: int) -> None:
        job = self._waiting[number]
        self._running = job.progress
        try:
            job.progress.check()
            job.result = job.work(job.progress)
        except Exception as error:  # every failure is handed to the thread that can show it
            job.error = error
        self._running = None

    @Slot(int)
    def _deliver(self, number: int) -> None:
        if self._closed:
            return
        was_idle, job = self.idle, self._waiting.pop(number)
        self._tell_idle(was_idle=was_idle)
        error, job.error = job.error, None
        if error is not None:
            job.failed(error)
        else:
            job.done(job.result)

    @Slot(object, int)
    def _pass_on(self, progressed: Callable[[int], None], count: int) -> None:
        if not self._closed:
            progressed(count)

    def _tell_idle(self, *, was_idle: bool) -> None:
        if was_idle is not self.idle:
            self.idle_changed.emit(self.idle)
