from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.errors import BadInputError
from ingestion.models.card import Capabilities, FolderSource, ModelCard, ModelFile, ModelTask
from ingestion.models.catalogue import Catalogue
from ingestion.models.manifest import record
from ingestion.models.receiving import sha256_of
from ingestion.models.store import ModelStore
from ingestion.settings import IngestionSettings
from ingestion.speech.choice import Choice, Why, choose, choose_recogniser, own_languages, require_recogniser


def card(name: str, memory: float, engine: str = "faster-whisper", **given: object) -> ModelCard:
    fields = {
        "name": name,
        "task": ModelTask.SPEECH,
        "engine": engine,
        "description": name,
        "licence": "MIT",
        "size": 1,
        "memory_bytes": round(memory * 1e9),
        "capabilities": Capabilities(languages=("en", "zh", "*")),
        "sources": (FolderSource(kind="folder", path=Path("/nowhere")),),
    }
    return ModelCard.model_validate(fields | given)


TINY, BASE, LARGE = card("tiny", 0.2), card("base", 0.4, default=True), card("large", 2.3)
CARDS = (
    TINY,
    BASE,
    LARGE,
    card("english", 3.0, capabilities=Capabilities(languages=("en",))),
    card("foreign", 6.0, engine="another"),
    card("vectors", 9.0, task=ModelTask.EMBEDDING),
)


def store(folder: Path, *here: str, cards: tuple[ModelCard, ...] = CARDS) -> ModelStore:
    for name in here:
        file = folder / name / "model.bin"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x")
        record(file.parent, name, (ModelFile(path="model.bin", size=1, sha256=sha256_of(file)),), "folder", "")
    return ModelStore(folder, Catalogue(cards))


def no_gpu() -> bool:
    return False


EVERYTHING = [one.name for one in CARDS]


@pytest.mark.parametrize(
    ("here", "gpu", "choice"),
    [
        (EVERYTHING, True, Choice("large", Why.GPU)),
        (EVERYTHING, False, Choice("base", Why.CPU)),
        (["tiny", "base"], True, Choice("base", Why.CPU)),
        (["large"], False, Choice("large", Why.CPU)),
        (["english", "foreign", "vectors"], True, Choice("base", Why.NONE_HERE)),
        ([], True, Choice("base", Why.NONE_HERE)),
    ],
)
def test_auto_is_the_largest_that_is_here_and_quick_enough(tmp_path: Path, here: list[str], gpu: bool, choice: Choice):
    assert choose("auto", store(tmp_path, *here), lambda: gpu) == choice


QUICK_ENGLISH = card("quick-english", 0.4, capabilities=Capabilities(languages=("en",)))
SMALL_ENGLISH = card("small-english", 0.1, capabilities=Capabilities(languages=("en",)))


@pytest.mark.parametrize(
    ("here", "gpu", "choice"),
    [
        (["base", "quick-english"], False, Choice("quick-english", Why.LANGUAGE)),
        (["base", "small-english"], False, Choice("base", Why.CPU)),
        (["base", "english"], False, Choice("base", Why.CPU)),
        (["base", "english"], True, Choice("english", Why.LANGUAGE)),
        (["large", "english"], True, Choice("english", Why.LANGUAGE)),
        (["large", "quick-english"], True, Choice("large", Why.GPU)),
        (["large", "quick-english"], False, Choice("large", Why.CPU)),
        (["quick-english"], False, Choice("quick-english", Why.LANGUAGE)),
        (["english"], False, Choice("base", Why.NONE_HERE)),
    ],
)
def test_a_language_has_its_own_recogniser_where_that_is_no_smaller_and_quick_enough(
    tmp_path: Path, here: list[str], gpu: bool, choice: Choice
):
    models = store(tmp_path, *here, cards=(*CARDS, QUICK_ENGLISH, SMALL_ENGLISH))
    assert choose("auto", models, lambda: gpu, "en") == choice
    for other in ("zh", "auto", None):
        assert choose("auto", models, lambda: gpu, other).name not in ("english", "quick-english", "small-english")
    assert choose("tiny", models, lambda: gpu, "en") == Choice("tiny", Why.NAMED)
    assert own_languages(models) == ["en"]


def test_a_name_is_taken_at_its_word(tmp_path: Path):
    assert choose("whatever", store(tmp_path), no_gpu) == Choice("whatever", Why.NAMED)


def test_a_gpu_is_not_used_where_the_cpu_is_set(tmp_path: Path):
    settings = IngestionSettings(speech_model="auto", speech_device="cpu")
    assert choose_recogniser(settings, store(tmp_path, *EVERYTHING)) == Choice("base", Why.CPU)


def test_a_server_hears_every_language(tmp_path: Path):
    settings = IngestionSettings(speech_model="ears", speech_base_url="http://127.0.0.1:8004/v1")
    for language in (None, "en"):
        assert choose_recogniser(settings, store(tmp_path), language) == Choice("ears", Why.SERVER)


def test_an_empty_catalogue_is_told(tmp_path: Path):
    with pytest.raises(BadInputError, match="no speech recogniser"):
        choose("auto", ModelStore(tmp_path, Catalogue([])), no_gpu)


def test_only_recognisers_that_run_here_are_accepted():
    require_recogniser(BASE)
    for wrong in CARDS[4:]:
        with pytest.raises(BadInputError):
            require_recogniser(wrong)
