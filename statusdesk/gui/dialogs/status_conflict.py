"""Two people edited one status: both versions with their looks, for the second to choose."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from statusdesk.domain.records import EDITED, Stage, Status, StatusFields
from statusdesk.domain.rules import with_fields
from statusdesk.gui.dialogs.two_versions import Differing, TwoVersions
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.status_sign import StatusSign
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import effect, stage_name, tr


class StatusConflict(TwoVersions):
    """A status as it was seen, as it is now, and as it would become."""

    def __init__(
        self,
        seen: Status,
        now: Status,
        mine: StatusFields,
        author: str,
        statuses: Mapping[int, Status],
        parent: QWidget | None = None,
    ) -> None:
        self._now, self._mine = now, with_fields(now, mine)
        versions = (seen, now, self._mine)
        rows = [
            Differing(name, _label(name), *(_text(version, name, statuses) for version in versions))
            for name in EDITED
        ]
        super().__init__(
            "status_conflict", tr("Two versions of {name}").format(name=now.name), author, rows, parent
        )

    def head(self, caption: str, *, mine: bool) -> QLayout:
        """Return the caption, and the status as it looks in the list."""
        version = self._mine if mine else self._now
        sign = StatusSign(24)
        sign.set_look(version.shape, version.colour)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(sign)
        row.addWidget(TextLabel(version.name, Type.PANE_HEAD), 1)
        column = super().head(caption, mine=mine)
        assert isinstance(column, QVBoxLayout)
        column.addLayout(row)
        return column


def _text(version: Status, name: str, statuses: Mapping[int, Status]) -> str:
    value = getattr(version, name)
    if name == "activates":
        return effect(version)
    if name == "stage":
        return stage_name(cast("Stage", value))
    if name == "winback":
        return tr("Yes") if value else tr("No")
    if name == "followers":
        return ", ".join(statuses[status_id].name for status_id in value if status_id in statuses)
    if name == "required":
        return ", ".join(value)
    return str(value)


def _label(name: str) -> str:
    return {
        "name": tr("Name"),
        "activates": tr("Effect"),
        "shape": tr("Shape"),
        "colour": tr("Colour"),
        "stage": tr("Stage"),
        "winback": tr("May be won back"),
        "description": tr("Description"),
        "required": tr("What accounts need"),
        "followers": tr("May go on to"),
        "customer_note": tr("What to tell the customer"),
    }[name]
