"""`./run` and `./test` on machines that lack this or that: one line that mends it, nothing done unasked."""

import os
import shutil
from pathlib import Path

import pytest

from tests.launcher_bench import CHECKOUT, Bench

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="these are shell scripts; Windows has run.bat and test.bat"
)

VENV_LINE = "apt-get install --no-install-recommends python3-venv"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.parametrize("script", ["run", "test", "tools/environment.sh"])
def test_the_scripts_are_executable_where_they_should_be(script: str) -> None:
    assert os.access(CHECKOUT / script, os.X_OK) == (not script.endswith(".sh"))


class TestRun:
    def test_the_first_start_makes_the_environment(self, bench: Bench) -> None:
        outcome = bench.start("run", "statuses", "--json")
        assert outcome.code == 0
        assert outcome.out == "program -P -m statusdesk statuses --json\n"
        assert outcome.called("venv")
        assert "--editable ." in outcome.called("pip")[-1]
        assert "--group" not in outcome.called("pip")[-1]

    def test_the_second_start_does_nothing_but_start(self, bench: Bench) -> None:
        bench.start("run", "statuses")
        outcome = bench.start("run", "statuses")
        assert outcome.calls == ["program -P -m statusdesk statuses"]
        assert outcome.err == ""

    def test_arguments_arrive_as_they_were(self, bench: Bench) -> None:
        outcome = bench.start("run", "--yes", "status", "add", "A  'b' *", "--yes", "")
        assert outcome.out == "program -P -m statusdesk status add A  'b' * --yes \n"

    def test_the_exit_code_is_the_programs(self, bench: Bench) -> None:
        assert bench.start("run", "statuses", BENCH_PROGRAM="2").code == 2

    def test_a_changed_pyproject_installs_again(self, bench: Bench) -> None:
        bench.start("run", "statuses")
        with (bench.checkout / "pyproject.toml").open("a") as file:
            file.write("# changed\n")
        outcome = bench.start("run", "statuses")
        assert outcome.called("pip")
        assert not outcome.called("venv")

    def test_a_moved_checkout_gets_a_new_environment(self, bench: Bench) -> None:
        bench.start("run", "statuses")
        bench.checkout = bench.checkout.rename(bench.checkout.with_name("moved"))
        assert bench.start("run", "statuses").called("venv")

    def test_an_environment_whose_python_is_gone_is_made_anew(self, bench: Bench) -> None:
        bench.start("run", "statuses")
        python = bench.checkout / ".venv/bin/python"
        python.unlink()
        python.symlink_to("/missing/python")
        assert bench.start("run", "statuses").called("venv")

    def test_a_failed_installation_is_made_anew(self, bench: Bench) -> None:
        failed = bench.start("run", "statuses", BENCH_PIP_FAILS="1")
        assert failed.code == 1
        assert not failed.called("program")
        assert "check the network, then start again" in failed.err.splitlines()[-1]
        assert bench.start("run", "statuses").called("venv")

    def test_somebody_elses_environment_is_kept_and_filled(self, bench: Bench) -> None:
        bench.start("run", "statuses")
        (bench.checkout / ".venv/statusdesk.stamp").unlink()
        outcome = bench.start("run", "statuses")
        assert outcome.called("pip")
        assert not outcome.called("venv")

    def test_a_link_to_it_finds_the_checkout(self, bench: Bench, tmp_path: Path) -> None:
        (bench.checkout.parent / "statusdesk").symlink_to(bench.checkout / "run")
        assert bench.start("../statusdesk", "statuses").code == 0

    def test_uv_is_preferred(self, bench: Bench) -> None:
        bench.add_uv()
        outcome = bench.start("run", "statuses", BENCH_NO_ENSUREPIP="1")
        assert outcome.code == 0
        assert [call.split()[1] for call in outcome.called("uv")] == ["venv", "pip"]
        assert not outcome.called("apt-get")

    def test_uv_brings_a_python_where_there_is_none(self, bench: Bench) -> None:
        bench.add_uv()
        bench.start("run", "statuses", BENCH_OLD_PYTHON="1")
        assert (bench.checkout / ".venv/bin/python").is_symlink()

    def test_without_a_display_nothing_is_installed(self, bench: Bench) -> None:
        outcome = bench.start("run", "--yes", BENCH_NO_ENSUREPIP="1")
        assert outcome.code == 1
        assert outcome.calls == []
        assert "--screenshot FILE.png" in outcome.err


class TestMissingPackages:
    @pytest.mark.parametrize(("words", "ci"), [(["--yes"], ""), ([], "true"), ([], "")])
    def test_it_is_run_where_nobody_would_object(self, bench: Bench, words: list[str], ci: str) -> None:
        outcome = bench.start("run", *words, "statuses", BENCH_NO_ENSUREPIP="1", CI=ci)
        assert outcome.code == 0
        assert outcome.called("apt-get") == [
            "apt-get update",
            "apt-get install -y --no-install-recommends python3-venv",
        ]
        assert outcome.out == "program -P -m statusdesk statuses\n"

    @pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("\n", 0), ("n\n", 1)])
    def test_on_a_terminal_it_asks(self, bench: Bench, answer: str, code: int) -> None:
        keyboard, terminal = os.openpty()
        os.write(keyboard, answer.encode())
        outcome = bench.start("run", "statuses", stdin=terminal, BENCH_NO_ENSUREPIP="1")
        os.close(keyboard)
        os.close(terminal)
        assert "[Y/n]" in outcome.err
        assert outcome.code == code
        assert bool(outcome.called("apt-get")) == (code == 0)

    def test_other_people_use_sudo(self, bench: Bench) -> None:
        bench.add_sudo()
        outcome = bench.start("run", "--yes", "statuses", BENCH_NO_ENSUREPIP="1", BENCH_USER="1000")
        assert outcome.code == 0
        assert len(outcome.called("sudo")) == 2
        assert f"    sudo {VENV_LINE}" in outcome.err

    def test_without_sudo_the_line_is_for_root(self, bench: Bench) -> None:
        outcome = bench.start("run", "--yes", "statuses", BENCH_NO_ENSUREPIP="1", BENCH_USER="1000")
        assert outcome.code == 1
        assert outcome.calls == []
        assert outcome.err.splitlines()[-1] == "Run this line as root, then start again."

    def test_a_failing_installation_names_the_line_again(self, bench: Bench) -> None:
        outcome = bench.start("run", "--yes", "statuses", BENCH_NO_ENSUREPIP="1", BENCH_APT_FAILS="100")
        assert outcome.code == 1
        assert outcome.err.splitlines()[-1].endswith(VENV_LINE)
        assert not outcome.called("venv")

    def test_an_old_python_asks_for_a_newer_one(self, bench: Bench) -> None:
        outcome = bench.start("run", "--yes", "statuses", BENCH_OLD_PYTHON="1")
        assert outcome.code == 1
        assert outcome.called("apt-get")[-1].endswith("python3.11 python3.11-venv")
        assert "Python 3.11 or later" in outcome.err.splitlines()[-1]


class TestTest:
    """The stand-ins of the checkers are put into the environment that `./run` made."""

    @pytest.fixture(autouse=True)
    def _checkers(self, bench: Bench) -> None:
        bench.start("run", "--version")
        for name in ("ruff", "mypy", "lint-imports"):
            bench.add(name, "exit ${BENCH_" + name.partition("-")[0].upper() + ":-0}")
            shutil.move(bench.tools / name, bench.checkout / ".venv/bin" / name)

    def test_the_quick_checks_come_in_order_and_pytest_last(self, bench: Bench) -> None:
        outcome = bench.start("test", "-k", "some name")
        assert outcome.code == 0
        assert [call for call in outcome.calls if not call.startswith("pip")] == [
            "ruff check",
            "ruff format --check",
            "mypy ",
            "lint-imports ",
            "program -m pytest -n auto -m not slow -k some name",
        ]
        assert outcome.called("pip")[-1].endswith("--group dev")

    def test_an_environment_for_development_is_enough_to_run(self, bench: Bench) -> None:
        bench.start("test")
        assert not bench.start("run", "statuses").called("pip")

    def test_the_first_failure_ends_it_with_its_code(self, bench: Bench) -> None:
        outcome = bench.start("test", BENCH_MYPY="2")
        assert outcome.code == 2
        assert outcome.calls[-1] == "mypy "

    def test_no_test_run_is_a_failure(self, bench: Bench) -> None:
        assert bench.start("test", BENCH_PROGRAM="5").code == 5

    def test_what_follows_two_dashes_goes_to_pytest(self, bench: Bench) -> None:
        outcome = bench.start("test", "--", "--all")
        assert outcome.calls[-1] == "program -m pytest -n auto -m not slow --all"

    def test_all_asks_for_its_tools_in_one_line(self, bench: Bench) -> None:
        outcome = bench.start("test", "--all", BENCH_APT_FAILS="100")
        assert outcome.code == 1
        line = next(line for line in outcome.err.splitlines() if "apt-get" in line)
        for package in ("xvfb", "xdotool", "desktop-file-utils", "appstream", "sqlite3"):
            assert package in line.split()

    def test_all_checks_scripts_and_desktop_files_and_every_test(self, bench: Bench) -> None:
        for tool in ("desktop-file-validate", "appstreamcli", "shellcheck"):
            bench.add(tool)
        (bench.checkout / ".ci").mkdir()
        shutil.copy(CHECKOUT / ".ci/run", bench.checkout / ".ci/run")
        outcome = bench.start("test", "--all", "--yes")
        assert outcome.code == 0
        words = [call.split()[0] for call in outcome.calls]
        assert words.index("desktop-file-validate") < words.index("appstreamcli") < words.index("ruff")
        assert outcome.calls[-1] == "program -m pytest -n auto"
