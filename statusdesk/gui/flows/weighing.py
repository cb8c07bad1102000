"""The one road of every change: ask what it would do, show the card where people must see it, do it, say so."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from statusdesk.domain.changes import Outcome
from statusdesk.domain.records import ChangeSet
from statusdesk.domain.store_errors import StoreUnavailable, Unreachable
from statusdesk.gui import formats
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.session import Session
from statusdesk.gui.widgets.message_bar import MessageBar
from statusdesk.gui.wording import accounts_text, deed, error_text, fact, tr
from statusdesk.services.desk import Desk

Verb = Callable[[Desk, bool], Outcome]
"""Does something at the desk, or with True only tells what it would do."""

LONG = 20_000
"""From how many accounts on people are told how far a change is."""


@dataclass(frozen=True, slots=True)
class Job:
    """A deed in the words of its card, and how many accounts it concerns."""

    deed: str
    accounts: int


class Weighing(QObject):
    """Carries changes out for one window and says in its message bar what came of them."""

    def __init__(self, session: Session, messages: MessageBar, prompts: Prompts, window: QWidget) -> None:
        super().__init__(window)
        self.session = session
        self.prompts = prompts
        self.window = window
        self._messages = messages
        self.show_flagged: Callable[[], None] | None = None
        session.changed.connect(self.announce)
        session.failed.connect(self.refuse)
        session.cleared_up.connect(self._tell_kept)

    def weigh(
        self,
        verb: Verb,
        head: Callable[[Outcome], CardHead],
        *,
        always: bool = False,
        done: Callable[[Outcome], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Ask what the verb would do; show the card if that calls for it (or `always`); then do it.

        `cancelled` is called where people close the card without going on.
        """

        def progressed(count: int) -> None:
            if count >= LONG:
                so_far = accounts_text(count)
                link = (tr("Cancel"), running.cancel)
                self._messages.say(
                    working, tr("{accounts} so far").format(accounts=so_far), link=link, sign="clock"
                )

        def answered(outcome: Outcome) -> None:
            if self._messages.text.startswith(working):
                self._messages.dismiss()
            found = outcome.consequences
            asks = found is not None and (found.changed or found.pointless or found.levels)
            if found is not None and asks and (always or found.needs_card):
                shown = head(outcome)
                job = Job(shown.title, found.changed)
                go_on = partial(self.do, verb, job=job, done=done, failed=failed)
                self._show_card(shown, outcome, go_on, cancelled)
            else:
                self.do(verb, done=done, failed=failed)

        working = tr("Working out what that would do…")
        running = self.session.ask(
            lambda desk, _: verb(desk, True), answered, failed=failed, progressed=progressed
        )

    def do(
        self,
        verb: Verb,
        *,
        job: Job | None = None,
        done: Callable[[Outcome], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Carry the verb out without a question; `job` says what to tell while that takes long."""

        def progressed(count: int) -> None:
            if job is not None and job.accounts >= LONG:
                so_far = tr("{done} of {all} accounts")
                addition = so_far.format(done=formats.count(count), all=formats.count(job.accounts))
                link = (tr("Cancel"), running.cancel)
                self._messages.say(f"{job.deed}…", addition, link=link, sign="clock")

        running = self.session.perform(
            lambda desk, _: verb(desk, False), done=done, failed=failed, progressed=progressed
        )
        progressed(0)

    def _show_card(
        self,
        head: CardHead,
        outcome: Outcome,
        go_on: Callable[[], None],
        cancelled: Callable[[], None] | None,
    ) -> None:
        from statusdesk.gui.dialogs.consequence_card import ConsequenceCard

        assert outcome.consequences is not None
        info = self.session.info
        if outcome.consequences.levels and self.session.reader.has_targets():
            from statusdesk.gui.flows.publish_due import publish_due

            head = replace(head, facts=(*head.facts, publish_due(self.session.reader)))
        card = ConsequenceCard(
            head, outcome.consequences, currency=info.currency, zone=info.time_zone, parent=self.window
        )
        card.accepted.connect(go_on)
        if cancelled is not None:
            card.rejected.connect(cancelled)
        card.open()

    def say(self, fact: str, addition: str = "", **more: Any) -> None:
        """Put a message into the bar; see `MessageBar.say`."""
        self._messages.say(fact, addition, **more)

    @property
    def said(self) -> str:
        """What stands in the bar; empty while nothing does."""
        return self._messages.text

    def refuse(self, error: Exception) -> None:
        """Say what could not be done; trouble with the file comes in a window of its own.

        That a server does not answer is told above all pages already: what that keeps from being done fits below.
        """
        if isinstance(error, StoreUnavailable) and not isinstance(error, Unreachable):
            self.prompts.tell_error(self.window, error_text(error))
        else:
            self._messages.say(error_text(error), problem=True)

    @Slot(bool)
    def _tell_kept(self, kept: bool) -> None:
        """Say what became of the change that was being saved when the server was lost."""
        made = tr("The change that was being saved when the connection broke was made.")
        unmade = tr("The change that was being saved when the connection broke was not made. Make it again.")
        self._messages.say(made if kept else unmade, problem=not kept)

    def announce(self, outcome: Outcome) -> None:
        """Say what an outcome was, with Undo where there is something to take back."""
        if outcome.kind == "refresh":
            return
        if outcome.change_set is None:
            self._messages.say(nothing_done(outcome))
            return
        again = outcome.kind == "undo"
        link = (tr("Redo"), self.redo) if again else None
        if link is None and self.show_flagged is not None and _pointless(outcome):
            link = (tr("Show"), self.show_flagged)
        self._messages.say(
            fact(outcome.kind, outcome.facts),
            addition(outcome),
            undo=None if again else lambda: self.undo(outcome.change_set),
            link=link,
        )

    def undo(self, change_set: int | None = None) -> None:
        """Take back a change set, or this person's newest one."""

        def begin() -> None:
            found = self.session.next_undo if change_set is None else self.session.reader.journal.get(change_set)
            self.do(lambda desk, dry: desk.undo(change_set, dry_run=dry), job=_job(tr("Undo: {deed}"), found))

        self.session.attempt(begin)

    def redo(self) -> None:
        """Do again what was undone last."""
        self.do(lambda desk, dry: desk.redo(dry_run=dry), job=_job("{deed}", self.session.next_redo))


def _job(title: str, found: ChangeSet | None) -> Job | None:
    return None if found is None else Job(title.format(deed=deed(found.kind, found.facts)), found.accounts)


def nothing_done(outcome: Outcome) -> str:
    """Say that there was nothing to do, and why."""
    if outcome.kind == "reassign":
        if outcome.already == 1:
            return tr("The account is already in {status}.").format(**outcome.facts)
        number = formats.count(outcome.already)
        return tr("All {count} accounts are already in {status}.").format(**{**outcome.facts, "count": number})
    return addition(outcome) or tr("Nothing to change: everything is already so.")


_CHANGED_SINCE = "Left alone, because they were changed again since: {accounts}."
_NOT_AWAY = "Left alone, because nobody knows where they return to: {accounts}."
_WHY_LEFT = {
    "plan_applied": "Left alone, because they are closed or their status is no longer offered: {accounts}.",
    "plan_extended": _NOT_AWAY,
    "plan_returned": _NOT_AWAY,
}


def _pointless(outcome: Outcome) -> int:
    """Return how many planned changes the outcome got in the way of."""
    return 0 if outcome.consequences is None else outcome.consequences.pointless


def addition(outcome: Outcome) -> str:
    """Say what else there is to know about an outcome."""
    parts = []
    if outcome.already and outcome.kind == "reassign":
        were = tr("1 was already there.") if outcome.already == 1 else tr("{count} were already there.")
        parts.append(were.format(count=formats.count(outcome.already)))
    if outcome.already and outcome.kind == "plan_made":
        are = tr("1 is there by then.") if outcome.already == 1 else tr("{count} are there by then.")
        parts.append(are.format(count=formats.count(outcome.already)))
    if outcome.left:
        left = accounts_text(len(outcome.left))
        parts.append(tr(_WHY_LEFT.get(outcome.kind, _CHANGED_SINCE)).format(accounts=left))
    pointless = _pointless(outcome)
    if pointless:
        one, more = tr("1 planned change needs a look."), tr("{count} planned changes need a look.")
        parts.append(one if pointless == 1 else more.format(count=formats.count(pointless)))
    if outcome.left_statuses:
        parts.append(tr("Some of the statuses stay as they are, because they are used or were changed since."))
    return " ".join(parts)
