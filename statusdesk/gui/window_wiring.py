"""Who carries out what people wish for in a window: its panes' wishes, and the deeds of its menus and keys.

The flows are asked for at the moment of a wish, since the window stands before them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.errors import Locked
from statusdesk.domain.rights import Right
from statusdesk.gui import menus
from statusdesk.gui.window_pages import DESK, DISTRIBUTION, HISTORY, NETWORK, REPORTS, WORK
from statusdesk.services import logbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from statusdesk.gui.flows.statuses import StatusFlow
    from statusdesk.gui.main_window import MainWindow
    from statusdesk.gui.models.distribution_facts import AccountsBehind
    from statusdesk.gui.panes.statuses_pane import StatusesPane


def wire_statuses(pane: StatusesPane, flow: Callable[[], StatusFlow]) -> None:
    """Connect the wishes of a pane of statuses with the flow that there is by then."""
    pane.new_wished.connect(lambda template: flow().create(template))
    pane.wished.connect(lambda deed, status_id: flow().carry_out(deed, status_id))
    pane.rename_wished.connect(lambda status_id, name: flow().rename(status_id, name))
    pane.place_wished.connect(lambda place: flow().place(place))
    pane.refused.connect(lambda sentence: flow().say_refused(sentence))


def _on(
    signal: SignalInstance, window: MainWindow, deed: Callable[..., object], *, needs: Right | None = None
) -> None:
    """Fulfil a wish; where the server does not answer or this login may not do it, that is told instead."""

    def fulfil(*given: object) -> None:
        why = window.session.why_not(needs) if needs is not None else ""
        if why:
            window.session.failed.emit(Locked(why=why))
        else:
            window.session.attempt(lambda: deed(*given))

    signal.connect(fulfil)


def wire_panes(window: MainWindow) -> None:
    """Connect the panes with each other, and their wishes with who fulfils them."""
    statuses, accounts, details = window.statuses, window.accounts, window.details
    wire_statuses(statuses, lambda: window.flows.statuses)
    statuses.statuses_chosen.connect(accounts.show_statuses)
    _on(
        statuses.accounts_dropped,
        window,
        lambda status_id: window.flows.moves.reassign(accounts.selection(), status_id),
        needs=Right.MOVE,
    )
    accounts.statuses_chosen.connect(statuses.select_statuses)
    accounts.current_account_changed.connect(details.show_account)
    _on(accounts.reassign_requested, window, lambda wish: window.flows.moves.carry_out(wish), needs=Right.MOVE)
    _on(
        accounts.vacation_requested,
        window,
        lambda selection: window.flows.vacations.send(selection),
        needs=Right.MOVE,
    )
    _on(
        accounts.disconnect_requested,
        window,
        lambda chosen: window.flows.living.disconnect_accounts(chosen),
        needs=Right.SHAPE,
    )
    _on(
        accounts.edit_requested,
        window,
        lambda account_id: window.flows.accounts.edit(account_id),
        needs=Right.SHAPE,
    )
    accounts.history_requested.connect(window.places.focus_details)
    _on(accounts.create_requested, window, lambda: window.flows.accounts.create(), needs=Right.SHAPE)
    _on(accounts.import_requested, window, lambda: window.flows.files.import_accounts(), needs=Right.SHAPE)
    accounts.demo_requested.connect(window.open_demo)
    _on(
        accounts.mark_unpaid_requested,
        window,
        lambda selection: window.flows.unpaid.mark(selection),
        needs=Right.SHAPE,
    )
    _on(
        accounts.hand_over_requested,
        window,
        lambda number: window.flows.collections.hand_over(accounts.selection(), number),
        needs=Right.SHAPE,
    )
    _on(
        accounts.take_back_requested,
        window,
        lambda number: window.flows.collections.take_back(accounts.selection(), number),
        needs=Right.SHAPE,
    )
    _on(
        details.edit_requested,
        window,
        lambda account_id: window.flows.accounts.edit(account_id),
        needs=Right.SHAPE,
    )
    _on(
        details.vacation_requested,
        window,
        lambda one: window.flows.vacations.send(AccountIds((one,))),
        needs=Right.MOVE,
    )
    _on(
        details.disconnect_requested,
        window,
        lambda one: window.flows.living.disconnect_accounts(AccountIds((one,))),
        needs=Right.SHAPE,
    )
    details.set_status_requested.connect(accounts.choose_status_for)
    _on(
        details.undo_requested,
        window,
        lambda change_set: window.flows.taking_back.take_back(change_set),
        needs=Right.MOVE,
    )
    details.closed.connect(lambda: window.places.show_details(shown=False))


def wire_pages(window: MainWindow) -> None:
    """Connect the wishes on the other pages with who fulfils them."""
    pages = window.pages

    def show_accounts_behind(behind: AccountsBehind) -> None:
        window.accounts.show_ids(behind.ids, behind.title)
        window.show_page(DESK)
        window.accounts.take_focus()

    def show_accounts_of(change_set: int) -> None:
        window.accounts.show_change_set(change_set)
        window.show_page(DESK)

    wire_unpublished(window)
    _on(pages.accounts_requested, window, show_accounts_behind)
    _on(pages.changed_accounts_requested, window, show_accounts_of)
    _on(
        pages.undo_requested,
        window,
        lambda change_set: window.flows.taking_back.take_back(change_set),
        needs=Right.MOVE,
    )
    _on(pages.import_requested, window, lambda: window.flows.files.import_accounts(), needs=Right.SHAPE)
    _on(pages.take_away_requested, window, window.page_away.take_away)
    _on(pages.page_away_requested, window, window.page_away.take)


def wire_unpublished(window: MainWindow) -> None:
    """Lead from what was not published to where that is done."""

    def show() -> None:
        window.pages.show_targets()
        window.show_page(NETWORK)

    window.status_line.unpublished.clicked.connect(show)


def wire_actions(window: MainWindow) -> None:
    """Connect the window's actions with their deeds."""
    deeds: dict[str, Callable[[], object]] = {
        "new_database": lambda: window.flows.files.new_database(),
        "open_database": lambda: window.flows.files.choose_database(),
        "open_shared": lambda: window.flows.files.choose_shared(),
        "open_demo": window.open_demo,
        "import_accounts": lambda: window.flows.files.import_accounts(),
        "export_accounts": lambda: window.flows.files.export_accounts(window.accounts.selection()),
        "export_statuses": lambda: window.flows.files.export_statuses(),
        "export_history": lambda: window.flows.files.export_history(),
        "hand_over_billing": lambda: window.flows.billing.hand_over(),
        "backup_database": lambda: window.flows.files.back_up(),
        "begin_rehearsal": lambda: window.flows.rehearsing.begin(),
        "restore_backup": lambda: window.flows.keeping.restore(),
        "check_database": lambda: window.flows.files.check(),
        "office_settings": lambda: window.flows.living.settings(),
        "quit": window.close,
        "undo": lambda: window.flows.taking_back.undo(),
        "redo": lambda: window.flows.taking_back.redo(),
        "manage_lists": lambda: window.flows.accounts.manage_lists(),
        "new_account": lambda: window.flows.accounts.create(),
        "show_desk": lambda: window.show_page(DESK),
        "show_work": lambda: window.show_page(WORK),
        "show_distribution": lambda: window.show_page(DISTRIBUTION),
        "show_reports": lambda: window.show_page(REPORTS),
        "show_network": lambda: window.show_page(NETWORK),
        "show_history": lambda: window.show_page(HISTORY),
        "next_pane": window.places.next_pane,
        "show_details": window.places.toggle_details,
        "scheme_system": lambda: window.use_scheme("system"),
        "scheme_light": lambda: window.use_scheme("light"),
        "scheme_dark": lambda: window.use_scheme("dark"),
        "show_log": lambda: window.prompts.show_folder(logbook.folder()),
        "report_problem": lambda: menus.report_problem(window),
        "about": lambda: menus.about(window),
        "about_qt": lambda: window.prompts.about_qt(),
    }
    for name, do in deeds.items():
        _on(window.actions_by_name[name].triggered, window, lambda _=False, do=do: do())
    window.action_bar.page_chosen.connect(window.show_page)
