"""Cards and the catalogue, the shipped one included."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.errors import BadInputError, NotFoundError
from ingestion.models.card import ModelTask
from ingestion.models.catalogue import Catalogue
from ingestion.models.conversion import converter
from tests.conftest import SHIPPED_CATALOGUES

CARD = """
[[model]]
name = "{name}"
task = "chat"
engine = "llama.cpp"
description = "{description}"
licence = "MIT"
size = 1
memory_bytes = 1
sources = [{{ kind = "hub", repo = "org/repo" }}]
"""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return Catalogue.load(SHIPPED_CATALOGUES)


def test_one_default_for_each_job_of_a_fresh_machine(shipped: Catalogue) -> None:
    assert sorted(card.task for card in shipped.defaults()) == [
        ModelTask.CHAT,
        ModelTask.EMBEDDING,
        ModelTask.SPEAKERS,
        ModelTask.SPEECH,
    ]


def test_defaults_are_pinned_and_can_be_had_from_packages(shipped: Catalogue) -> None:
    for card in shipped.defaults():
        assert card.pinned
        assert "wheels" in [source.kind for source in card.sources]


def test_shipped_sizes_are_those_of_the_files(shipped: Catalogue) -> None:
    for card in shipped:
        if card.pinned:
            assert card.size == sum(file.size for file in card.files)


def test_unpinned_cards_come_from_a_hub_that_states_hashes(shipped: Catalogue) -> None:
    for card in shipped:
        if not card.pinned:
            assert {source.kind for source in card.sources} <= {"hub", "modelscope"}


def test_wheels_hold_what_the_card_needs(shipped: Catalogue) -> None:
    for card in shipped:
        for source in card.sources:
            if source.kind != "wheels":
                continue
            if source.convert:
                converter(source.convert)
                continue
            made = {file.path: sum(part.size for part in file.parts) for file in source.files}
            assert made == {file.path: file.size for file in card.files}


def test_a_near_name_is_offered(shipped: Catalogue) -> None:
    with pytest.raises(NotFoundError) as caught:
        shipped.get("wisper-base")
    assert "whisper-base" in caught.value.hint


def test_a_name_like_no_other_points_to_the_list(shipped: Catalogue) -> None:
    with pytest.raises(NotFoundError) as caught:
        shipped.get("qqqqqq")
    assert "huimai models list" in caught.value.hint


def test_the_user_s_file_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    own.write_text(CARD.format(name="mine", description="new") + CARD.format(name="whisper-base", description="other"))
    catalogue = Catalogue.load([*SHIPPED_CATALOGUES, own, tmp_path / "absent.toml"])
    assert catalogue.get("mine").description == "new"
    assert catalogue.get("whisper-base").description == "other"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[model]\n", "TOML"),
        (CARD.format(name="a/../b", description=""), "name"),
        (CARD.format(name="m", description="").replace('kind = "hub"', 'kind = "ftp"'), "sources"),
        (CARD.format(name="m", description="") + 'colour = "red"', "colour"),
        (
            CARD.format(name="m", description="") + f'files = [{{ path = "../x", size = 1, sha256 = "{"0" * 64}" }}]',
            "inside",
        ),
    ],
)
def test_a_card_that_makes_no_sense_is_named(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "models.toml"
    own.write_text(text)
    with pytest.raises(BadInputError, match=said) as caught:
        Catalogue.load([own])
    assert str(own) in caught.value.message
