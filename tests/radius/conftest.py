"""A server for each test, and an office whose levels are seen by the Filter-Id that comes with each."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from statusdesk.domain.levels import Attribute, LevelKind
from statusdesk.domain.targets import Target, TargetKind
from statusdesk.services import level_verbs, network
from statusdesk.services.desk import Desk
from statusdesk.services.publishing import Report, Wish
from statusdesk.store.radius_connection import RadiusConnection
from tests.radius.server import RadiusServer, missing, stock_schema
from tests.servers import OWNER, ThrowAwayServer

ACTIVE, INACTIVE = 2, 3


PUBLISHER = "publisher"
_RIGHTS = f"""
DO $$ BEGIN CREATE ROLE {PUBLISHER} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON radusergroup, radgroupcheck, radgroupreply TO {PUBLISHER};
GRANT USAGE ON SEQUENCE radusergroup_id_seq, radgroupcheck_id_seq, radgroupreply_id_seq TO {PUBLISHER};
GRANT SELECT ON radcheck, radreply, radacct, nas TO {PUBLISHER};
"""


def on_postgresql(postgres: ThrowAwayServer) -> RadiusServer:
    """Start a server on a PostgreSQL database, where the publisher has the rights that the manual asks for."""
    name = postgres.empty()
    postgres.sql(name, stock_schema("postgresql"))
    postgres.sql(name, _RIGHTS)
    connection = f'server = "{postgres.folder}"\n login = "{OWNER}"\n radius_db = "{name}"'
    owner = postgres.server(name).url
    return RadiusServer(
        dialect="postgresql", url=postgres.server(name, PUBLISHER).url, owner_url=owner, connection=connection
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[RadiusServer]:
    """Return a running FreeRADIUS; where there is none, that is a failure in CI only."""
    reason = missing()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    started = RadiusServer() if request.param == "sqlite" else on_postgresql(request.getfixturevalue("postgres"))
    yield started
    started.stop()


@dataclass
class Office:
    """A desk, the server that its accounts log in to, and the target between them."""

    desk: Desk
    server: RadiusServer
    target: Target

    def add(self, user: str, *, status: int = ACTIVE, plan: str = "", owes: bool = False) -> int:
        """Add an account whose password, “pw-USER”, somebody else has put into the server's table."""
        made = self.desk.create_account(
            {"number": user, "radius_user": user, "status_id": status, "service_level": plan, "delinquent": owes}
        )
        self.sql(
            "INSERT INTO radcheck (username, attribute, op, value) VALUES (?, 'Cleartext-Password', ':=', ?)",
            user, f"pw-{user}",
        )  # fmt: skip
        assert made.account_id is not None
        return made.account_id

    def sql(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """Run a statement in the server's database."""
        with RadiusConnection(self.server.owner_url) as connection:
            cursor = connection.run(statement, parameters)
            return [tuple(row) for row in cursor.fetchall()] if cursor.description else []

    def publish(self, *, confirm: int | None = None, change_set: int | None = None) -> Report:
        """Publish, as the button does."""
        wish = Wish("anna", confirm_losing=confirm, change_set=change_set)
        report = network.publish_to(self.desk.store, self.target, wish)
        assert isinstance(report, Report)
        return report


@pytest.fixture
def office(desk: Desk, server: RadiusServer) -> Office:
    """Return an office with three levels: “home”, “walled” for those who owe, and none for who left."""
    for name, kind, more in (
        ("Home", LevelKind.NORMAL, Attribute("Mikrotik-Rate-Limit", "20M/100M")),
        ("Walled", LevelKind.WALLED, Attribute("Session-Timeout", "900")),
    ):
        attributes = (Attribute("Filter-Id", name.lower()), more)
        level_verbs.create(desk, {"name": name, "kind": kind, "attributes": attributes})
    level_verbs.create(desk, {"name": "None", "kind": LevelKind.REJECT, "reply_message": "Account is not active."})
    walled = next(level.id for level in desk.store.levels.grid().levels if level.name == "Walled")
    level_verbs.set_cell(desk, ACTIVE, delinquent=True, value=str(walled))
    wanted = Target(0, "Core", TargetKind.RADIUS, server.url, coa_port=server.coa_port)
    network.put_target(desk, wanted)
    return Office(desk, server, network.find_target(desk.store, "core"))
