"""What the card of going back to a backup says beside its figures."""

from statusdesk.gui import formats
from statusdesk.gui.dialogs.restore_backup import changes_text, lost_facts
from statusdesk.gui.icons import action_icon
from statusdesk.gui.models.card_head import CardHead, Fact
from statusdesk.gui.wording import tr
from statusdesk.services.restoring import Preview


def restore_head(preview: Preview, zone: str) -> CardHead:
    """Return the head of the card, with what is taken away and what is kept."""
    when = formats.moment(preview.at, zone)
    kept = tr("The database as it is now, among the backups")
    rows = [Fact(tr("Taken away"), lost_facts(preview))]
    if preview.regained.change_sets:
        rows.append(Fact(tr("Brought back"), changes_text(preview.regained.change_sets)))
    return CardHead(
        tr("Go back to {moment}").format(moment=when),
        tr("Everybody who has this database open sees it at once."),
        action_icon("undo"),
        tr("Restore"),
        facts=(*rows, Fact(tr("Kept"), kept)),
        note=tr("Nothing is lost. You can go back to what is kept."),
    )
