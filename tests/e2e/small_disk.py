"""A disk that is really small: a file system in memory that only its own processes see, made without any rights."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from types import TracebackType

import pytest

_MOUNT = 'mount -t tmpfs -o "size=$1" tmpfs "$2" && echo mounted && exec cat'


class SmallDisk:
    """A disk of `size` bytes at `folder`, for commands that are run `within` its namespace.

    `outside` is where this process sees the same folder; SQLite files can be copied from there, but not opened.
    Skips the test where the system lets nobody make one.
    """

    def __init__(self, folder: Path, size: int) -> None:
        folder.mkdir()
        self.folder = folder
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c", _MOUNT, "sh", str(size), str(folder)]
        try:
            self._holder = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        except FileNotFoundError:
            pytest.skip("a small disk needs `unshare` (util-linux), which is not here")
        assert self._holder.stdout
        if self._holder.stdout.readline() != "mounted\n":
            _, said = self._holder.communicate()
            pytest.skip(f"this system does not let a test mount a small disk: {said.strip()}")
        target = f"--target={self._holder.pid}"
        self.within = ("nsenter", target, "--user", "--mount", "--preserve-credentials")
        self.outside = Path(f"/proc/{self._holder.pid}/root{folder}")

    def __enter__(self) -> SmallDisk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._holder.communicate()

    def free(self) -> int:
        """Bytes that are left."""
        return shutil.disk_usage(self.outside).free

    def fill(self, leave: int = 0) -> None:
        """Take what is free, but for `leave` bytes."""
        with (self.outside / "filler").open("ab") as filler:
            while (left := self.free() - leave) >= _PAGE:
                filler.write(bytes(min(left - left % _PAGE, 1 << 20)))
                filler.flush()

    def clear(self) -> None:
        """Give back what `fill` took."""
        (self.outside / "filler").unlink()


_PAGE = 4096
