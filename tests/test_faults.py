"""Everything of `./faults` at its quick scale: nothing is lost, half done, silent or without a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the faults are made with the means of Linux")
def test_no_fault_breaks_a_promise() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kill during reassign" in done.stdout
