"""Rehearsals in the window: a copy to try things on, the difference on a card, and then applied or thrown away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from statusdesk.gui import formats
from statusdesk.gui.icons import action_icon
from statusdesk.gui.models.card_head import CardHead, Fact
from statusdesk.gui.wording import accounts_text, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.gui.jobs import Progress
    from statusdesk.services.desk import Desk
    from statusdesk.services.rehearsing import Difference


class Rehearsing(QObject):
    """Begins rehearsals of one window's database, or ends the one that the window shows."""

    def __init__(self, weighing: Weighing, open_database: Callable[[Path], None]) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._open = open_database

    def begin(self) -> None:
        """Make a copy, or go on with the one there is, and show it in place of the database."""
        from statusdesk.services.rehearsing import begin

        self._weighing.say(tr("Making a rehearsal copy…"), sign="clock")
        self._session.ask(lambda desk, _: begin(desk.store), self._open, failed=self._weighing.refuse)

    def show_difference(self) -> None:
        """Show on a card what applying the rehearsal would do to the original."""
        self._session.ask(partial(_apply, self._origin, dry_run=True), self._show, failed=self._weighing.refuse)

    def _show(self, found: Difference) -> None:
        from statusdesk.gui.dialogs.consequence_card import ConsequenceCard

        assert found.outcome.consequences is not None
        info = self._session.info
        card = ConsequenceCard(
            _head(found, self._origin),
            found.outcome.consequences,
            currency=info.currency,
            zone=info.time_zone,
            parent=self._weighing.window,
        )
        card.accepted.connect(self._apply)
        card.open()

    def _apply(self) -> None:
        self._weighing.say(tr("Applying the rehearsal…"), sign="clock")
        self._session.ask(
            partial(_apply, self._origin, dry_run=False), self._applied, failed=self._weighing.refuse
        )

    def _applied(self, done: Difference) -> None:
        """Show the original, and say there what was done."""
        from statusdesk.gui.main_window import MainWindow

        origin = self._origin
        self._leave()
        for window in MainWindow.opened:
            if window.session.info.place == origin:
                window.flows.weighing.announce(done.outcome)

    def throw_away(self) -> None:
        """Remove the copy after a question, and show the original again."""
        text = tr("Everything that was tried on this copy is lost. {name} stays as it is.")
        self._weighing.prompts.confirm(
            self._weighing.window,
            tr("Throw the rehearsal away"),
            text.format(name=self._origin.name),
            tr("Throw away"),
            self._leave,
        )

    def _leave(self) -> None:
        """Show the original, and remove the copy once nobody has it open here."""
        copy, origin = Path(self._session.info.path), self._origin
        self._open(origin)
        _forget(copy)

    @property
    def _origin(self) -> Path:
        origin = self._session.standing.origin
        assert origin is not None
        return origin


def _apply(origin: Path, desk: Desk, _progress: Progress, *, dry_run: bool) -> Difference:
    """Apply the rehearsal whose desk this is to its original."""
    from statusdesk.services.desk import Desk as OriginalDesk
    from statusdesk.services.opening import open_store
    from statusdesk.services.rehearsing import apply

    store = open_store(origin, "write")
    try:
        return apply(OriginalDesk(store, author=desk.author), Path(desk.store.info.path), dry_run=dry_run)
    finally:
        store.close()


def _forget(copy: Path) -> None:
    from statusdesk.services.rehearsing import throw_away

    throw_away(copy)


def _head(found: Difference, origin: Path) -> CardHead:
    facts = [Fact(tr("Accounts"), accounts_text(found.outcome.changed))]
    if found.statuses_made or found.statuses_changed:
        said = tr("{made} new, {changed} changed")
        made, changed = formats.count(found.statuses_made), formats.count(found.statuses_changed)
        facts.append(Fact(tr("Statuses"), said.format(made=made, changed=changed)))
    left, statuses = len(found.outcome.left), len(found.outcome.left_statuses)
    if left or statuses:
        named = tr("1 status") if statuses == 1 else tr("{count} statuses").format(count=formats.count(statuses))
        said = ", ".join([accounts_text(left)] * bool(left) + [named] * bool(statuses))
        facts.append(Fact(tr("Left alone"), said, tr("Changed in the database itself meanwhile")))
    if found.unmatched:
        facts.append(
            Fact(tr("Not taken over"), accounts_text(found.unmatched), tr("Closed, renumbered or barred by rules"))
        )
    if found.beside:
        said = ", ".join(f"{tr(what)} ({formats.count(number)})" for what, number in found.beside.items())
        facts.append(
            Fact(tr("Only on the copy"), tr("Changes of {what}").format(what=said), tr("Lost by applying"))
        )
    return CardHead(
        tr("Apply the rehearsal to {name}").format(name=origin.name),
        tr("Lists, service levels, settings and planned changes are not taken over."),
        action_icon("duplicate"),
        tr("Apply"),
        facts=tuple(facts),
    )
