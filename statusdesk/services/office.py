"""The settings of the office as the verbs and the window read them, and the one way to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain import office
from statusdesk.services import settings_verbs
from statusdesk.store import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.office import OfficeSettings
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store

KIND = "office_settings"


def office_settings(store: Store) -> OfficeSettings:
    """Return what is set, or what holds where nothing is."""
    return office.from_texts(settings.beginning_with(store.db, "office."), store.statuses.by_id())


def set_office(desk: Desk, wanted: OfficeSettings, *more: Mapping[str, str]) -> Outcome:
    """Replace the settings of the office, and `more` of other groups as they are kept. Raises `BadValue`."""
    texts = office.as_texts(wanted)
    return settings_verbs.put(desk, KIND, {name: text for each in (texts, *more) for name, text in each.items()})
