"""Deeds that a form asks for: it closes once they are done, and says so where they are refused."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.changes import Outcome
    from statusdesk.gui.dialogs.form_dialog import FormDialog
    from statusdesk.gui.flows.weighing import Verb, Weighing
    from statusdesk.gui.models.card_head import CardHead


def weigh_for(
    dialog: FormDialog,
    weighing: Weighing,
    verb: Verb,
    head: Callable[[Outcome], CardHead],
    *,
    always: bool = False,
) -> None:
    """Weigh the verb as `Weighing.weigh` does, and do it."""
    weighing.weigh(
        verb,
        head,
        always=always,
        done=lambda _: dialog.finish(),
        failed=partial(refuse_for, dialog, weighing),
    )


def do_for(dialog: FormDialog, weighing: Weighing, verb: Verb) -> None:
    """Do what needs no card."""
    weighing.do(verb, done=lambda _: dialog.finish(), failed=partial(refuse_for, dialog, weighing))


def refuse_for(dialog: FormDialog, weighing: Weighing, error: Exception) -> None:
    """Say in the form why it cannot be done, or in the window where the form is gone."""
    if not dialog.refuse(error):
        weighing.refuse(error)
