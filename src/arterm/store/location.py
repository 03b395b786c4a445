"""Where books live: the usual folder, who may read it, and folders in which a book is not safe."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from arterm.rules.errors import ArtermError

_SYNCED = (
    "dropbox",
    "onedrive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "google drive",
    "googledrive",
    "syncthing",
)
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "vboxsf", "fuse.sshfs", "afs", "ceph", "glusterfs", "fuse.rclone"}
)
MOUNTS = Path("/proc/mounts")


def data_folder() -> Path:
    """The platform's folder for arterm's books; not made here."""
    from platformdirs import user_data_path

    return user_data_path("arterm", appauthor=False)


def default_book() -> Path:
    """The book that is opened when none is named."""
    return data_folder() / "book.arterm"


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can read; refuse (`open_folder`) our own data folder when others can."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32" or folder != data_folder():
        return
    found = folder.stat()
    if found.st_uid != os.getuid():
        raise ArtermError("open_folder.owner", str(folder))
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise ArtermError("open_folder.readable", str(folder), folder=folder)


def readable_by_others(path: Path) -> bool:
    """Whether accounts other than the owner's can read the file (always False on Windows)."""
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def refuse_shared(path: Path) -> None:
    """Refuse (`shared_folder`) a book in a synced or network folder, where SQLite cannot keep it safe."""
    reason = _why_shared(path)
    if reason:
        raise ArtermError("shared_folder", str(path), reason=reason)


def _why_shared(path: Path) -> str:
    for part in path.resolve().parts:
        if any(part.lower().startswith(name) for name in _SYNCED):
            return f"kept in step by '{part}'"
    kind = _filesystem(path.resolve())
    return f"on a network drive ({kind})" if kind in _NETWORK else ""


def _filesystem(path: Path) -> str:
    """The file system type under a path, from the longest mount point above it; empty where that cannot be told."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        inside = path == Path(mount) or Path(mount) in path.parents
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    return kind
