"""Says in few words where an import stands: one line for each step, and the counts of its dry run."""

from statusdesk.gui import formats
from statusdesk.gui.dialogs.import_decisions import Decisions
from statusdesk.gui.dialogs.import_file_page import delimiter_name, short_encoding_name
from statusdesk.gui.models.import_draft import MOST_WORDS, Step
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services.exchange.tables import FileKind
from statusdesk.services.importing import ImportReport

Count = tuple[str, str, str, str]
"""Name, label, value and tone of a figure."""


def step_texts(decisions: Decisions) -> dict[Step, tuple[str, bool]]:
    """Return for each step what is decided in it, or what is missing, and whether something is."""
    texts = {
        Step.FILE: _file(decisions),
        Step.COLUMNS: _columns(decisions),
        Step.STATUSES: _statuses(decisions),
        Step.RESULT: _result(decisions),
    }
    found = {step: (text, False) for step, text in texts.items()}
    if decisions.report is not None and decisions.report.refused_count:
        found[Step.RESULT] = (texts[Step.RESULT], True)
    for problem in reversed(decisions.draft.problems() if decisions.table else []):
        found[problem.step] = (problem.text, True)
    if decisions.trouble:
        step = Step.FILE if decisions.plan is None else Step.RESULT
        found[step] = (decisions.trouble, True)
    return found


def _file(decisions: Decisions) -> str:
    table = decisions.table
    if table is None:
        return tr("Being read…")
    if table.kind is FileKind.CSV:
        options = table.options
        return f"{short_encoding_name(options.encoding)} · {delimiter_name(options.delimiter)}"
    return table.options.sheet or table.kind.value.upper()


def _columns(decisions: Decisions) -> str:
    if decisions.table is None:
        return ""
    used, there = len(decisions.draft.mapping), len(decisions.table.columns)
    said = tr("{used} of {count} columns are imported")
    return said.format(used=formats.count(used), count=formats.count(there))


def _statuses(decisions: Decisions) -> str:
    draft = decisions.draft
    if decisions.table is None:
        return ""
    if not draft.status_column:
        return tr("One for all new accounts")
    if draft.words is None or len(draft.words) > MOST_WORDS:
        return tr("Being counted…") if draft.words is None else ""
    number = len(draft.words)
    return tr("1 word matched") if number == 1 else tr("{count} words matched").format(count=formats.count(number))


def _result(decisions: Decisions) -> str:
    report = decisions.report
    if report is None:
        return ""
    if report.refused_count:
        refused = tr("1 row refused") if report.refused_count == 1 else tr("{count} rows refused")
        return refused.format(count=formats.count(report.refused_count))
    changed = report.outcome.changed
    return accounts_text(changed) if changed else tr("Nothing to import")


def counts(decisions: Decisions, currency: str) -> list[Count]:
    """Return the figures of the dry run, as dashes while there is none."""
    report = decisions.report
    found = report.consequences if report else None
    numbers = {
        "new": (tr("New accounts"), report.created if report else None),
        "updated": (tr("Updated"), report.updated if report else None),
        "unchanged": (tr("Unchanged"), report.unchanged if report else None),
        "skipped": (tr("Skipped"), report.skipped if report else None),
        "refused": (tr("Refused rows"), report.refused_count if report else None),
    }
    rows: list[Count] = [
        (name, label, formats.NOTHING if number is None else formats.count(number), _tone(name, number))
        for name, (label, number) in numbers.items()
    ]
    billed = found.after.billed - found.before.billed if found else 0
    revenue = found.revenue_change if found else 0
    money = tr("Revenue, {currency}").format(currency=currency)
    signed_billed = formats.signed(billed) if found else formats.NOTHING
    signed_revenue = formats.signed_money(revenue, currency) if found else formats.NOTHING
    rows.append(("billed", tr("Billed accounts"), signed_billed, _way(billed)))
    rows.append(("revenue", money, signed_revenue, _way(revenue)))
    return rows


def _tone(name: str, number: int | None) -> str:
    if not number:
        return "muted"
    return "warning_text" if name == "refused" else ""


def _way(difference: int) -> str:
    return "gain" if difference > 0 else "loss" if difference < 0 else "muted"


def foot_note(decisions: Decisions) -> tuple[str, str]:
    """Return what stands in the foot, and its tone: what is wrong or missing, or what the import means."""
    report = decisions.report
    problems = decisions.draft.problems() if decisions.table else []
    if decisions.trouble:
        return decisions.trouble, "loss"
    if problems:
        return problems[0].text, "warning_text"
    if report is not None and not report.outcome.changed:
        return tr("Nothing to import: every row is refused, skipped, or already so."), "muted"
    return tr("One step. You can undo it at any time."), "muted"


def card_subtitle(file: str, report: ImportReport, reason: str) -> str:
    """Say where the accounts come from, how many rows are refused, and why they are brought in."""
    parts = [tr("Now, from {file}.").format(file=file)]
    if report.refused_count:
        said = tr("1 row is refused.") if report.refused_count == 1 else tr("{count} rows are refused.")
        parts.append(said.format(count=formats.count(report.refused_count)))
    if reason:
        parts.append(tr("Reason: {reason}").format(reason=reason))
    return " ".join(parts)
