"""Truth files: read and checked, each mistake told in one line that says where it stands."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ingestion.errors import BadInputError


class TruthRecord(BaseModel):
    """A record of a truth file. Types are taken as they stand, fields that are not known are left alone."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


Record = TypeVar("Record", bound=TruthRecord)


def read_record(path: Path, kind: type[Record], shape: str) -> Record:
    """The one JSON document of a file, gzipped or not. Raises BadInputError with `shape` as what was expected."""
    return _parsed(_read(path), kind, path.name, shape)


def read_records(path: Path, kind: type[Record], shape: str) -> Iterator[tuple[Record, str]]:
    """The records of a JSON Lines file, gzipped or not, one a line, each with where it stands ("F line 3").

    Raises BadInputError with `shape` as what was expected, when the file is empty too.
    """
    found = False
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip():
            found = True
            where = f"{path.name} line {number}"
            yield _parsed(line, kind, where, shape), where
    if not found:
        raise BadInputError(f"{path.name} is empty", shape)


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path.name} is not UTF-8 (byte {error.start})", "save it as UTF-8") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInputError(f"{path.name} is cut short or damaged ({error})", "copy or compress it again") from error
    except OSError as error:
        raise BadInputError(f"{path.name} cannot be read ({error.strerror})", "check the path") from error


def _parsed(text: str, kind: type[Record], where: str, shape: str) -> Record:
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise BadInputError(f"{where}: {f'{field}: ' if field else ''}{said}", shape) from error
    except RecursionError as error:
        raise BadInputError(f"{where}: nested too deep", shape) from error
