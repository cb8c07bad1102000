"""Carries out what is due while the window is open, and says in its message bar what was done meanwhile."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from statusdesk.domain.errors import NotAllowed
from statusdesk.gui import formats
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.wording import error_text, fact, tr
from statusdesk.services.planner import DueReport
from statusdesk.services.unpaid import UnpaidStep

EVERY_MS = 60_000
"""How often a window looks for plans whose time has come."""


class DuePlans(QObject):
    """Looks when the window opens and every minute after that, unless something else is being done.

    As long as its message stands, what comes due is added to it: people read what happened while nobody looked.
    """

    def __init__(self, weighing: Weighing, show: Callable[[], None] | None = None) -> None:
        """Carry out what is due in the window of `weighing`; `show` leads to the plans that need a look."""
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._show = show
        self._told: tuple[str, int, int] = ("", 0, 0)
        self._trouble = ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        if self._session.standing.kind == "own":
            self._timer.start()
            self._session.closing.connect(self._timer.stop)
            self.look()

    @Slot()
    def look(self) -> None:
        """Carry out what is due now; while other work is under way, wait for the next time."""
        session = self._session
        if session.jobs.idle and not session.standing.locked and not session.is_lost:
            self._session.ask(lambda desk, _: desk.apply_due(), self._tell, failed=self._fail)

    def _tell(self, report: DueReport) -> None:
        self._trouble = ""
        if not report.groups and not report.unpaid:
            return
        self._session.refresh()
        ruled = self._ruled(report.unpaid)
        if not report.done and not report.flagged:
            self._tell_of_rule(report.unpaid, ruled)
            return
        text, done, flagged = self._told
        if self._weighing.said != text:
            done = flagged = 0
        done, flagged = done + report.done, flagged + report.flagged
        link = (tr("Show"), self._show) if flagged and self._show is not None else None
        self._weighing.say(
            carried_out(done, flagged), "".join(f"{each}. " for each in ruled), link=link, sign="clock"
        )
        self._told = (self._weighing.said, done, flagged)

    def _ruled(self, steps: Sequence[UnpaidStep]) -> list[str]:
        """Say of each step what the rule for those who do not pay did."""
        journal = self._session.reader.journal
        made = [journal.get(step.change_set) for step in steps if step.change_set is not None]
        return [fact(found.kind, found.facts) for found in made if found is not None]

    def _tell_of_rule(self, steps: Sequence[UnpaidStep], ruled: Sequence[str]) -> None:
        """Say what the rule did; Undo is offered of a single step, as nobody saw a card."""
        if not ruled:
            return
        change_set = steps[0].change_set
        undo = (lambda: self._weighing.undo(change_set)) if len(ruled) == 1 else None
        self._weighing.say(ruled[0], "".join(f"{each}. " for each in ruled[1:]), undo=undo, sign="clock")

    def _fail(self, error: Exception) -> None:
        """Say once why nothing can be carried out; it is tried again every minute.

        What this login may not carry out waits for somebody's window that may.
        """
        if isinstance(error, NotAllowed):
            return
        said = error_text(error)
        if said != self._trouble:
            self._trouble = said
            self._weighing.say(said, problem=True)


def carried_out(done: int, flagged: int) -> str:
    """Say what was made of what was due: “3 planned changes were carried out, 1 needs a look”."""
    did = tr("1 planned change was carried out")
    if done != 1:
        did = tr("{count} planned changes were carried out").format(count=formats.count(done))
    if not flagged:
        return did
    if not done:
        one, more = tr("1 planned change needs a look"), tr("{count} planned changes need a look")
        return one if flagged == 1 else more.format(count=formats.count(flagged))
    look = tr("1 needs a look") if flagged == 1 else tr("{count} need a look")
    return f"{did}, {look.format(count=formats.count(flagged))}"
