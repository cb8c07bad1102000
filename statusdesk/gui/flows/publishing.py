"""Publishing as people ask for it: targets, the preview, the write, and the sessions that are up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from statusdesk.domain.errors import StatusDeskError
from statusdesk.gui import formats
from statusdesk.gui.jobs import Jobs
from statusdesk.gui.wording import tr
from statusdesk.services import network
from statusdesk.services.opening import open_store
from statusdesk.services.publishing import Report, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.targets import Target
    from statusdesk.gui.dialogs.publish_dialog import PublishDialog, PublishWish
    from statusdesk.gui.dialogs.publish_target import TargetEditor, TargetWish
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.gui.jobs import Progress
    from statusdesk.services.sessions import Ended


class PublishFlow(QObject):
    """Publishes in one window, on a thread with connections of its own; `published` after each publish."""

    published = Signal()

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._jobs = Jobs(self, name="publish")
        self._session.closing.connect(self._jobs.close)

    @property
    def settled(self) -> bool:
        """True while nothing is published."""
        return self._jobs.idle

    def add_target(self) -> None:
        """Let people say where to publish to."""
        self._edit(None)

    def edit_target(self, target: Target) -> None:
        """Let people change a target."""
        self._edit(target)

    def _edit(self, target: Target | None) -> None:
        from statusdesk.gui.dialogs.publish_target import TargetEditor

        editor = TargetEditor(target, self._weighing.window)

        def submit(wish: TargetWish) -> None:
            self._weighing.do(
                lambda desk, _: network.put_target(desk, wish.target, password=wish.password),
                done=lambda _: editor.finish(),
                failed=lambda error: _told(editor.refuse(error)),
            )

        editor.wished.connect(submit)
        editor.test_wished.connect(lambda wish: self._test(editor, wish))
        editor.open()

    def _test(self, editor: TargetEditor, wish: TargetWish) -> None:
        self._jobs.run(
            lambda _: network.try_target(wish.target, wish.password),
            editor.foot.set_note,
            self._or_crash(editor.refuse),
        )

    def remove_target(self, target: Target) -> None:
        """Offer a target no longer."""
        self._weighing.do(lambda desk, _: network.remove_target(desk, target))

    def publish(self, target: Target) -> None:
        """Show what a publish would do; then do it, if people want that."""
        from statusdesk.gui.dialogs.publish_dialog import PublishDialog

        dialog = PublishDialog(target, self._weighing.window)
        dialog.wished.connect(lambda wish: self._write(dialog, target, wish))
        dialog.open()
        self._run(target, Wish(self._session.author, dry_run=True), dialog.show_preview, dialog.refuse)

    def _write(self, dialog: PublishDialog, target: Target, wish: PublishWish) -> None:
        dialog.tell(tr("Writing…"))

        def done(report: Any) -> None:
            dialog.show_done(report)
            self.published.emit()
            if wish.disconnect and isinstance(report, Report) and report.concerned:
                self._end(dialog, target, list(report.concerned))

        def far(number: int) -> None:
            dialog.tell(tr("Writing… {count} rows").format(count=formats.count(number)))

        wanted = Wish(self._session.author, confirm_losing=wish.confirm_losing)
        running = self._run(target, wanted, done, dialog.refuse, far)
        dialog.rejected.connect(running.cancel)

    def _end(self, dialog: PublishDialog, target: Target, users: list[str]) -> None:
        dialog.tell(tr("Ending sessions…"))

        def ended(result: Ended) -> None:
            dialog.show_ended(result)
            silent = [session.user for session in result.silent]
            dialog.retry_wished.disconnect()
            dialog.retry_wished.connect(lambda: self._end(dialog, target, silent))

        dialog.retry_wished.connect(lambda: None)
        self._jobs.run(
            lambda progress: network.end_sessions_of(target, users, progress=progress.tell),
            ended,
            self._or_crash(dialog.refuse),
        )

    def publish_change(self, target: Target, change_set: int) -> None:
        """Publish the accounts of a change set in the background; a failure is told, and what it was waits."""
        wish = Wish(self._session.author, trigger="reassign", change_set=change_set)

        def done(report: Any) -> None:
            self.published.emit()
            if target.disconnect and isinstance(report, Report) and report.concerned:
                users = list(report.concerned)
                self._jobs.run(
                    lambda _: network.end_sessions_of(target, users), lambda _: None, self._or_crash(self._tell)
                )

        self._run(target, wish, done, self._tell)

    def _tell(self, error: Exception) -> None:
        self.published.emit()
        self._weighing.refuse(error)

    def _run(
        self,
        target: Target,
        wish: Wish,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        progressed: Callable[[int], None] | None = None,
    ) -> Progress:
        place = self._session.info.place

        def work(progress: Progress) -> Any:
            store = open_store(place, "write")
            try:
                return network.publish_to(store, target, wish.telling(progress.tell))
            finally:
                store.close()

        return self._jobs.run(
            work, lambda report: _told(done(report)), self._or_crash(failed), progressed=progressed
        )

    def _or_crash(self, failed: Callable[[Exception], object]) -> Callable[[Exception], None]:
        def refuse(error: Exception) -> None:
            if isinstance(error, StatusDeskError):
                failed(error)
            else:
                self._session.crashed.emit(error)

        return refuse


def _told(_answer: object) -> None:
    """Take an answer that nobody waits for."""
