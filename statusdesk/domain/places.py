"""Where a database is: a file on this machine, or a database on a server that several desktops share."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from statusdesk.domain.errors import BadValue

_SCHEMES = ("postgresql", "postgres")
_SECRET = frozenset(("password", "sslpassword"))


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a server, by a URL that libpq understands; as text it never tells a password.

    `password` is what a person typed for this run; it is kept in memory only.
    """

    url: str = field(repr=False)
    password: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The database's name, or the service's where the URL names one."""
        parts = urlsplit(self.url)
        asked = dict(parse_qsl(parts.query))
        return unquote(parts.path.lstrip("/")) or asked.get("dbname") or asked.get("service") or "postgresql"

    @property
    def stem(self) -> str:
        """What files about it are named after."""
        return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in self.name)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        who, at, where = parts.netloc.rpartition("@")
        shown = [(name, value) for name, value in parse_qsl(parts.query) if name not in _SECRET]
        query = urlencode(shown, safe="/,:")
        return f"postgresql://{who.partition(':')[0]}{at}{where}{parts.path}{'?' if query else ''}{query}"


Place = Path | Server
"""Where a database is."""


def is_server(text: str) -> bool:
    """Say whether a text names a database on a server."""
    return text.partition("://")[0].lower() in _SCHEMES and "://" in text


def place_of(text: str) -> Place:
    """Return the place that a person named: a URL of a server, or a file's path.

    Raises `BadValue` for an address of another kind, such as `sqlite://`: nobody knows what was meant.
    """
    scheme, separator, rest = text.strip().partition("://")
    if is_server(text.strip()):
        return Server(f"postgresql://{rest}")
    if separator and scheme.isalnum():
        reason = "is no address of a database: name a file, or a server by postgresql://…"
        raise BadValue(field="database", value=f"{scheme}://…", reason=reason)
    return Path(text).expanduser()
