"""Tells whether a path is on a network share, where the engine's locks and log cannot be relied on."""

import re
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_SHARED: Final = frozenset(
    "nfs nfs4 cifs smb3 smbfs afs afpfs ncpfs 9p ceph glusterfs lustre beegfs davfs webdav vboxsf virtiofs prl_fs"
    " fuse.sshfs fuse.davfs fuse.rclone fuse.glusterfs fuse.vmhgfs-fuse".split()
)
_ESCAPED: Final = re.compile(r"\\(\d{3})")


def share_of(path: Path) -> str:
    """Return the kind of network share that a path is on, such as "nfs4"; empty if it is on none.

    Known are Linux's mounts and Windows' names that begin with two backslashes.
    """
    real = str(path.absolute().resolve())
    if real.startswith("\\\\") and not real.startswith("\\\\?\\"):
        return "smb"
    kind = _filesystem_of(real)
    return kind if kind in _SHARED else ""


def _filesystem_of(path: str) -> str:
    """Return the kind of the file system that holds a path; of mounts in one place the latest hides the others."""
    longest = kind = ""
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    for line in lines:
        left, _, right = line.partition(" - ")
        place = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), left.split()[4])
        holds = path == place or path.startswith(place.rstrip("/") + "/")
        if holds and len(place) >= len(longest):
            longest, kind = place, right.split()[0]
    return kind
