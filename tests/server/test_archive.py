from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import cast

from ingestion.ports import VectorStore
from server.archive import write_backup
from server.home import Home


class NoVectors:
    def backup_to(self, folder: Path) -> None:
        folder.mkdir()


def test_templates_are_in_a_backup_as_plain_files(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.templates.mkdir(parents=True)
    (home.templates / "own.toml").write_text("own", encoding="utf-8")
    (tmp_path / "elsewhere").write_text("linked", encoding="utf-8")
    (home.templates / "linked.toml").symlink_to(tmp_path / "elsewhere")
    (home.templates / "gone.toml").symlink_to(tmp_path / "nowhere")
    target = io.BytesIO()
    write_backup(home, cast(VectorStore, NoVectors()), target)
    target.seek(0)
    with tarfile.open(fileobj=target) as tar:
        found = {member.name: member for member in tar if member.name.startswith("templates")}
        assert sorted(found) == ["templates/linked.toml", "templates/own.toml"]
        assert all(member.isfile() for member in found.values())
        linked = tar.extractfile(found["templates/linked.toml"])
        assert linked is not None
        assert linked.read() == b"linked"
