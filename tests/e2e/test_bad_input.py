"""A folder of broken files beside good ones: one clear line each, and nothing half-stored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.commands import SAMPLES, Ran, clip, huimai, remuxed, write_wav
from tests.ingestion.media.bad_files import archived, protected, without_channels

pytestmark = [pytest.mark.models, pytest.mark.slow]

SERIES = SAMPLES / "A_zh_payment_gateway"
RECORDING = SERIES / "2026-03-02.m4a"
GOOD = {
    "ok.vtt",
    "bom-crlf.srt",
    "gb18030.txt",
    "broken-times.vtt",
    "two-seconds.wav",
    "eight-khz.wav",
    "wrong.mp3",
    "cut-short.m4a",
}
BAD = {
    "no-index.m4a",
    "empty.wav",
    "zero.mp3",
    "text.mp3",
    "nothing.vtt",
    "binary.srt",
    "silent.wav",
    "no-audio.wav",
    "no-channels.wav",
    "protected.m4a",
    "locked.mp3",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    folder = tmp_path_factory.mktemp("bad")
    files = folder / "files"
    files.mkdir()
    whole = RECORDING.read_bytes()
    (files / "cut-short.m4a").write_bytes(whole[: len(whole) // 8])
    index_last = remuxed(RECORDING, folder / "index-last.m4a").read_bytes()
    (files / "no-index.m4a").write_bytes(index_last[: len(index_last) // 2])
    (files / "empty.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt ")
    (files / "zero.mp3").write_bytes(b"")
    (files / "text.mp3").write_text("these are only words\n" * 50)
    (files / "nothing.vtt").write_text("WEBVTT\n\n")
    (files / "binary.srt").write_bytes(bytes(range(256)) * 40)
    write_wav(files / "silent.wav", bytes(16_000 * 2 * 10))
    write_wav(files / "no-audio.wav", b"")
    without_channels(files / "no-channels.wav")
    protected(Path(shutil.copy(RECORDING, files / "protected.m4a")))
    archived(files / "locked.mp3", encrypted=True)
    shutil.copy(SERIES / "2026-03-09.vtt", files / "ok.vtt")
    text = (SERIES / "2026-03-16.srt").read_text(encoding="utf-8")
    (files / "bom-crlf.srt").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (files / "gb18030.txt").write_bytes((SERIES / "2026-03-16.txt").read_text(encoding="utf-8").encode("gb18030"))
    broken = (SERIES / "2026-03-02.vtt").read_text(encoding="utf-8").replace("00:00:17.140", "00:00:01.000")
    (files / "broken-times.vtt").write_text(broken, encoding="utf-8")
    clip(RECORDING, files / "two-seconds.wav", 10.0, 12.0)
    clip(RECORDING, files / "eight-khz.wav", 20.0, 26.0)
    shutil.copy(clip(RECORDING, folder / "clip.wav", 30.0, 36.0), files / "wrong.mp3")
    home = folder / "home"
    return home, huimai(home, "ingest", files, "--project", "P", "--json")


def test_every_bad_file_gets_one_line_that_says_what_why_and_what_to_do(ran: tuple[Path, Ran]) -> None:
    _, result = ran
    assert result.code == 1
    failed = {Path(f["path"]).name: f for f in result.document["failed"]}
    assert set(failed) == BAD
    assert "encrypted" in failed["protected.m4a"]["error"]
    assert "encrypted" in failed["locked.mp3"]["error"]
    for name, failure in failed.items():
        assert "\n" not in failure["error"]
        assert failure["error"], name
        assert failure["hint"], name
    assert "Traceback" not in result.err


def test_the_good_ones_went_on_and_nothing_is_half_stored(ran: tuple[Path, Ran]) -> None:
    home, result = ran
    ready = {m["source_name"] for m in result.document["meetings"] if m["stage"] == "ready"}
    assert ready == GOOD
    listed = huimai(home, "meetings", "--json").document
    meetings = listed["meetings"] if isinstance(listed, dict) else listed
    # a recording in which nobody speaks was received, so it is kept, and says why it has no words
    assert {m["source_name"] for m in meetings} == GOOD | {"silent.wav"}
    cut = next(m for m in meetings if m["source_name"] == "cut-short.m4a")
    assert any("could be read" in note for note in cut["notes"]), cut["notes"]
    kept = [path for path in (home / "media").rglob("*") if path.is_file()]
    assert len(kept) == len([name for name in GOOD | {"silent.wav"} if name.endswith((".wav", ".mp3", ".m4a"))])
    working = {path.parent.name for path in (home / "work").rglob("*") if path.is_file()}
    assert working <= {m["id"] for m in meetings if m["source_name"] == "silent.wav"}
