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


def set_office(desk: Desk, wanted: OfficeSettings) -> Outcome:
    """Replace the settings for ending and installing. Raises `BadValue`."""
    return put_settings(desk, {**office.ending_texts(wanted), **office.installs_texts(wanted)})


def put_settings(desk: Desk, texts: Mapping[str, str]) -> Outcome:
    """Set settings of the office by name, as they are kept; those not named stay."""
    return settings_verbs.put(desk, KIND, texts)
