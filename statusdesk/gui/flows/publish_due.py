"""What a change of service levels means for publishing, as the card says it."""

from statusdesk.gui.models.card_head import Fact
from statusdesk.gui.wording import tr
from statusdesk.services.network import targets_of
from statusdesk.store.store import Store


def publish_due(store: Store) -> Fact:
    """Say which targets are published to right after the change, and which wait for somebody."""
    targets = targets_of(store)
    automatic = [target.name for target in targets if target.automatic]
    waiting = [target.name for target in targets if not target.automatic]
    parts = []
    if automatic:
        parts.append(tr("Published right after it to {targets}").format(targets=", ".join(automatic)))
    if waiting:
        parts.append(
            tr("Due for {targets}: the network does not know it before").format(targets=", ".join(waiting))
        )
    return Fact(tr("Publishing"), "\n".join(parts))
