"""The documents say what is there: object names, commands, pictures."""

import re
import subprocess
import sys
from pathlib import Path

from statusdesk.gui import preflight
from statusdesk.services.report_requests import Kind

ROOT = Path(__file__).parents[1]
GIVEN = re.compile(r'setObjectName\(\s*f?"([^"]+)"')
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def _names_given() -> set[str]:
    """Return the object names that the window's code spells out; what it fills in becomes a pattern."""
    files = (ROOT / "statusdesk" / "gui").rglob("*.py")
    return {name for file in files for name in GIVEN.findall(file.read_text("utf-8"))}


def test_every_object_name_is_documented() -> None:
    told = set(re.findall(r"`([^`\s]+)`", (ROOT / "docs" / "architecture.md").read_text("utf-8")))
    for name in _names_given():
        parts = [re.escape(part) for part in PLACEHOLDER.split(name)]
        pattern = re.compile("[A-Za-z_0-9]+".join(parts))
        assert any(pattern.fullmatch(known) for known in told), f"docs/architecture.md does not tell of {name}"


def _commands() -> tuple[str, ...]:
    """Return the commands that the program offers, by its own help."""
    done = subprocess.run(
        [sys.executable, "-m", "statusdesk", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return tuple(re.findall(r"^    ([a-z-]+) ", done.stdout, re.MULTILINE))


def test_every_command_is_in_the_manual_and_known_to_need_no_display() -> None:
    manual = (ROOT / "docs" / "manual" / "commands.md").read_text("utf-8")
    assert len(_commands()) >= 12
    assert set(_commands()) == set(preflight.COMMANDS)
    for command in _commands():
        assert f"statusdesk {command}" in manual, f"docs/manual/commands.md does not tell of {command}"


def test_every_report_and_its_options_are_in_the_manual() -> None:
    manual = (ROOT / "docs" / "manual" / "commands.md").read_text("utf-8")
    for kind in Kind:
        assert f"statusdesk report {kind.value}" in manual or f"\\|{kind.value}" in manual, kind
    for option in ("on", "from", "to", "by", "type", "city", "source", "split", "json", "csv", "xlsx", "pdf"):
        assert f"`--{option}" in manual, option


def test_every_picture_of_the_manual_is_there_and_used() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs" / "manual").glob("*.md")]
    shown = {
        (page.parent / target).resolve()
        for page in pages
        for target in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    assert shown == set((ROOT / "docs" / "manual" / "pictures").iterdir())
