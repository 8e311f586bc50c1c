"""What the evaluations share."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

from server.cli.evaluating import throwaway_folder


def test_a_throwaway_folder_goes_though_a_stopped_job_still_writes_into_it() -> None:
    many = threading.Event()

    def write() -> None:
        for name in range(1000):
            (folder / str(name)).touch()
        many.set()
        until = time.monotonic() + 0.3
        with suppress(FileNotFoundError):  # the folder is gone
            while time.monotonic() < until:
                name += 1
                (folder / str(name)).touch()

    with throwaway_folder() as folder:
        writer = threading.Thread(target=write)
        writer.start()
        assert many.wait(60)
    assert not folder.exists()
    writer.join()
    assert not folder.exists()
