"""A bare machine made of stand-ins, on which `./run` and `./test` can be started without changing this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
REAL_TOOLS = "sh bash cat cksum cut dirname grep readlink rm mkdir ln chmod env flock".split()

_LOGGED = '#!/bin/sh\necho "{name} $*" >>"$BENCH_LOG"\n'
# Plays every Python: its version, its lack of ensurepip, and the making of an environment.
_PYTHON = """
case "$*" in
    *version_info*) exit ${BENCH_OLD_PYTHON:-0} ;;
    *ensurepip*) exit ${BENCH_NO_ENSUREPIP:-0} ;;
    *preflight*) exec "$BENCH_PYTHON" "$@" ;;
    "-m venv "*) echo "venv" >>"$BENCH_LOG"; mkdir -p "$3/bin" && ln -s "$0" "$3/bin/python" ;;
    "-m pip --version") ;;
    "-m pip "*) echo "pip $*" >>"$BENCH_LOG"; exit ${BENCH_PIP_FAILS:-0} ;;
    *) echo "program $*"; echo "program $*" >>"$BENCH_LOG"; exit ${BENCH_PROGRAM:-0} ;;
esac
"""
_UV = """
if [ "$1" = venv ]; then
    for last do :; done
    mkdir -p "$last/bin" && ln -s "$BENCH_TOOLS/python3" "$last/bin/python"
fi
"""


class Bench:
    """A copy of the launchers, a PATH of stand-ins, and a log of which of them were called."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "check out"
        self.tools = folder / "tools"
        self.log = folder / "log"
        launchers = ("run", "test", "bench", "faults", "tools/environment.sh")
        for path in (*launchers, "pyproject.toml", "statusdesk/gui/preflight.py"):
            target = self.checkout / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / path, target)
        self.tools.mkdir()
        self.log.touch()
        for name in REAL_TOOLS:
            (self.tools / name).symlink_to(shutil.which(name) or f"/missing/{name}")
        self.add("python3", _PYTHON, logged=False)
        self.add("id", 'echo "${BENCH_USER:-0}"', logged=False)
        self.add("apt-get", "exit ${BENCH_APT_FAILS:-0}")

    def add(self, name: str, script: str = "", *, logged: bool = True) -> None:
        """Put a stand-in on the PATH."""
        path = self.tools / name
        path.write_text((_LOGGED.format(name=name) if logged else "#!/bin/sh\n") + script + "\n")
        path.chmod(0o755)

    def add_uv(self) -> None:
        self.add("uv", _UV)

    def add_sudo(self) -> None:
        self.add("sudo", 'exec "$@"')

    def start(self, *words: str, stdin: int = subprocess.DEVNULL, **variables: str) -> "Outcome":
        """Start one of the launchers and return what it said and which stand-ins it called."""
        self.log.write_text("")
        environment = {
            "PATH": str(self.tools),
            "HOME": str(self.checkout),
            "BENCH_LOG": str(self.log),
            "BENCH_PYTHON": sys.executable,
            "BENCH_TOOLS": str(self.tools),
            **variables,
        }
        command = [str(self.checkout / words[0]), *words[1:]]
        finished = subprocess.run(
            command, env=environment, stdin=stdin, capture_output=True, text=True, check=False, cwd=os.sep
        )
        return Outcome(finished, self.log.read_text().splitlines())


class Outcome:
    """How a launcher ended."""

    def __init__(self, finished: subprocess.CompletedProcess[str], calls: list[str]) -> None:
        self.code = finished.returncode
        self.out = finished.stdout
        self.err = finished.stderr
        self.calls = calls

    def called(self, word: str) -> list[str]:
        """Return the calls of one stand-in."""
        return [call for call in self.calls if call.split()[0] == word]
