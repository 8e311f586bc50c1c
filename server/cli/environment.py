"""The settings of this run."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ingestion.errors import BadInputError

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
            f"setting {name}: {first['msg']}",
            f"correct HUIMAI_{name.upper()} or {SETTINGS_FILE}; `docs/settings.md` lists every setting",
        ) from None
    except SettingsError as error:
        raise BadInputError(str(error), "correct this environment variable") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError(f"{default_home() / SETTINGS_FILE} is not valid TOML: {error}", "correct it") from None
    root = logging.getLogger()
    root.setLevel(min(root.level or logging.WARNING, logging.getLevelNamesMapping()[settings.log_level.upper()]))
    return settings
