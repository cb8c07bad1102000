"""What the cells of the status table say: on the screen, in a tooltip, and to a screen reader."""

from statusdesk.domain.looks import Shape
from statusdesk.gui import formats
from statusdesk.gui.models.status_rows import Column, Row, StageRow, StatusRow
from statusdesk.gui.wording import accounts_text, effect, plain_effect, short_effect, stage_name, tr


def head_text(column: Column) -> str:
    """Return a column's name."""
    return {
        Column.STATUS: tr("Status"),
        Column.EFFECT: tr("Effect"),
        Column.ACCOUNTS: tr("Accounts"),
        Column.SHARE: tr("Share"),
        Column.MONTHLY: tr("Monthly"),
    }[column]


def cell_text(row: Row, column: Column, currency: str) -> str:
    """Return what a cell shows."""
    if isinstance(row, StageRow):
        return stage_name(row.stage) if column is Column.STATUS else _stage_sum(row, column, currency)
    status = row.line.status
    return {
        Column.STATUS: status.name,
        Column.EFFECT: short_effect(status),
        Column.ACCOUNTS: formats.count(row.line.accounts),
        Column.SHARE: formats.percent(row.share),
        Column.MONTHLY: formats.money(row.line.charge, currency, blank=True),
    }[column]


def _stage_sum(row: StageRow, column: Column, currency: str) -> str:
    if row.statuses < 2 or column is Column.EFFECT:
        return ""
    return {
        Column.ACCOUNTS: formats.count(row.accounts),
        Column.SHARE: formats.percent(row.share),
        Column.MONTHLY: formats.money(row.charge, currency, blank=True),
    }[column]


def accessible_text(row: Row, column: Column, currency: str) -> str:
    """Return what a screen reader says of a cell, without the sight of icons and column heads."""
    if isinstance(row, StageRow):
        return _said_stage(row, column, currency)
    status, line = row.line.status, row.line
    return {
        Column.STATUS: _said_status(row),
        Column.EFFECT: effect(status),
        Column.ACCOUNTS: accounts_text(line.accounts),
        Column.SHARE: tr("{share} of all accounts").format(share=formats.percent(row.share)),
        Column.MONTHLY: tr("{amount} a month").format(amount=_amount(line.charge, currency)),
    }[column]


def _said_status(row: StatusRow) -> str:
    status = row.line.status
    said = tr("{name}, {shape}, {colour}").format(
        name=status.name, shape=tr(Shape(status.shape).label).lower(), colour=status.colour
    )
    return tr("{status}, retired").format(status=said) if status.retired else said


def _said_stage(row: StageRow, column: Column, currency: str) -> str:
    sums = {
        Column.STATUS: tr("Stage {stage}").format(stage=stage_name(row.stage)),
        Column.EFFECT: tr("{count} statuses").format(count=row.statuses) if row.statuses != 1 else tr("1 status"),
        Column.ACCOUNTS: accounts_text(row.accounts),
        Column.SHARE: tr("{share} of all accounts").format(share=formats.percent(row.share)),
        Column.MONTHLY: tr("{amount} a month").format(amount=_amount(row.charge, currency)),
    }
    return sums[column]


def tip_text(row: Row, column: Column, currency: str) -> str:
    """Return the tooltip of a status's cell: all of what is short or may be cut in the cell itself."""
    if isinstance(row, StageRow):
        return ""
    status = row.line.status
    if column is Column.STATUS:
        return "\n".join(filter(None, (status.name, status.description)))
    if column is Column.EFFECT:
        return plain_effect(activates=status.activates)
    return accessible_text(row, column, currency)


def _amount(amount: int, currency: str) -> str:
    return f"{formats.money(amount, currency)} {currency}"
