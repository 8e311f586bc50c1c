"""A review template: which sections a review has, and what of a meeting stands in each. A TOML file each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from agents.ledger.domain import ItemKind
from agents.qa.language import Language
from ingestion.errors import BadInputError

MOST_BYTES = 64 * 1024
"""How large a template's file may be."""

Kind = Literal[
    ItemKind.DECISION,
    ItemKind.COMMITMENT,
    ItemKind.QUESTION,
    ItemKind.RISK,
    ItemKind.METRIC,
    ItemKind.AIM,
    ItemKind.OUTCOME,
    ItemKind.TOPIC,
    ItemKind.ROLE,
]

_Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")
]
_CLOSED = ConfigDict(extra="forbid", frozen=True)
_WANTED = {
    "missing": "is missing",
    "tuple_type": 'must be a list, such as ["…", "…"]',
    "model_type": 'must be a table, such as { zh = "…", en = "…" }',
    "string_pattern_mismatch": "must not have control characters",
}
"""What is said for these of the model's errors, by their type."""

_HINT = (
    "mend the file; `huimai templates check FILE` says when it is right, `huimai templates show weekly_sync` shows one"
)


class Title(BaseModel):
    """What something is called, in one language at least."""

    model_config = _CLOSED

    zh: _Words | None = None
    en: _Words | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Title:
        if not (self.zh or self.en):
            raise PydanticCustomError("untitled", "a title needs `zh` or `en`")
        return self

    def told(self, language: Language) -> str:
        """The title in a language, or in the other one where only that is given."""
        given = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return next(title for title in given if title)


class Section(BaseModel):
    """One section: matters of the ledger by their `kinds`, and lines of the meeting by the words that they are `about`
    or a `question` that they speak of, at most `limit` of each."""

    model_config = _CLOSED

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    title: Title
    kinds: tuple[Kind, ...] = ()
    about: Annotated[tuple[_Words, ...], Field(max_length=200)] = ()
    question: _Words | None = None
    limit: int = Field(default=12, ge=1, le=100, strict=True)

    @model_validator(mode="after")
    def _selects_something(self) -> Section:
        if not (self.kinds or self.about or self.question):
            raise PydanticCustomError("empty_section", "a section needs `kinds`, `about` or `question`")
        return self


class Template(BaseModel):
    """A review template."""

    model_config = _CLOSED

    title: Title
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _keys_differ(self) -> Template:
        keys = [section.key for section in self.sections]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise PydanticCustomError("twice", "two sections have the key '{key}'; each needs its own", {"key": twice})
        return self


def read_template(file: Path) -> Template:
    """The template of a file. Raises BadInputError, which names the file, the field, and what is allowed there."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInputError(f"{file}: cannot be read ({error.strerror})", "name a file that is there") from None
    return parse_template(content, str(file))


def parse_template(content: bytes, name: str) -> Template:
    """The template of a file's content; `name` is what errors call it. Raises as `read_template`."""
    if len(content) > MOST_BYTES:
        raise BadInputError(f"{name}: larger than {MOST_BYTES // 1024} KiB, which no template needs to be", _HINT)
    try:
        given = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"{name}: is not TOML in UTF-8 ({_one_line(error)})", _HINT) from None
    try:
        return Template.model_validate(given)
    except ValidationError as error:
        raise BadInputError(f"{name}: {_said(error.errors(include_url=False)[0])}", _HINT) from None


def _said(error: ErrorDetails) -> str:
    """What is wrong in a file, where, and what is allowed there."""
    *above, last = error["loc"] or ("",)
    where, place = _place(error["loc"]), _place(tuple(above))
    if error["type"] == "extra_forbidden":
        allowed = ", ".join(f"`{name}`" for name in _fields(above))
        return f"`{last}` is no field{f' of {place}' if place else ''}; allowed: {allowed}"
    if error["type"] == "literal_error" and "kinds" in above:
        allowed = ", ".join(kind.value for kind in get_args(Kind))
        return f"{where}: '{_one_line(error['input'])}' is no kind; allowed: {allowed}"
    if error["type"] == "string_pattern_mismatch" and last == "key":
        return f"{where}: '{_one_line(error['input'])}' is no key; allowed: a-z, 0-9 and _, a letter first, at most 40"
    said = _WANTED.get(error["type"]) or _one_line(error["msg"])
    return f"{where}: {said}" if where else said


def _fields(above: list[int | str]) -> Mapping[str, Any]:
    """The fields of the table at a place."""
    if not above:
        return Template.model_fields
    return Title.model_fields if above[-1] == "title" else Section.model_fields


def _place(loc: tuple[int | str, ...]) -> str:
    """A place as people count: the third section is `sections[3]`."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def _one_line(value: object) -> str:
    return " ".join(str(cast(Any, value)).split())[:120]
