"""Which recogniser hears a meeting of a language."""

from __future__ import annotations

import hashlib
from pathlib import Path

from server.recognisers import OwnRecognisers
from tests.doubles import ScriptedTranscriber
from tests.server.test_services import DoubleServices, closed, opened


def test_one_recogniser_for_each_model_and_one_choice_for_each_language() -> None:
    chosen: dict[str, str | None] = {"en": "ears-en", "de": "ears-en", "auto": None}
    made: list[str] = []

    def make(name: str) -> ScriptedTranscriber:
        made.append(name)
        return ScriptedTranscriber([name])

    recognisers = OwnRecognisers(lambda code: chosen[code], make)
    english = recognisers.of("en")
    assert english is not None
    assert recognisers.of("de") is english
    assert recognisers.of("auto") is None
    chosen["en"] = None
    assert recognisers.of("en") is english
    assert made == ["ears-en"]


def test_a_pulled_model_of_one_language_hears_its_meetings(tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "model.bin").write_bytes(b"x")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models.toml").write_text(f"""
[[model]]
name = "ears-en"
task = "speech"
engine = "faster-whisper"
description = "x"
licence = "MIT"
size = 1
memory_bytes = 500_000_000
capabilities = {{ languages = ["en"] }}
files = [{{ path = "model.bin", size = 1, sha256 = "{hashlib.sha256(b"x").hexdigest()}" }}]
sources = [{{ kind = "folder", path = "{tmp_path / "usb"}" }}]
""")
    settings = {"speech_model": "auto", "speech_device": "cpu"}
    services = opened(tmp_path / "home", DoubleServices, ingestion=settings, models_dir=tmp_path / "models")
    try:
        services.models.pull("ears-en")
        own = services.ingestion_deps().own_transcriber
        assert own is not None
        assert (heard_by := own("en")) is not None
        assert heard_by.model_id == "ears-en"
        assert own("zh") is None
        assert own("auto") is None
    finally:
        closed(services)
