"""How much of a text a reranker is given to read."""

from __future__ import annotations

from collections.abc import Sequence

_CHARACTERS_A_TOKEN = 4
"""Of English; Chinese has one or two. What is still too long an engine cuts by its own tokenizer."""


def readable(query: str, passages: Sequence[str], tokens: int) -> tuple[str, list[str]]:
    """The beginnings of the query and of each passage: as much as may fit into `tokens` tokens.

    The query gets half as many characters as there are tokens, so that any language leaves room for the passage.
    """
    characters = tokens * _CHARACTERS_A_TOKEN
    return query[: tokens // 2], [passage[:characters] for passage in passages]
