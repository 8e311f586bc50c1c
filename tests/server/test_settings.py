from pathlib import Path

import pytest
from pydantic import ValidationError

from server.settings import Settings
from server.settings_doc import setting_rows, settings_markdown

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUIMAI_HOME", str(tmp_path))
    return tmp_path


def test_every_setting_is_documented() -> None:
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == settings_markdown(), "run `make docs`"
    assert all(row.description for row in setting_rows())


def test_the_environment_wins_over_the_file_and_the_file_over_defaults(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "huimai.toml").write_text("port = 8001\n[ingestion]\npiece_seconds = 120\nworkers = 2\n")
    monkeypatch.setenv("HUIMAI_INGESTION__WORKERS", "3")
    settings = Settings()
    assert (settings.port, settings.ingestion.piece_seconds, settings.ingestion.workers) == (8001, 120.0, 3)
    assert settings.home == home


def test_a_misspelt_setting_is_an_error(home: Path) -> None:
    (home / "huimai.toml").write_text("prot = 8001\n")
    with pytest.raises(ValidationError, match="prot"):
        Settings()
