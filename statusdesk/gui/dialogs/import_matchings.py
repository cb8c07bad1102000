"""Saved matchings in the import dialog: chosen from the list, or kept under a name for the next file."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.records import Status
from statusdesk.gui.dialogs.import_columns_page import ColumnsPage
from statusdesk.gui.dialogs.import_decisions import Decisions
from statusdesk.gui.dialogs.import_matching_name import MatchingName
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.wording import error_text
from statusdesk.services.exchange.mapping import as_saved
from statusdesk.services.exchange.mapping_files import MappingFiles


class Matchings(QObject):
    """Ties the page's list of saved matchings to the files that keep them."""

    def __init__(
        self,
        files: MappingFiles,
        page: ColumnsPage,
        decisions: Decisions,
        prompts: Prompts,
        dialog: QWidget,
    ) -> None:
        super().__init__(dialog)
        self._files = files
        self._page = page
        self._decisions = decisions
        self._prompts = prompts
        self._dialog = dialog
        page.show_matchings(files.names())
        page.matching_chosen.connect(self._use)
        page.matching_saving_requested.connect(self._ask_name)
        decisions.misfits.connect(self._show_misfits)

    def _statuses(self) -> Sequence[Status]:
        return self._decisions.draft.statuses

    def _use(self, name: str) -> None:
        try:
            self._decisions.use_matching(self._files.load(name) if name else None)
        except StatusDeskError as error:
            self._prompts.tell_error(self._dialog, error_text(error))

    def _show_misfits(self, misfits: Sequence[StatusDeskError]) -> None:
        self._prompts.tell_error(self._dialog, "\n\n".join(error_text(misfit) for misfit in misfits))

    def _ask_name(self) -> None:
        table = self._decisions.table
        if table is None:
            return
        dialog = MatchingName(self._files.names(), table.path.stem, self._dialog)
        dialog.named.connect(self._save)
        dialog.open()

    def _save(self, name: str) -> None:
        table = self._decisions.table
        assert table is not None
        try:
            self._files.save(as_saved(name, table, self._decisions.draft.plan(), self._statuses()))
        except StatusDeskError as error:
            self._prompts.tell_error(self._dialog, error_text(error))
            return
        self._page.show_matchings(self._files.names())
        self._page.show_matching(name)
