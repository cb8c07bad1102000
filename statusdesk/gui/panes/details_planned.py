"""What is planned for one account: when, which status, why, by whom, and the way out of it."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from statusdesk.domain.plans import FLAG_TEXTS, Plan
from statusdesk.domain.rights import Right
from statusdesk.gui import formats
from statusdesk.gui.icons import paint_action
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type, tones
from statusdesk.gui.widgets.status_sign import StatusSign
from statusdesk.gui.widgets.texts import Hairline, LinkButton, TextLabel
from statusdesk.gui.wording import tr

_INDENT: Final = 24


class DetailsPlanned(QWidget):
    """The open plans of one account in due order; not there while there are none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details_planned")
        self.setAccessibleName(tr("Planned"))
        self._session = session
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(10)
        column.addWidget(Hairline())
        column.addWidget(TextLabel(tr("Planned"), Type.HEADING))
        column.addLayout(self._rows)
        self.hide()

    def show_account(self, account_id: int) -> None:
        """Show another account's plans, or the same one's as they are now."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        plans = self._session.reader.planned.pending([account_id]).get(account_id, [])
        for plan in plans:
            row = self._row(plan)
            self._rows.addWidget(row)
            row.show()
        self.setVisible(bool(plans))

    def _row(self, plan: Plan) -> QWidget:
        status = self._session.status(plan.status_id)
        when = formats.moment(plan.due_at, self._session.info.time_zone)
        row = QWidget()
        row.setAccessibleName(f"{when}, {status.name}")
        cancel = LinkButton(tr("Cancel"))
        cancel.setObjectName(f"details_plan_cancel_{plan.id}")
        cancel.setAccessibleName(tr("Cancel: {status} on {moment}").format(status=status.name, moment=when))
        cancel.clicked.connect(lambda _=False: self._cancel(plan.id))
        why = self._session.why_not(Right.MOVE)
        cancel.setEnabled(not why)
        cancel.setToolTip(why)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(_Clock())
        above.addWidget(TextLabel(when, tone="planned"), 1)
        above.addWidget(cancel)
        sign = StatusSign()
        sign.set_look(status.shape, status.colour)
        named = QHBoxLayout()
        named.setContentsMargins(_INDENT, 0, 0, 0)
        named.setSpacing(8)
        named.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        named.addWidget(TextLabel(status.name, wrap=True), 1)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(named)
        for text in _additions(plan):
            label = TextLabel(text, Type.LABEL, "muted", wrap=True)
            label.setContentsMargins(2 * _INDENT, 0, 0, 0)
            column.addWidget(label)
        return row

    def _cancel(self, plan_id: int) -> None:
        self._session.perform(lambda desk, _: desk.cancel_plans([plan_id]))


def _additions(plan: Plan) -> list[str]:
    """Return what stands below a plan: who and why, and in words what is in its way."""
    who = " · ".join(filter(None, (plan.planned_by, plan.reason)))
    flag = plan.flag or plan.obstacle
    return [who, *([tr("Needs a look: {why}").format(why=tr(FLAG_TEXTS[flag]))] if flag else [])]


class _Clock(QWidget):
    """The sign of planned changes in their colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(16, 16))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the clock."""
        with QPainter(self) as painter:
            paint_action(painter, self.rect(), "clock", tones(self.palette()).planned)
