"""Shaping statuses, from the wish in the pane to the outcome: editor, question, card, deed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from statusdesk.domain import templates
from statusdesk.domain.errors import Refused, StatusChangedMeanwhile
from statusdesk.domain.looks import Look, Shape, compare_all
from statusdesk.domain.records import Stage, Status, StatusFields, StatusLine
from statusdesk.gui.flows.moves import circumstances
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import deed, error_text, plain_effect, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.templates import Template
    from statusdesk.gui.dialogs.status_draft import StatusDraft
    from statusdesk.gui.dialogs.status_editor import StatusEditor
    from statusdesk.gui.flows.weighing import Verb, Weighing
    from statusdesk.gui.models.status_rows import Place
    from statusdesk.gui.panes.statuses_pane import StatusesPane


class StatusFlow(QObject):
    """Does in one window what its pane of statuses wishes."""

    def __init__(self, weighing: Weighing, pane: StatusesPane) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._pane = pane
        self._deeds: dict[str, Callable[[int], None]] = {
            "edit": self.edit,
            "duplicate": self.duplicate,
            "retire": self.retire,
            "bring_back": self.bring_back,
            "merge": self.merge,
            "delete": self.delete,
            "check_colours": self.check_colours,
        }

    @Slot(str, int)
    def carry_out(self, name: str, status_id: int) -> None:
        """Do one of the deeds that need no more than a status."""
        self._deeds[name](status_id)

    @Slot(object)
    def create(self, template: Template | None = None) -> None:
        """Open the editor for a new status, from a template or blank in the current status's stage."""
        others = self._statuses()
        if template is not None:
            self._open_new(templates.from_template(template, others))
            return
        current = self._pane.table.current_status()
        stage = current.line.status.stage if current is not None else Stage.ONBOARDING
        self._open_new(templates.blank(stage, others))

    def duplicate(self, status_id: int) -> None:
        """Open the editor for a new status like another one, with a name and a look of its own."""
        self._open_new(templates.duplicate(self._session.status(status_id), self._statuses()))

    def _open_new(self, start: StatusFields) -> None:
        from statusdesk.gui.dialogs.status_draft import StatusDraft

        editor = self._editor(StatusDraft(start, self._statuses()))

        def submit(fields: StatusFields) -> None:
            self._weighing.do(
                lambda desk, dry: desk.create_status(fields, dry_run=dry),
                done=made,
                failed=lambda error: editor.resume(self._reason(error)),
            )

        def made(outcome: Outcome) -> None:
            editor.accept()
            if outcome.status_id is not None:
                self._pane.go_to(outcome.status_id)

        editor.submitted.connect(submit)
        editor.open()

    def edit(self, status_id: int) -> None:
        """Open the editor; if activation changes for accounts there are, the card comes before the deed."""
        from statusdesk.gui.dialogs.status_draft import StatusDraft

        line = self._line(status_id)
        draft = StatusDraft.of(line.status, self._statuses(), line.accounts)
        editor = self._editor(draft)

        def submit(fields: StatusFields, seen: Status | None = draft.status) -> None:
            self._weighing.weigh(
                lambda desk, dry: desk.edit_status(status_id, fields, seen=seen, dry_run=dry),
                _activation_head(draft.sketch()),
                done=lambda _: editor.accept(),
                failed=lambda error: refused(error, fields),
                cancelled=editor.resume,
            )

        def refused(error: Exception, fields: StatusFields) -> None:
            if isinstance(error, StatusChangedMeanwhile):
                self._ask_which(editor, draft.status, fields, submit)
            else:
                editor.resume(self._reason(error))

        editor.submitted.connect(submit)
        editor.open()

    def _ask_which(
        self,
        editor: StatusEditor,
        seen: Status | None,
        fields: StatusFields,
        save: Callable[[StatusFields, Status], None],
    ) -> None:
        """Show the status as it is now beside what would be saved, and let people choose."""
        from statusdesk.gui.dialogs.status_conflict import StatusConflict

        assert seen is not None
        self._session.refresh()
        now = self._session.status(seen.id)
        author = self._session.reader.journal.last_to_change(seen.id)
        dialog = StatusConflict(seen, now, fields, author, self._session.statuses(), editor)
        dialog.accepted.connect(partial(save, fields, now))
        dialog.keep_theirs.connect(editor.accept)
        dialog.rejected.connect(editor.resume)
        dialog.open()

    def _editor(self, draft: StatusDraft) -> StatusEditor:
        from statusdesk.gui.dialogs.status_editor import StatusEditor

        editor = StatusEditor(draft, self._weighing.prompts, self._weighing.window)
        self._session.crashed.connect(editor.resume_after_crash)
        return editor

    @Slot(int, str)
    def rename(self, status_id: int, name: str) -> None:
        """Rename; a refusal goes back into the field, with what was typed."""

        def refused(error: Exception) -> None:
            if isinstance(error, Refused):
                self._pane.rename(status_id, name, error_text(error))
            else:
                self._weighing.refuse(error)

        seen = self._session.status(status_id)
        self._weighing.do(
            lambda desk, dry: desk.edit_status(status_id, {"name": name}, seen=seen, dry_run=dry), failed=refused
        )

    @Slot(object)
    def place(self, place: Place) -> None:
        """Put a status somewhere else in the list."""
        self._weighing.do(lambda desk, _: desk.place_status(place.status_id, place.stage, place.position))

    def retire(self, status_id: int) -> None:
        """Stop offering a status."""
        self._weighing.do(lambda desk, dry: desk.retire_status(status_id, dry_run=dry))

    def bring_back(self, status_id: int) -> None:
        """Offer a retired status again."""
        self._weighing.do(lambda desk, dry: desk.bring_back_status(status_id, dry_run=dry))

    def merge(self, status_id: int) -> None:
        """Ask into which status, then show the card."""
        from statusdesk.gui.dialogs.merge_status import merge_dialog

        dialog = merge_dialog(self._line(status_id), self._targets(status_id), self._weighing.window)
        dialog.chosen.connect(partial(self._merge_into, status_id))
        dialog.open()

    def _merge_into(self, status_id: int, into: int, reason: str) -> None:
        self._weigh_move(
            lambda desk, dry: desk.merge_statuses(status_id, into, reason=reason, dry_run=dry), into, reason
        )

    def delete(self, status_id: int) -> None:
        """Delete an unused status at once; ask first where the accounts of a used one go."""
        line = self._line(status_id)
        if not line.accounts:
            self._weighing.do(lambda desk, dry: desk.delete_status(status_id, dry_run=dry))
            return
        from statusdesk.gui.dialogs.delete_status import delete_dialog

        dialog = delete_dialog(line, self._targets(status_id), self._weighing.window)
        dialog.chosen.connect(partial(self._delete_into, status_id))
        dialog.open()

    def _delete_into(self, status_id: int, into: int, reason: str) -> None:
        self._weigh_move(
            lambda desk, dry: desk.delete_status(status_id, move_to=into, reason=reason, dry_run=dry), into, reason
        )

    def _weigh_move(self, verb: Verb, into: int, reason: str) -> None:
        target = self._session.status(into)

        def head(outcome: Outcome) -> CardHead:
            subtitle = circumstances(self._session, outcome, reason)
            icon = status_icon(target.shape, target.colour)
            return CardHead(deed(outcome.kind, outcome.facts), subtitle, icon, tr("Apply"))

        self._weighing.weigh(verb, head, always=True)

    def check_colours(self, _status_id: int = 0) -> None:
        """Compare the looks of all live statuses, and show what came of it."""
        from statusdesk.gui.dialogs.check_colours import CheckColours

        live = {line.status.id: line.status for line in self._session.live_lines()}
        looks = {key: Look(Shape(status.shape), status.colour) for key, status in live.items()}
        self._session.ask(
            lambda _desk, _progress: compare_all(looks),
            lambda pairs: CheckColours(pairs, live, self._weighing.window).open(),
        )

    @Slot(str)
    def say_refused(self, sentence: str) -> None:
        """Say why something cannot be done."""
        self._weighing.say(sentence, problem=True)

    def _reason(self, error: Exception) -> str:
        """Return what to say in the editor; trouble with the file is shown in a window of its own as well."""
        if not isinstance(error, Refused):
            self._weighing.refuse(error)
        return error_text(error)

    def _line(self, status_id: int) -> StatusLine:
        return next(line for line in self._session.lines if line.status.id == status_id)

    def _statuses(self) -> list[Status]:
        return [line.status for line in self._session.lines]

    def _targets(self, status_id: int) -> list[Status]:
        return [line.status for line in self._session.live_lines() if line.status.id != status_id]


def _activation_head(status: Status) -> Callable[[Outcome], CardHead]:
    def head(outcome: Outcome) -> CardHead:
        icon = status_icon(status.shape, status.colour)
        subtitle = tr("From now on: {effect}").format(effect=plain_effect(activates=status.activates))
        return CardHead(deed(outcome.kind, outcome.facts), subtitle, icon, tr("Apply"))

    return head
