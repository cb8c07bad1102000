"""Network shares are told from disks by the kernel's own list, and not written to."""

import sqlite3
from pathlib import Path

import pytest

from statusdesk.domain.store_errors import CannotOpen, OnShare, ReadOnly
from statusdesk.store import shares
from statusdesk.store.shares import share_of
from statusdesk.store.sqlite_errors import explain
from statusdesk.store.store import Store

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 22 0:40 / /mnt/office\\040files rw - nfs4 server:/office rw
41 40 254:1 / /mnt/office\\040files/local rw - ext4 /dev/vdb rw
42 22 254:2 / /srv rw - ext4 /dev/vdc rw
43 42 0:43 / /srv rw - cifs //server/srv rw
44 22 0:44 / /home/anna/cloud rw - fuse.rclone cloud: rw
"""


@pytest.fixture(autouse=True)
def _mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mountinfo"
    file.write_text(MOUNTS)
    monkeypatch.setattr(shares, "_MOUNTS", file)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna/a.statusdesk", ""),
        ("/mnt/office files/a.statusdesk", "nfs4"),
        ("/mnt/office files/local/a.statusdesk", ""),
        ("/mnt/office filesystem/a.statusdesk", ""),
        ("/srv/a.statusdesk", "cifs"),
        ("/home/anna/cloud/deep/a.statusdesk", "fuse.rclone"),
    ],
)
def test_the_innermost_and_latest_mount_counts(path: str, kind: str) -> None:
    assert share_of(Path(path)) == kind


def test_a_database_on_a_share_is_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "office.statusdesk"
    Store(path).close()
    (tmp_path / "mountinfo").write_text(f"40 22 0:40 / {tmp_path} rw - nfs4 server:/office rw\n")
    before = path.read_bytes()
    with pytest.raises(OnShare, match="network share \\(nfs4\\)"):
        Store(path)
    with pytest.raises(OnShare):
        Store(tmp_path / "new.statusdesk")
    reading = Store(path, "read")
    assert len(reading.statuses.lines()) == 3
    reading.close()
    assert path.read_bytes() == before
    assert not (tmp_path / "new.statusdesk").exists()


def test_a_file_on_a_disk_that_takes_no_writes_is_read_only_whatever_the_engine_says_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "office.statusdesk"
    place.touch()
    with pytest.raises(sqlite3.OperationalError) as cannot_open:
        sqlite3.connect(f"file:{tmp_path}/none/x?mode=ro", uri=True)
    assert isinstance(explain(cannot_open.value, place), CannotOpen)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert isinstance(explain(cannot_open.value, place), ReadOnly)
