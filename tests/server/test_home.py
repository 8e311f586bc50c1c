import subprocess
import sys
from pathlib import Path

import pytest

from ingestion.errors import ConflictError
from server.home import Home

_OWN = """
import sys
from pathlib import Path
from server.home import Home
home = Home(Path(sys.argv[1]))
home.own()
home.announce("http://127.0.0.1:1")
print("owned", flush=True)
sys.stdin.read()
"""


def test_one_process_owns_a_home_and_others_are_told_who(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _OWN, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "owned\n"
        with pytest.raises(ConflictError, match=rf"in use by process {owner.pid}"):
            Home(tmp_path).own()
        found = Home(tmp_path).owner()
        assert found is not None
        assert (found.pid, found.url) == (owner.pid, "http://127.0.0.1:1")
        owner.kill()
    home = Home(tmp_path)
    home.own()
    assert home.owner() is None
    home.disown()


def test_a_home_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    assert home.folder.stat().st_mode & 0o077 == 0


def test_a_damaged_owner_file_is_no_owner(tmp_path: Path) -> None:
    (tmp_path / "owner.json").write_text('{"pid": ')
    assert Home(tmp_path).owner() is None
