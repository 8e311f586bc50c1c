"""The part of docs/models.md that is made of the model cards: what each can do, and the `vllm serve` lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.cards import ModelCard
from agents.llm.vllm import serve_line

_BEGIN = "<!-- made of the cards: `make docs` -->"
_END = "<!-- end of what is made of the cards -->"
_COLUMNS = (
    "card",
    "what it is",
    "window, native / YaRN",
    "reads evenly",
    "thinking",
    "schema, hosted",
    "sellers",
    "successor",
)


def with_cards(page: str, cards: Iterable[ModelCard]) -> str:
    """The page with its made part made anew. Raises ValueError when it has no place for it."""
    begin, end = page.index(_BEGIN), page.index(_END)
    return f"{page[:begin]}{_BEGIN}\n\n{cards_markdown(list(cards))}\n{page[end:]}"


def cards_markdown(cards: list[ModelCard]) -> str:
    """A table of the cards, then how the weights of each are served."""
    table = _row(_COLUMNS) + _row(["---"] * len(_COLUMNS)) + "".join(_row(_cells(card)) for card in cards)
    served = "\n".join(_served(card) for card in cards if card.weights)
    return f"{table}\n## The lines of `vllm serve`\n\n{served}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cells(card: ModelCard) -> tuple[str, ...]:
    stretched = f" / {card.extended_tokens:,}" if card.extended_tokens else ""
    return (
        f"`{card.name}`",
        card.description,
        f"{card.context_tokens:,}{stretched}",
        f"{card.even_tokens:,}",
        card.thinking,
        card.hosted_json_schema.replace("_", " "),
        ", ".join(f"{prices.seller} ({prices.currency}, {prices.read_on})" for prices in card.prices),
        f"`{card.successor}`" if card.successor else "",
    )


def _served(card: ModelCard) -> str:
    forms = [
        f"{weights.quantisation}, {weights.gpu_gib} GiB of GPU memory:\n\n    {serve_line(card, weights)}\n"
        for weights in card.weights
    ]
    return "\n".join([f"### {card.name}\n", *forms])


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_cards(path.read_text(encoding="utf-8"), CardCatalogue.load()), encoding="utf-8")
