"""Debian's FreeRADIUS on loopback for as long as a test runs: stock schema, stock queries, a folder of its own."""

from __future__ import annotations

import re
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from string import Template

STOCK = Path("/etc/freeradius/3.0")
_START_SECONDS = 20
_CONFIGURATION = Template("""
prefix = /usr
libdir = /usr/lib/freeradius
confdir = $folder
modconfdir = $folder
logdir = $folder
run_dir = $folder
pidfile = $folder/pid
log { destination = files
  file = $folder/log
}
security { reject_delay = 0 }
thread pool { start_servers = 4
  max_servers = 8
}
proxy_requests = no
client loopback { ipaddr = 127.0.0.0/8
  secret = $secret
}
modules {
  chap { }
  mschap { use_mppe = no }
  pap { }
  expiration { }
  logintime { }
  expr { }
  always ok { rcode = ok }
  always reject { rcode = reject }
  sql {
    dialect = "$dialect"
    driver = "rlm_sql_$dialect"
    $connection
    acct_table1 = "radacct"
    acct_table2 = "radacct"
    postauth_table = "radpostauth"
    authcheck_table = "radcheck"
    groupcheck_table = "radgroupcheck"
    authreply_table = "radreply"
    groupreply_table = "radgroupreply"
    usergroup_table = "radusergroup"
    client_table = "nas"
    group_attribute = "SQL-Group"
    read_clients = no
    pool { start = 4
      min = 1
      max = 8
      spare = 4
      uses = 0
      lifetime = 0
      idle_timeout = 60
    }
    $$INCLUDE $stock/mods-config/sql/main/$dialect/queries.conf
  }
}
policy { $$INCLUDE $stock/policy.d/filter
}
server logins {
  listen { type = auth
    ipaddr = 127.0.0.1
    port = $auth
  }
  authorize { filter_username
    chap
    mschap
    sql
    expiration
    logintime
    pap
  }
  authenticate {
    Auth-Type PAP { pap
    }
    Auth-Type CHAP { chap
    }
    Auth-Type MS-CHAP { mschap
    }
  }
  post-auth { sql
    Post-Auth-Type REJECT { sql
    }
  }
}
server access_server {
  listen { type = coa
    ipaddr = 127.0.0.1
    port = $coa
    virtual_server = access_server
  }
  recv-coa {
    if ("%{sql:SELECT COUNT(*) FROM radacct WHERE acctstoptime IS NULL AND username = '%{User-Name}'}" == "0") {
      update reply { &Error-Cause := Session-Context-Not-Found
      }
      reject
    }
    ok
  }
  send-coa { ok
  }
}
""")


def missing() -> str:
    """Say what is missing for a server here; “” if nothing is."""
    for program, package in (("freeradius", "freeradius"), ("radclient", "freeradius-utils")):
        if not shutil.which(program) and not Path(f"/usr/sbin/{program}").exists():
            return f"{program} is missing (Debian's package {package})"
    try:
        (STOCK / "mods-config/sql/main/sqlite/schema.sql").read_text()
    except OSError:
        return "FreeRADIUS's stock files cannot be read, as only root and its own account may"
    return ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said to a login, and the attributes that came with it."""

    accepted: bool
    attributes: dict[str, str]


class RadiusServer:
    """A server with its database; `url` is where one publishes to, `owner_url` where everything is allowed."""

    def __init__(
        self, *, dialect: str = "sqlite", url: str = "", owner_url: str = "", connection: str = ""
    ) -> None:
        """Start on SQLite, or on a PostgreSQL database that has the stock schema already."""
        self.folder = Path(tempfile.mkdtemp(prefix="sd-radius-"))
        self.secret = secrets.token_hex(12)
        self.auth_port, self.coa_port = _free_ports(2)
        self.url = url or f"sqlite:///{self.folder / 'radius.db'}"
        self.owner_url = owner_url or self.url
        if dialect == "sqlite":
            connection = f'sqlite {{ filename = "{self.folder}/radius.db"\n busy_timeout = 5000\n }}'
            self._make_file()
        (self.folder / "dictionary").write_text("")
        (self.folder / "radiusd.conf").write_text(
            _CONFIGURATION.substitute(
                folder=self.folder, secret=self.secret, dialect=dialect, connection=connection, stock=STOCK,
                auth=self.auth_port, coa=self.coa_port,
            )
        )  # fmt: skip
        self._process = subprocess.Popen(
            ["/usr/sbin/freeradius", "-f", "-d", str(self.folder), "-n", "radiusd"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()

    def _make_file(self) -> None:
        with closing(sqlite3.connect(self.folder / "radius.db")) as made:
            made.executescript(stock_schema("sqlite"))
            made.execute("PRAGMA journal_mode = wal")

    def _wait(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            if (self.folder / "log").exists() and "Ready to process requests" in (self.folder / "log").read_text():
                return
            time.sleep(0.02)
        said = (self.folder / "log").read_text()[-2000:] if (self.folder / "log").exists() else ""
        raise RuntimeError(f"FreeRADIUS did not start: {said}")

    def stop(self) -> None:
        """End the server and leave nothing behind."""
        self._process.terminate()
        self._process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, user: str, password: str, *, by: str = "User-Password") -> Answer:
        """Log in by PAP, or by `CHAP-Password` or `MS-CHAP-Password`."""
        said = self._client(f'User-Name = "{user}", {by} = "{password}"\n', "-x")
        received = said.rpartition("Received ")[2]
        pairs = re.findall(r"^\t([\w-]+) = \"?([^\"\n]*)\"?$", received, flags=re.MULTILINE)
        return Answer(received.startswith("Access-Accept"), dict(pairs))

    def ask_many(self, users: list[tuple[str, str]], rounds: int) -> Counter[str]:
        """Log many users in again and again; count the answers by their code and the Filter-Id that came along."""
        lines = "\n\n".join(f'User-Name = "{user}", User-Password = "{word}"' for user, word in users)
        said = self._client(lines + "\n", "-x", "-p", "16", "-c", str(rounds))
        found: Counter[str] = Counter()
        for part in said.split("Received ")[1:]:
            code = part.split(" ", 1)[0]
            level = re.search(r'Filter-Id = "([^"]*)"', part)
            found[f"{code} {level.group(1) if level else ''}".strip()] += 1
        return found

    def _client(self, text: str, *options: str) -> str:
        ran = subprocess.run(
            ["radclient", *options, "-t", "10", "-r", "1", f"127.0.0.1:{self.auth_port}", "auth", self.secret],
            input=text, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return ran.stdout


def stock_schema(dialect: str) -> str:
    """Return FreeRADIUS's own schema."""
    return (STOCK / f"mods-config/sql/main/{dialect}/schema.sql").read_text()


def _free_ports(number: int) -> list[int]:
    held = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(number)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()
