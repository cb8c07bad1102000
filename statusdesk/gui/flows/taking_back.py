"""Undo and redo, whether of what was just done or of something in the history."""

from PySide6.QtCore import QObject, Slot

from statusdesk.domain.changes import Outcome
from statusdesk.domain.errors import Refused
from statusdesk.domain.records import ChangeSet
from statusdesk.gui import formats
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.icons import action_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import accounts_text, deed, tr
from statusdesk.services.desk import Desk

NAMED = 3
"""How many accounts that stay as they are a card names."""


class AllChangedSince(Refused):
    """Taking back a change set of which nothing stands on top any more."""

    sentence = (
        "Nothing can be taken back: all accounts of this change were changed again since. "
        "Undo the later changes first, or set their status."
    )


class TakingBack(QObject):
    """Takes changes back in one window, and does them again.

    What this window did last goes without a question, because people have just seen its card. Anything older
    shows its own card first: the world may have moved on.
    """

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._last: int | None = None
        self._session.changed.connect(self._note)

    @Slot(object)
    def _note(self, outcome: Outcome) -> None:
        self._last = outcome.change_set or self._last

    @Slot()
    def undo(self) -> None:
        """Take back this person's newest change set."""
        found = self._session.next_undo
        if found is None or found.id == self._last:
            self._weighing.undo(None if found is None else found.id)
        else:
            self._weigh(found, always=False)

    @Slot()
    def redo(self) -> None:
        """Do again what this person undid last."""
        undone = self._session.next_redo
        newest = self._session.reader.journal.redoable(self._session.author)
        if undone is None or newest is None or newest.id == self._last:
            self._weighing.redo()
        else:
            self._weigh(newest, always=False)

    @Slot(int)
    def take_back(self, change_set: int) -> None:
        """Take back any change set, after the card; accounts that were changed again since are left alone."""
        found = self._session.reader.journal.get(change_set)
        if found is not None:
            self._weigh(found, always=True)

    def _weigh(self, found: ChangeSet, *, always: bool) -> None:
        def head(outcome: Outcome) -> CardHead:
            said = deed(outcome.kind, outcome.facts)
            again = outcome.kind == "redo"
            title = said if again else tr("Undo: {deed}").format(deed=said)
            return CardHead(
                title, self._origin(found, outcome), action_icon("redo" if again else "undo"), tr("Apply")
            )

        self._weighing.weigh(lambda desk, dry: _take_back(desk, found.id, dry), head, always=always)

    def _origin(self, found: ChangeSet, outcome: Outcome) -> str:
        """Say when and by whom it was done, and which accounts stay as they are."""
        when = formats.moment(found.recorded_at, self._session.info.time_zone)
        parts = [tr("Done by {author} on {moment}.").format(moment=when, author=found.author)]
        if found.reason:
            parts.append(tr("Reason: {reason}").format(reason=found.reason))
        if outcome.left:
            count = accounts_text(len(outcome.left))
            text = tr("Changed again since and left as they are: {accounts} ({names}).")
            parts.append(text.format(accounts=count, names=self._names(outcome.left)))
        return " ".join(parts)

    def _names(self, ids: tuple[int, ...]) -> str:
        named = [account.title for account in self._session.reader.accounts.page(ids[:NAMED])]
        return ", ".join(named + ["…"] * (len(ids) > len(named)))


def _take_back(desk: Desk, change_set: int, dry_run: bool) -> Outcome:
    outcome = desk.undo(change_set, dry_run=dry_run)
    if dry_run and outcome.left and not outcome.changed and not desk.store.journal.status_changes(change_set):
        raise AllChangedSince
    return outcome
