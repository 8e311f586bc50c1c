"""What the values of the ledger are called, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.threads import Status
from agents.ledger.wording import KINDS, LINKS, REASONS, STATUSES
from agents.link.reasons import Why
from server.cli.messages import language, say
from server.cli.render import minute


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


def operation_word(operation: str) -> str:
    """What a person did to an item."""
    return say(f"op_{operation}")


def field_words(fields: Mapping[str, Any]) -> str:
    """Fields with their values, as a person set them or found them; what is not known says so."""
    return "; ".join(f"{say(f'field_{name}')}: {_value(name, value)}" for name, value in fields.items())


def fields_by_hand(fields: Mapping[str, str]) -> str:
    """Fields that a person set, with the minute of it."""
    return ", ".join(f"{say(f'field_{name}')} ({minute(at)})" for name, at in fields.items())


def _value(name: str, value: Any) -> str:
    if value is None:
        return say("nothing_known")
    if name == "kind":
        return kind_word(value)
    if name == "status":
        return status_word(value)
    if name == "type":
        return link_word(value)
    if name == "lines":
        return ", ".join(map(str, value))
    return " / ".join(_value("lines", part["lines"]) for part in value) if name == "parts" else str(value)
