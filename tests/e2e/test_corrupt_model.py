"""Model files that are damaged on disk: never used once it is known, one clear line, and a way on after the repair."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.e2e.commands import SAMPLES, Ran, clip, explained, huimai, served

pytestmark = [pytest.mark.models, pytest.mark.slow]

SPEECH, SPEAKERS, EMBEDDING = "whisper-base", "campplus-zh-en", "multilingual-e5-small"
CHAT = "qwen2.5-coder-1.5b-instruct"
SERIES = SAMPLES / "B_en_atlas_mobile"
Own = Callable[..., Path]


@pytest.fixture
def own(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Own:
    """A models folder of the test's own. Called with a name, it makes that model's files copies that may be damaged."""
    folder = tmp_path / "models"
    folder.mkdir()
    for name in (SPEECH, SPEAKERS, EMBEDDING, CHAT):
        (folder / name).symlink_to(models_dir / name)
    monkeypatch.setenv("HUIMAI_MODELS_DIR", str(folder))

    def copied(name: str, copy: Callable[[str, str], object] = shutil.copy2) -> Path:
        (folder / name).unlink()
        return Path(shutil.copytree(models_dir / name, folder / name, copy_function=copy))

    return copied


def copy_beginning(source: str, target: str) -> None:
    """A copy that broke off."""
    with Path(source).open("rb") as whole:
        Path(target).write_bytes(whole.read(1000))


def flip(file: Path) -> None:
    """Other bytes, the same size."""
    middle = file.stat().st_size // 2
    with file.open("r+b") as opened:
        opened.seek(middle)
        flipped = bytes(byte ^ 0xFF for byte in opened.read(4096))
        opened.seek(middle)
        opened.write(flipped)


def flip_unnoticed(file: Path) -> None:
    """Other bytes, the same size and time, as a failing disk leaves them."""
    before = file.stat()
    flip(file)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def refused(ran: Ran, model: str) -> str:
    """The hint of a command that did not use a damaged model."""
    error, hint = explained(ran)
    assert f"model {model}: model.bin is damaged" in error
    assert f"huimai models pull {model}" in hint
    return hint


def retry(home: Path, hint: str) -> Ran:
    named = re.search(r"`huimai (jobs retry \w+)`", hint)
    assert named, hint
    return huimai(home, *named.group(1).split())


def test_a_damaged_speech_model_is_not_used_and_the_ingest_goes_on_after_its_repair(
    own: Own, models_dir: Path, tmp_path: Path
) -> None:
    home, whole, damaged = tmp_path / "home", models_dir / SPEECH / "model.bin", own(SPEECH) / "model.bin"
    recording = clip(SERIES / "2026-03-04.m4a", tmp_path / "2026-03-04.wav", 30.0, 36.0)
    flip_unnoticed(damaged)
    verified = huimai(home, "models", "verify", SPEECH, "--json")
    assert verified.code == 1
    assert verified.document["models"][0]["state"] == "damaged"
    with served(home) as url, httpx.Client(base_url=url, trust_env=False) as client:
        hint = refused(huimai(home, "ingest", recording, "--project", "P"), SPEECH)
        os.truncate(damaged, 1000)
        refused(retry(home, hint), SPEECH)
        (meeting,) = client.get("/api/v1/meetings").json()["meetings"]
        assert meeting["stage"] == "failed"
        shutil.copy2(whole, damaged)
        assert retry(home, hint).code == 0
        assert client.get(f"/api/v1/meetings/{meeting['id']}/transcript").json()["utterances"]
    assert len([path for path in (home / "media").rglob("*") if path.is_file()]) == 1


def test_a_damaged_embedding_or_chat_model_is_not_used(own: Own, models_dir: Path, tmp_path: Path) -> None:
    home, damaged = tmp_path / "home", own(EMBEDDING) / "model.bin"
    flip(damaged)
    own(CHAT, copy_beginning)
    with served(home):
        hint = refused(huimai(home, "ingest", SERIES / "2026-03-04.vtt", "--project", "P"), EMBEDDING)
        refused(huimai(home, "ask", "When is the feature freeze?", "--project", "P"), EMBEDDING)
        shutil.copy2(models_dir / EMBEDDING / "model.bin", damaged)
        assert retry(home, hint).code == 0
        answer = huimai(home, "ask", "When is the feature freeze?", "--project", "P", "--json").document
    assert answer["model"] is None
    assert "damaged" in answer["tier_reason"]
    assert f"huimai models pull {CHAT}" in answer["tier_reason"]
    assert answer["citations"]
