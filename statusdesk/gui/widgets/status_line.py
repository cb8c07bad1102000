"""The foot of the window: which database, whose days, and what is billed now."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from statusdesk.gui import formats
from statusdesk.gui.session import Session
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import LinkButton, TextLabel
from statusdesk.gui.wording import tr


class StatusLine(QWidget):
    """Follows the session; figures are those of the counters."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setAccessibleName(tr("Summary"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFixedHeight(32)
        self._session = session
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(6)
        self._pair(tr("Database"), "database_name").setText(session.info.place.name)
        self._row.addSpacing(10)
        zone = tr("Days and hours in {zone}").format(zone=session.info.time_zone)
        self._row.addWidget(TextLabel(zone, Type.LABEL, "muted"))
        self._row.addStretch(1)
        self.unpublished = LinkButton("")
        self.unpublished.setObjectName("unpublished")
        self.unpublished.hide()
        self._row.addWidget(self.unpublished)
        self._row.addSpacing(14)
        self._billed = self._pair(tr("Billed accounts"), "billed_accounts")
        self._row.addSpacing(14)
        self._revenue = self._pair(tr("Current revenue"), "current_revenue")
        self._row.addSpacing(14)
        self._peak_label = TextLabel(use=Type.LABEL, tone="muted")
        self._peak = TextLabel(use=Type.STRONG)
        self._peak.setObjectName("month_peak")
        self._row.addWidget(self._peak_label)
        self._row.addWidget(self._peak)
        session.changed.connect(self.refresh)
        self.refresh()

    def _pair(self, label: str, name: str) -> TextLabel:
        value = TextLabel(use=Type.STRONG)
        value.setObjectName(name)
        self._row.addWidget(TextLabel(label, Type.LABEL, "muted"))
        self._row.addWidget(value)
        return value

    def show_unpublished(self, text: str, more: str) -> None:
        """Say what was not published yet, as a link to where that is done; nothing where the text is empty."""
        self.unpublished.setText(text)
        self.unpublished.setToolTip(more)
        self.unpublished.setVisible(bool(text))

    def refresh(self) -> None:
        """Show the figures as they are now."""
        totals, info = self._session.totals, self._session.info
        self._billed.setText(formats.count(totals.billed))
        self._revenue.setText(f"{formats.money(totals.revenue, info.currency)} {info.currency}")
        self._peak_label.setText(tr("Peak in {month}").format(month=formats.month(totals.peak.month)))
        peak = formats.count(totals.peak.accounts)
        if totals.peak.reached_at is not None:
            day = formats.short_day(totals.peak.reached_at, info.time_zone)
            peak = tr("{count} on {day}").format(count=peak, day=day)
        self._peak.setText(peak)
