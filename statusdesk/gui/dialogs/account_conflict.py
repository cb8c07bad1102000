"""Two people edited one account: what each of them made of the same fields, for the second to choose."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from statusdesk.domain.fields import FIELDS
from statusdesk.domain.records import Account, AccountFields, DatabaseInfo, Status
from statusdesk.gui.dialogs.two_versions import Differing, TwoVersions
from statusdesk.gui.wording import field_name, field_text, tr


class AccountConflict(TwoVersions):
    """An account as it was seen, as it is now, and as it would become."""

    def __init__(
        self,
        seen: Account,
        now: Account,
        mine: AccountFields,
        author: str,
        statuses: Mapping[int, Status],
        info: DatabaseInfo,
        parent: QWidget | None = None,
    ) -> None:
        def text(version: Account, name: str) -> str:
            if name == "status_id":
                return statuses[version.status_id].name
            return field_text(field, getattr(version, name), info)

        rows = []
        for field in FIELDS:
            name = "status_id" if field.name == "status" else field.name
            versions = (seen, now, now._replace(**mine))
            rows.append(Differing(field.name, field_name(field), *(text(version, name) for version in versions)))
        super().__init__(
            "account_conflict", tr("Two versions of {name}").format(name=now.title), author, rows, parent
        )
