"""A PostgreSQL of our own for as long as the tests run: in a temporary folder, on a socket, and as any user."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from statusdesk.domain.places import Server
from statusdesk.store.making import furnish
from statusdesk.store.postgres import ServerDatabase
from statusdesk.store.server_making import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = "statusdesk_template"
OWNER = "owner"
_SAFE = ("listen_addresses=", "max_connections=60")
_QUICK = (
    *_SAFE, "fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "jit=off",
    "autovacuum=off",
)  # fmt: skip
_EMPTYING = (
    "SELECT string_agg(format('DELETE FROM %I', tablename), ';') FROM pg_tables WHERE schemaname = 'statusdesk'"
)


def find_binaries() -> Path | None:
    """Return the folder with initdb and postgres; Debian keeps it off the path."""
    named = [Path(os.environ.get("STATUSDESK_POSTGRES", "/nowhere"))]
    on_path = shutil.which("initdb")
    if on_path:
        named.append(Path(on_path).resolve().parent)
    named += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return next((folder for folder in named if (folder / "initdb").exists()), None)


class ThrowAwayServer:
    """A cluster of databases that nobody keeps; as root it runs under another account, as it insists on.

    It does not wait for the disk, unless it is to be `safe`: as careful as one that people rely on.
    """

    def __init__(self, binaries: Path, *, safe: bool = False) -> None:
        self._binaries = binaries
        self._settings = _SAFE if safe else _QUICK
        self.folder = Path(tempfile.mkdtemp(prefix="sd-pg-"))
        self.folder.chmod(0o755)
        self._as = self._other_account()
        self._spare: list[str] = []
        self._spoilt: set[str] = set()
        self._made = 0
        self._run("initdb", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.sql("postgres", f"CREATE DATABASE {TEMPLATE}")
        bring_up_to_date(self.server(TEMPLATE), currency="EUR", time_zone="UTC", at=0)

    def _other_account(self) -> Mapping[str, Any]:
        if os.name != "posix" or os.geteuid() != 0:
            return {}
        import pwd

        names = {entry.pw_name for entry in pwd.getpwall()}
        account = pwd.getpwnam(next(name for name in ("postgres", "nobody") if name in names))
        os.chown(self.folder, account.pw_uid, account.pw_gid)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._binaries / program, "-D", self.folder / "data", *words],
            check=True, cwd="/", stdout=subprocess.DEVNULL, env=self._environment(), **self._as,
        )  # fmt: skip

    @staticmethod
    def _environment() -> dict[str, str]:
        return {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = " ".join(
            f"-c {setting}" for setting in (*self._settings, f"unix_socket_directories={self.folder}")
        )
        self._run("pg_ctl", "-w", "-s", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop the server: "fast" as its administrator would, "immediate" as a power cut."""
        self._run("pg_ctl", "-w", "-s", "-m", how, "stop")

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        with suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def server(self, name: str, login: str = OWNER) -> Server:
        """Return one of its databases, as a login sees it."""
        return Server(f"postgresql://{login}@/{name}?host={self.folder}")

    def sql(self, database: str, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement as the owner of everything; return its rows, if it has any."""
        with psycopg.connect(self.server(database).url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def empty(self) -> str:
        """Make a database without anything in it and return its name."""
        self._made += 1
        name = f"empty_{self._made}"
        self.sql("postgres", f"CREATE DATABASE {name}")
        return name

    def lend(self) -> Server:
        """Lend a database that is to be furnished; give it back after the test."""
        if self._spare:
            return self.server(self._spare.pop())
        self._made += 1
        name = f"lent_{self._made}"
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.server(name)

    def furnish(self, server: Server, *, currency: str, time_zone: str, at: int) -> None:
        """Let a lent database be as if it had just been set up: that is quicker than to make a new one."""
        db = ServerDatabase(server)
        try:
            with db.transaction():
                db.run("SET LOCAL session_replication_role = replica")
                db.run(db.value(_EMPTYING))
                db.run("SET LOCAL session_replication_role = origin")
                furnish(db, currency, time_zone, at)
        finally:
            db.close()

    def give_back(self, server: Server) -> None:
        """Take a lent database back, for the next test."""
        if server.name not in self._spoilt:
            self._spare.append(server.name)

    def spoil(self, server: Server) -> None:
        """Note that a lent database is of no use to another test."""
        self._spoilt.add(server.name)
