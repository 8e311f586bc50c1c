"""What the values of the ledger are called, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.threads import Status
from agents.ledger.wording import KINDS, LINKS, REASONS, STATUSES
from agents.link.reasons import Why
from server.cli.messages import language


def kind_word(kind: str) -> str:
    """What a kind of item is called."""
    return KINDS[ItemKind(kind)][language()]


def status_word(status: str) -> str:
    """How a matter stands."""
    return STATUSES[Status(status)][language()]


def link_word(link: str) -> str:
    """What an item does to an earlier one."""
    return LINKS[LinkType(link)][language()]


def reason_words(reason: str, values: Sequence[str]) -> str:
    """Why a link was made, with what was and what is."""
    words = REASONS[Why(reason)][language()]
    return f"{words}: {' → '.join(values)}" if values else words
