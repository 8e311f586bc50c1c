"""docs/models.md holds every card, and what it shows is understood."""

from __future__ import annotations

import re
import textwrap
import tomllib
from pathlib import Path

import pytest

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.tiers import tiers
from agents.llm.vllm import serve_line
from agents.settings import AgentsSettings
from server.models_doc import with_cards

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
CARDS = CardCatalogue.load()
EMBEDDED = ["qwen2.5-coder-1.5b-instruct", "qwen3-4b-instruct-2507", "qwen3-8b"]


def blocks(holding: str) -> list[str]:
    """The indented blocks of the page that hold a text."""
    found = re.findall(r"(?:^(?:    .*)?\n)+", PAGE, re.MULTILINE)
    return [textwrap.dedent(block) for block in found if holding in block]


def test_the_page_is_what_the_cards_make_it() -> None:
    assert with_cards(PAGE, CARDS) == PAGE, "run `make docs`"


def test_every_card_and_every_line_is_on_the_page() -> None:
    for card in CARDS:
        assert f"| `{card.name}` |" in PAGE
        for weights in card.weights:
            assert f"    {serve_line(card, weights)}\n" in PAGE


def test_the_line_for_24_gb_is_the_card_s() -> None:
    card = CARDS.get("qwen3-14b")
    assert PAGE.index(serve_line(card, card.weights[0])) < PAGE.index("## DashScope")


@pytest.mark.parametrize("block", blocks("[agents."))
def test_settings_that_the_page_shows_are_understood(block: str) -> None:
    settings = AgentsSettings.model_validate(tomllib.loads(block)["agents"])
    assert len(tiers(settings, CARDS, EMBEDDED)) == max(1, len(settings.tiers))


def test_the_card_that_the_page_shows_is_understood(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    own.write_text(*blocks("[[card]]"))
    card = CardCatalogue.load(own).get("our-qwen")
    assert card.prices[0].steps[-1].up_to_tokens is None


def test_readers_find_the_page() -> None:
    assert "docs/models.md" in (ROOT / "README.md").read_text(encoding="utf-8")
