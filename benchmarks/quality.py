"""Every figure that retrieval and answers promise, beside its goal: `make bench-quality`.

Prints Markdown, or with `--json` one document. What a part found is kept under build/quality/ and used again as long as
the product's code and the settings are the same: a run that was broken off goes on where it stopped. `--fresh` forgets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers import markdown
from benchmarks.quality_figures import FIGURES, table
from benchmarks.quality_parts import PARTS, Result

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "quality"
PRODUCT = ("ingestion", "retrieval", "agents", "server", "requirements.lock")


def main() -> None:
    """Run the parts that are missing, then show all that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="NAME", help=f"parts: {', '.join(PARTS)}")
    parser.add_argument("--fresh", action="store_true", help="forget what is kept of these parts")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    arguments = parser.parse_args()
    names: Sequence[str] = arguments.only or list(PARTS)
    if arguments.fresh:
        for name in names:
            _file(name).unlink(missing_ok=True)
    failed = run(names, code_state())
    results = {name: kept["result"] for name in names if (kept := _kept(name)) and name not in failed}
    lines = [line for figure in FIGURES if (line := figure.line(results))["value"] is not None or not arguments.only]
    if arguments.json:
        print(json.dumps({"commit": commit(), "figures": lines, "parts": results}, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join([f"Commit {commit()}.", table(lines), *_tables(results)]))
    sys.exit(1 if failed else 0)


def run(names: Sequence[str], state: str) -> list[str]:
    """Run what is not kept for this state of the code, one after another; returns the names of what failed."""
    missing = [name for name in names if (_kept(name) or {}).get("code") != state]
    failed: list[str] = []
    for done, name in enumerate(missing):
        left = sum(_seconds(one) for one in missing[done:]) / 60
        _say(f"[{done + 1}/{len(missing)}] {name}; about {left:.0f} min left")
        began = time.monotonic()
        try:
            result = PARTS[name].run()
        except subprocess.CalledProcessError as error:
            _say(f"{name} failed: {' '.join(map(str, error.cmd))} ended with {error.returncode}")
            failed.append(name)
            continue
        seconds = round(time.monotonic() - began, 1)
        _keep(name, {"commit": commit(), "code": state, "seconds": seconds, "result": result})
    return failed


def commit() -> str:
    """The commit that is checked out, short, with `-dirty` where files differ from it."""
    return _git("describe", "--always", "--dirty", "--abbrev=12").strip() or "unknown"


def code_state() -> str:
    """A hash of the product's files as they stand in the working tree, committed or not, and of HUIMAI_* settings."""
    names = _git("ls-files", "--cached", "--others", "--exclude-standard", "--", *PRODUCT).splitlines()
    settings = sorted(item for item in os.environ.items() if item[0].startswith("HUIMAI_"))
    state = hashlib.sha256(repr(settings).encode())
    for name in sorted(set(names)):
        path = ROOT / name
        state.update(f"{name}\0".encode() + (path.read_bytes() if path.is_file() else b""))
    return state.hexdigest()[:16]


def _tables(results: dict[str, Result]) -> list[str]:
    """What is too much for a line each."""
    tables: list[str] = []
    if "scale" in results:
        rows: list[dict[str, Any]] = results["scale"]["sizes"]
        head = "| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0])
        tables.append("\n".join([head, *("| " + " | ".join(f"{v:,}" for v in row.values()) + " |" for row in rows)]))
    tables += [markdown(results[name]) for name in ("peers_en", "peers_zh") if name in results]
    return tables


def _seconds(name: str) -> float:
    """What a part took the last time, or takes by estimate."""
    kept = _kept(name)
    return kept["seconds"] if kept else PARTS[name].minutes * 60


def _kept(name: str) -> dict[str, Any] | None:
    try:
        return json.loads(_file(name).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _keep(name: str, document: dict[str, Any]) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    fresh = _file(name).with_suffix(".new")
    fresh.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(_file(name))


def _file(name: str) -> Path:
    return KEPT / f"{name}.json"


def _git(*arguments: str) -> str:
    """What git says, empty outside a repository."""
    done = subprocess.run(
        ["git", "--no-optional-locks", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
