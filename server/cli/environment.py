"""The settings of this run."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ingestion.errors import BadInputError
from server.cli.messages import say, told

if TYPE_CHECKING:
    from server.settings import Settings


def load_settings() -> Settings:
    """Every setting, checked. Raises BadInputError that names the setting."""
    import tomllib

    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from server.settings import SETTINGS_FILE, Settings, default_home

    try:
        settings = Settings()  # pyright: ignore[reportCallIssue]
    except ValidationError as error:
        first = error.errors()[0]
        name = "__".join(str(part) for part in first["loc"])
        raise BadInputError(
            say("bad_setting", name=name, reason=_reason(first["type"], first["msg"])),
            say("bad_setting_hint", variable=f"HUIMAI_{name.upper()}", file=SETTINGS_FILE),
        ) from None
    except SettingsError as error:
        raise BadInputError(str(error), say("bad_variable_hint")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = say("bad_settings_file", path=default_home() / SETTINGS_FILE, error=error)
        raise BadInputError(reason, say("bad_settings_file_hint")) from None
    root = logging.getLogger()
    root.setLevel(min(root.level or logging.WARNING, logging.getLevelNamesMapping()[settings.log_level.upper()]))
    return settings


def _reason(kind: str, message: str) -> str:
    """What is wrong with a setting, without pydantic's own words around it."""
    return say("no_such_setting") if kind == "extra_forbidden" else told(message.removeprefix("Value error, "))
