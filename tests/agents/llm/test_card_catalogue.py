"""The cards that come along, and the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.vllm import serve_arguments
from ingestion.errors import BadInputError
from ingestion.models.catalogue import Catalogue

OWN = """
[[model]]
name = "my-ears"
task = "speech"
engine = "x"
description = "x"
licence = "MIT"
size = 1
memory_bytes = 1
sources = [{ kind = "hub", repo = "org/repo" }]

[[card]]
name = "qwen3-14b"
family = "mine"
description = "mine"
context_tokens = 8192
even_tokens = 4096
"""


@pytest.fixture(scope="module")
def shipped() -> CardCatalogue:
    return CardCatalogue.load()


def test_those_that_come_along_are_whole(shipped: CardCatalogue) -> None:
    for card in shipped:
        assert card.even_tokens <= card.context_tokens < (card.extended_tokens or card.context_tokens + 1)
        assert card.max_output_tokens <= card.context_tokens
        assert card.successor is None or shipped.find(card.successor) not in (None, card)
        for prices in card.prices:
            assert prices.source.startswith("https://")
            assert prices.seller == {"CNY": "dashscope", "USD": "dashscope-intl"}[prices.currency]


def test_successors_lead_somewhere(shipped: CardCatalogue) -> None:
    for card in shipped:
        seen = [card.name]
        while (successor := shipped.get(seen[-1]).successor) is not None:
            assert successor not in seen
            seen.append(successor)


def test_what_can_think_is_served_with_a_reasoning_parser(shipped: CardCatalogue) -> None:
    for card in shipped:
        for weights in card.weights:
            options = serve_arguments(card, weights)
            assert ("--reasoning-parser" in options) == (card.thinking != "never"), card.name


def test_served_windows_are_within_the_card(shipped: CardCatalogue) -> None:
    for card in shipped:
        for weights in card.weights:
            window = int(weights.options[weights.options.index("--max-model-len") + 1])
            stretched = "--hf-overrides" in weights.options
            assert window <= (card.extended_tokens or 0 if stretched else card.context_tokens), card.name


def test_one_file_of_the_user_holds_both_kinds_of_cards(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    own.write_text(OWN)
    cards = CardCatalogue.load(own)
    assert cards.get("qwen3-14b").family == "mine"
    assert len(list(cards)) == len(list(CardCatalogue.load()))
    assert [card.name for card in Catalogue.load([own])] == ["my-ears"]


def test_a_file_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert len(list(CardCatalogue.load(tmp_path / "models.toml"))) == len(list(CardCatalogue.load()))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("even_tokens = 4096\n", ""), "card.0.even_tokens (qwen3-14b): Field required"),
        (("family", "famly"), "card.0.family (qwen3-14b): Field required"),
        (("8192", "'many'"), "card.0.context_tokens (qwen3-14b): Input should be a valid integer"),
        (("[[card]]", "[[cards]]"), "cards: Extra inputs are not permitted"),
        (("[[card]]", "[[card]"), "is not valid TOML"),
    ],
)
def test_a_wrong_card_is_named_with_its_file_and_field(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    own = tmp_path / "models.toml"
    own.write_text(OWN.replace(*change))
    with pytest.raises(BadInputError) as caught:
        CardCatalogue.load(own)
    assert str(own) in caught.value.message
    assert said in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("ends", [(2000, 1000), (1000, 1000), (None, 1000)])
def test_steps_of_prices_must_ascend(tmp_path: Path, ends: tuple[int | None, int]) -> None:
    steps = ", ".join(f"{{ input = '1', output = '1'{f', up_to_tokens = {end}' if end else ''} }}" for end in ends)
    prices = f"prices = [{{ seller = 's', currency = 'EUR', read_on = 2026-01-01, source = '', steps = [{steps}] }}]"
    own = tmp_path / "models.toml"
    own.write_text(OWN + prices)
    with pytest.raises(BadInputError, match=r"qwen3-14b.*ascend"):
        CardCatalogue.load(own)


def test_a_card_is_found_by_its_name_or_by_where_its_weights_are(shipped: CardCatalogue) -> None:
    names = ("qwen3-14b", "QWEN3-14B", "Qwen/Qwen3-14B", "Qwen/Qwen3-14B-AWQ")
    assert {shipped.get(name).name for name in names} == {"qwen3-14b"}


def test_an_unknown_name_names_near_ones(shipped: CardCatalogue) -> None:
    with pytest.raises(BadInputError) as caught:
        shipped.get("qwen3-15b")
    assert "qwen3-14b" in caught.value.hint
    with pytest.raises(BadInputError) as caught:
        shipped.get("!!!!")
    assert "huimai models cards" in caught.value.hint
