"""Asks for what a status requires of the accounts that come into it, whichever way they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.domain.records import Status
    from statusdesk.gui.dialogs.required_fields import Given
    from statusdesk.gui.flows.weighing import Weighing


def ask_missing(
    weighing: Weighing, status: Status, missing: Sequence[str], before: Given, then: Callable[[Given], None]
) -> None:
    """Show the form for what is `missing`, by name; `then` gets it together with what was given before."""
    from statusdesk.gui.dialogs.required_fields import RequiredFieldsDialog

    session = weighing.session
    dialog = RequiredFieldsDialog(
        status,
        missing,
        before,
        zone=session.info.time_zone,
        offered={which.value: names for which, names in session.reader.choices.all().items()},
        parent=weighing.window,
    )

    def go_on(given: Given) -> None:
        dialog.finish()
        then(given)

    dialog.wished.connect(go_on)
    dialog.open()
