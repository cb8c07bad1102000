"""Keeps saved mappings as files in the person's data folder, one for each name, readable and whole at any time."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from statusdesk.domain.fields import FIELD
from statusdesk.domain.folding import fold, name_key
from statusdesk.domain.instants import DATE_FORMATS
from statusdesk.domain.records import Stage
from statusdesk.services.exchange.errors import CannotWrite, MappingDamaged, NoSuchMapping
from statusdesk.services.exchange.mapping import SavedMapping
from statusdesk.services.exchange.plans import NewStatus
from statusdesk.services.exchange.tables import TableOptions, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_VERSION = 1


class MappingFiles:
    """The saved mappings of one person."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep them in `folder`; by default in the person's data folder, which need not be there yet."""
        if folder is None:
            from statusdesk.services.opening import data_folder

            folder = data_folder() / "mappings"
        self._folder = folder

    def names(self) -> list[str]:
        """Return the names of all that can be read, in alphabetical order."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            with suppress(MappingDamaged):
                found.append(_read(path).name)
        return sorted(found, key=name_key)

    def load(self, name: str) -> SavedMapping:
        """Return the one of that name, without regard to case; raises `NoSuchMapping` and `MappingDamaged`."""
        path = self._path(name)
        if not path.is_file():
            raise NoSuchMapping(name=name, known=", ".join(self.names()) or "none")
        return _read(path)

    def save(self, saved: SavedMapping) -> None:
        """Save it under its name, in place of an older one of that name; raises `CannotWrite`."""
        path = self._path(saved.name)
        part = path.with_suffix(".part")
        content = {"version": _VERSION, **asdict(saved)}
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
            part.replace(path)
        except OSError as problem:
            raise CannotWrite(file=path.name, reason=reason_of(problem)) from problem

    def delete(self, name: str) -> None:
        """Forget the one of that name; raises `NoSuchMapping` and `CannotWrite`."""
        path = self._path(name)
        if not path.is_file():
            raise NoSuchMapping(name=name, known=", ".join(self.names()) or "none")
        try:
            path.unlink()
        except OSError as problem:
            raise CannotWrite(file=path.name, reason=reason_of(problem)) from problem

    def _path(self, name: str) -> Path:
        """Return where a mapping lies: readable letters of its name, and a mark that keeps names apart."""
        key = name_key(name)
        letters = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in fold(key))[:40]
        mark = hashlib.sha256(key.encode()).hexdigest()[:8]
        return self._folder / f"{letters.strip('-') or 'mapping'}-{mark}.json"


def _read(path: Path) -> SavedMapping:
    try:
        content = json.loads(path.read_text("utf-8"))
        return _from_json(content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise MappingDamaged(file=path.name) from problem


def _from_json(content: Mapping[str, Any]) -> SavedMapping:
    """Return what the file says; what is no mapping raises one of the errors that `_read` knows."""
    options = content["options"]
    default = content["default_status"]
    saved = SavedMapping(
        _text(content["name"]),
        {_text(name): _text(column) for name, column in content["mapping"].items()},
        {_text(word): _status(wanted) for word, wanted in content["status_words"].items()},
        None if default is None else _status(default),
        content["on_existing"],
        content["decimal"],
        content["date_style"],
        TableOptions(_text(options["encoding"]), _text(options["delimiter"]), options["header"]),
    )
    if (
        content["version"] != _VERSION
        or not saved.mapping.keys() <= FIELD.keys()
        or saved.on_existing not in ("update", "skip")
        or saved.decimal not in (None, ".", ",")
        or saved.date_style not in DATE_FORMATS
        or saved.options.header not in (None, True, False)
    ):
        raise ValueError
    return saved


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _status(wanted: object) -> str | NewStatus:
    if isinstance(wanted, dict):
        return NewStatus(
            _text(wanted["name"]), wanted["activates"] is True, Stage(wanted["stage"]), wanted["winback"] is True
        )
    return _text(wanted)
