"""Where levels are published to, and what came of each publish."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TargetKind(StrEnum):
    """A FreeRADIUS database, or a script that a MikroTik router imports."""

    RADIUS = "radius"
    ROUTER = "router"


@dataclass(frozen=True, slots=True)
class Target:
    """A place to publish to; `address` is a database's URL without password, or a file's path.

    `prefix` begins the names of all groups and marks rows as ours. `automatic` publishes the accounts of each
    change right after it, `disconnect` ends the sessions of those who lost or changed their level; `coa_port` is
    where access servers listen for that (RFC 5176: 3799).
    """

    id: int
    name: str
    kind: TargetKind
    address: str
    prefix: str = "sd-"
    automatic: bool = False
    disconnect: bool = False
    coa_port: int = 3799


class Result(StrEnum):
    """What came of a publish."""

    PUBLISHED = "published"
    NOTHING = "nothing"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One publish on record; instants are UTC milliseconds.

    `retired` are groups whose definitions the next publish may take away. Up to `change_set_id` and `entry_id` the
    target has everything.
    """

    target_id: int
    started_at: int
    finished_at: int
    actor: str
    trigger: str
    whole: bool
    result: Result
    facts: Mapping[str, object] = field(default_factory=dict)
    retired: tuple[str, ...] = ()
    change_set_id: int = 0
    entry_id: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a target does not know yet: accounts with another level or user, and whether levels were changed.

    `never` says that nothing was ever published to it.
    """

    accounts: int = 0
    levels: bool = False
    never: bool = False

    def __bool__(self) -> bool:
        return bool(self.accounts or self.levels or self.never)
