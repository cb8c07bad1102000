"""What a change will do, before it is made: the same figures that the commit then carries out."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from statusdesk.domain.changes import Consequences, Peak
from statusdesk.domain.levels import LevelFlow
from statusdesk.gui import formats
from statusdesk.gui.dialogs.framed import FramedDialog, column_without_room
from statusdesk.gui.models.card_head import CardHead, Fact
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.customer_note import CustomerNote
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import Hairline, TextLabel
from statusdesk.gui.wording import accounts_text, tr

WIDTH = 640
_LABELS = 148
_LEVELS = 4


def facts(found: Consequences, zone: str) -> list[Fact]:
    """Return the rows that the consequences call for, in the card's order."""
    rows = [Fact(tr("Service"), text) for text in _service(found)]
    if found.levels:
        rows.append(_levels(found.levels))
    rows.append(_peak(found, zone))
    if found.pointless:
        rows.append(_pointless(found.pointless))
    if found.made:
        rows.append(Fact(tr("New accounts"), accounts_text(found.made)))
    if found.closed:
        rows.append(Fact(tr("Closed accounts"), accounts_text(found.closed)))
    number = found.changed + found.already + found.held
    selected = accounts_text(number)
    if found.held:
        stay = tr("{count} of the {selected} selected stay where they are")
        said = stay.format(count=formats.count(found.held), selected=selected)
        rows.append(Fact(tr("Held back"), said, tr("The rules of their status do not let them go there")))
    if found.already:
        stay = tr("{count} of the {selected} selected stay as they are")
        rows.append(Fact(tr("Already there"), stay.format(count=formats.count(found.already), selected=selected)))
    return rows


def _levels(flows: Sequence[LevelFlow]) -> Fact:
    """Say which levels are left and joined, the most accounts first; the rest is summed up."""
    order = sorted(flows, key=lambda flow: -flow.accounts)
    lines = [
        tr("{old} → {new}: {count}").format(
            old=flow.old_name or tr("none"), new=flow.new_name or tr("none"), count=formats.count(flow.accounts)
        )
        for flow in order[:_LEVELS]
    ]
    rest = sum(flow.accounts for flow in order[_LEVELS:])
    more = tr("and {count} more between other levels").format(count=formats.count(rest)) if rest else ""
    return Fact(tr("Service levels"), "\n".join(lines), more)


def _pointless(number: int) -> Fact:
    said = tr("1 becomes pointless")
    if number != 1:
        said = tr("{count} become pointless").format(count=formats.count(number))
    return Fact(tr("Planned changes"), said, tr("Left to a person when due, never carried out blindly"))


def _service(found: Consequences) -> list[str]:
    parts = []
    if found.stops_billing:
        parts.append(tr("Goes off for {accounts}").format(accounts=accounts_text(found.stops_billing)))
    if found.starts_billing:
        parts.append(tr("Comes on for {accounts}").format(accounts=accounts_text(found.starts_billing)))
    return parts or [tr("Stays as it is for all of them")]


def _peak(found: Consequences, zone: str) -> Fact:
    before, after = found.before.peak, found.after.peak
    label = tr("Peak in {month}").format(month=formats.month(before.month))
    if after.accounts > before.accounts:
        rise = tr("Rises from {old} to {new}").format(
            old=formats.count(before.accounts), new=formats.count(after.accounts)
        )
        return Fact(label, rise, tr("Providers are charged by the highest number in the month"))
    if after.accounts < before.accounts:
        fall = tr("Falls from {old} to {new}").format(
            old=formats.count(before.accounts), new=formats.count(after.accounts)
        )
        return Fact(label, fall, tr("What came after the backup is not counted any more"))
    return Fact(label, tr("Stays {count}").format(count=formats.count(before.accounts)), _why_stays(before, zone))


def _why_stays(peak: Peak, zone: str) -> str:
    if peak.reached_at is None:
        return tr("A drop does not lower it")
    day = formats.short_day(peak.reached_at, zone)
    return tr("Reached on {day}; a later drop does not lower it").format(day=day)


class ConsequenceCard(FramedDialog):
    """Shows consequences and asks whether to go on; `accepted` means yes."""

    def __init__(
        self, head: CardHead, found: Consequences, *, currency: str, zone: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("consequence_card", head.title, parent)
        column = column_without_room(self)
        column.addLayout(self._body(head, found, currency, zone))
        column.addWidget(self._foot(head, found))
        column.addStrut(WIDTH)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._first.setDefault(True)
        self._first.setFocus()

    def _body(self, head: CardHead, found: Consequences, currency: str, zone: str) -> QVBoxLayout:
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 12)
        body.setSpacing(0)
        body.addLayout(self._head(head))
        body.addSpacing(20)
        body.addWidget(Hairline())
        body.addSpacing(20)
        body.addLayout(self._figures(found, currency))
        body.addSpacing(20)
        body.addWidget(_FactRows([*head.facts, *facts(found, zone)]))
        if head.customer_note:
            body.addWidget(Hairline())
            body.addWidget(CustomerNote(head.customer_note, _LABELS))
        return body

    def _head(self, head: CardHead) -> QHBoxLayout:
        icon = QLabel()
        icon.setPixmap(head.icon.pixmap(QSize(32, 32), self.devicePixelRatioF()))
        icon.setFixedWidth(44)
        title = TextLabel(head.title, Type.DIALOG_TITLE, wrap=True)
        title.setObjectName("card_title")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(title)
        subtitle = TextLabel(head.subtitle, tone="muted", wrap=True)
        subtitle.setObjectName("card_subtitle")
        texts.addWidget(subtitle)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row

    def _figures(self, found: Consequences, currency: str) -> QHBoxLayout:
        billed = _Figure(
            tr("Billed accounts"),
            formats.count(found.before.billed),
            formats.count(found.after.billed),
            formats.signed(found.after.billed - found.before.billed),
            _direction(found.after.billed - found.before.billed),
        )
        billed.setObjectName("card_billed")
        revenue = _Figure(
            tr("Monthly revenue, {currency}").format(currency=currency),
            formats.money(found.before.revenue, currency),
            formats.money(found.after.revenue, currency),
            formats.signed_money(found.revenue_change, currency),
            _direction(found.revenue_change),
        )
        revenue.setObjectName("card_revenue")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(billed, 1)
        row.addWidget(revenue, 1)
        return row

    def _foot(self, head: CardHead, found: Consequences) -> QWidget:
        note = head.note or tr("One step. You can undo it at any time.")
        foot = DialogFoot(note, head.apply, accept_name="card_apply", cancel_name="card_cancel", sign="undo")
        foot.accept_button.clicked.connect(self.accept)
        foot.cancel_button.clicked.connect(self.reject)
        careful = found.stops_billing or head.careful
        self._first = foot.cancel_button if careful else foot.accept_button
        return foot


def _direction(difference: int) -> str:
    return "gain" if difference > 0 else "loss" if difference < 0 else "muted"


class _Figure(QWidget):
    """A label, the old figure, the new one large, and the difference below."""

    def __init__(self, label: str, old: str, new: str, difference: str, tone: str) -> None:
        super().__init__()
        self.setAccessibleName(tr("{label}: {old}, then {new}").format(label=label, old=old, new=new))
        line = QHBoxLayout()
        line.setSpacing(8)
        if old != new:
            line.addWidget(TextLabel(old, Type.OLD_FIGURE, "muted"), 0, Qt.AlignmentFlag.AlignBottom)
            arrow = "→" if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else "←"
            line.addWidget(TextLabel(arrow, Type.OLD_FIGURE, "muted"), 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(TextLabel(new, Type.FIGURE), 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(TextLabel(label, Type.HEADING, "muted"))
        column.addLayout(line)
        column.addWidget(TextLabel(tr("unchanged") if old == new else difference, Type.STRONG, tone))


class _FactRows(QWidget):
    """Label column and sentence, a hairline above each row."""

    def __init__(self, rows: list[Fact]) -> None:
        super().__init__()
        self.setObjectName("card_facts")
        self.setAccessibleName(tr("Further consequences"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        for place, fact in enumerate(rows):
            grid.addWidget(Hairline(), 2 * place, 0, 1, 2)
            grid.addWidget(TextLabel(fact.label, tone="muted"), 2 * place + 1, 0)
            grid.addWidget(self._sentence(fact), 2 * place + 1, 1)

    @staticmethod
    def _sentence(fact: Fact) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(2)
        column.addWidget(TextLabel(fact.text, wrap=True))
        if fact.addition:
            column.addWidget(TextLabel(fact.addition, Type.LABEL, "muted", wrap=True))
        return box
