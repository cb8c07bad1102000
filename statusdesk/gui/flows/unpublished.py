"""Watches over what targets do not know yet: counts it for the badge, and publishes changes where so set."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from statusdesk.domain.rights import Right
from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.gui.flows.publishing import PublishFlow
from statusdesk.gui.models.report_source import ReportSource
from statusdesk.services import network
from statusdesk.services.opening import open_store

if TYPE_CHECKING:
    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.targets import Target, Waiting
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store

Waits = dict[str, "Waiting"]
"""What each target, by its name, does not know yet; targets that know everything are left out."""


class Unpublished(QObject):
    """`counted` carries `Waits` after each change and each publish. Nothing is asked while there is no target."""

    counted = Signal(object)

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._session = weighing.session
        self._flow = PublishFlow(weighing)
        self._source = ReportSource(lambda: open_store(self._session.info.place, "read"), self)
        self._targets: list[Target] = []
        self._session.changed.connect(self._follow)
        self._session.closing.connect(self._source.close)
        self._flow.published.connect(self.count)
        self.count()

    @property
    def settled(self) -> bool:
        """True while nothing is counted or published."""
        return self._source.settled and self._flow.settled

    @Slot()
    def count(self) -> None:
        """Count anew what waits, off the painting thread."""
        self._session.attempt(self._count)

    def _count(self) -> None:
        self._targets = network.targets_of(self._session.reader)
        if self._targets:
            self._source.ask(_waits, self.counted.emit)
        else:
            self.counted.emit({})

    @Slot(object)
    def _follow(self, outcome: Outcome) -> None:
        with suppress(StoreUnavailable):
            self._targets = network.targets_of(self._session.reader)
        may = not self._session.why_not(Right.SHAPE)
        automatic = [target for target in self._targets if target.automatic and may]
        if outcome.change_set is not None and outcome.touched.accounts and automatic:
            for target in automatic:
                self._flow.publish_change(target, outcome.change_set)
        else:
            self.count()


def _waits(store: Store) -> Waits:
    found = {target.name: network.waiting(store, target) for target in network.targets_of(store)}
    return {name: waiting for name, waiting in found.items() if waiting}
