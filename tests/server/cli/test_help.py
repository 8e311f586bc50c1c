from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from server.cli.main import app

DOCS = Path(__file__).parents[3] / "docs" / "cli.md"
HEAVY = ("fastapi", "httpx", "pydantic", "sqlalchemy", "numpy", "torch", "dbos", "qdrant_edge", "langgraph", "openai")


def commands() -> Iterator[tuple[str, Any]]:
    def below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield " ".join(path), command
            return
        for name, child in inner.items():
            yield from below(child, (*path, name))

    return below(get_command(app), ())


ALL = dict(commands())
SHARED = {"--json", "--help", "-h"}


def sections() -> dict[str, str]:
    parts = re.split(r"^### huimai (.+)$", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def options(command: Any) -> set[str]:
    found = {option for p in command.params for option in (*p.opts, *p.secondary_opts) if option.startswith("--")}
    return found - SHARED


def test_documented_commands_are_the_ones_there_are() -> None:
    assert set(sections()) == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_options_are_documented_with_an_example(name: str) -> None:
    section = sections()[name]
    # `ask` documents the filters that `search` shares
    named = set(re.findall(r"--[a-z][a-z-]*", section))
    assert options(ALL[name]) <= named
    assert named - SHARED <= options(ALL[name])
    group = name.removesuffix(" list")
    assert re.search(rf"^    huimai {group}\b", section, re.MULTILINE)


@pytest.mark.parametrize("name", [*ALL, *sorted({name.split()[0] for name in ALL}), ""])
def test_help_has_an_example(cli, name: str) -> None:
    result = cli(*name.split(), "--help")
    assert result.code == 0
    assert "Example:" in result.out
    assert re.search(rf"^ *huimai {name}\b", result.out.partition("Example:")[2], re.MULTILINE)


@pytest.mark.parametrize("name", ALL)
def test_every_command_takes_json(name: str) -> None:
    assert "--json" in [option for p in ALL[name].params for option in p.opts]


def test_help_imports_nothing_heavy() -> None:
    code = f"""
import sys
sys.argv = ["huimai", "--help"]
from server.cli.main import main
try:
    main()
finally:
    sys.stderr.write(" ".join(name for name in {HEAVY} if name in sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert "Start here" in ran.stdout
