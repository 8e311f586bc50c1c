"""`huimai models cards`: what chat models can do and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from server.cli.messages import say, word
from server.cli.options import Json, example

if TYPE_CHECKING:
    from agents.llm.cards import ModelCard, PriceList

EXAMPLE = example("huimai models cards", "huimai models cards --json")

_COLUMNS = ("name", "window", "thinking", "seller", "price", "read on", "successor")


def cards(as_json: Json = False) -> None:
    """What chat models can do, how much they read, what they cost and whose price that is: the cards that tiers name.

    A window is the native one, then what YaRN stretches it to. Prices are for a million tokens of input and output, by
    the length of the prompt.
    """
    from server.catalogue import open_cards
    from server.cli.environment import load_settings
    from server.cli.render import print_json, table

    found = list(open_cards(load_settings()))
    if as_json:
        print_json({"cards": [_document(card) for card in found]})
        return
    table(_COLUMNS, [row for card in found for row in _rows(card)])


def _rows(card: ModelCard) -> Iterator[tuple[str, ...]]:
    """A row for each seller, or one without a price."""
    stretched = f" / {card.extended_tokens}" if card.extended_tokens else ""
    first = (card.name, f"{card.context_tokens}{stretched}", word(card.thinking))
    if not card.prices:
        yield (*first, "", say("price_unknown"), "", card.successor or "")
    for prices in card.prices:
        yield (*first, prices.seller, _price(prices), prices.read_on.isoformat(), card.successor or "")


def _price(prices: PriceList) -> str:
    """The steps of a price list, such as `0.4 / 1.2 USD, >256000: 1.2 / 3.6`."""
    parts: list[str] = []
    end: int | None = None
    for step in prices.steps:
        thought = step.thinking_output not in (None, step.output)
        thinking = f" ({say('price_thinking', price=step.thinking_output)})" if thought else ""
        amount = f"{step.input} / {step.output}{thinking}"
        parts.append(f"{amount} {prices.currency}" if end is None else f">{end}: {amount}")
        end = step.up_to_tokens
    return ", ".join(parts)


def _document(card: ModelCard) -> dict[str, Any]:
    """The card as JSON; prices are numbers, each form of its weights has the command that serves it."""
    from agents.llm.vllm import serve_line

    document = card.model_dump(mode="json")
    for prices in document["prices"]:
        for step in prices["steps"]:
            step.update({key: float(value) for key, value in step.items() if isinstance(value, str)})
    for weights, described in zip(card.weights, document["weights"], strict=True):
        described["command"] = serve_line(card, weights)
    return document
