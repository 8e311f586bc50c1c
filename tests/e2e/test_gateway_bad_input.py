"""Every bad input of the model gateway, through the installed command: one line that says what and why, one that says
what to do, and nothing stored half."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import HTMLResponse

from tests.agents.llm.fake_providers import SHAPES, FakeProvider
from tests.agents.llm.fake_server import serving
from tests.e2e.commands import explained, huimai, served
from tests.ingestion.embedding.embedding_server import FakeEmbeddingServer
from tests.ingestion.embedding.embedding_server import serving as embedding

pytestmark = pytest.mark.slow

QUESTION = "What is the budget of the load test?"
SAID = "The budget of the load test is 150,000 dollars."
PAGE = "<!doctype html><title>Welcome to nginx!</title>"
BEHIND = 7200


def provider(kind: str, *says: Any, **headers: str) -> FakeProvider:
    fake = FakeProvider()
    fake.shape, fake.says, fake.headers = SHAPES[kind], list(says), headers
    return fake


def skewed() -> FakeProvider:
    """A server whose clock is two hours behind, and which asks for a wait of a second by that clock."""
    then = time.time() - BEHIND
    headers = {"date": formatdate(then, usegmt=True), "retry-after": formatdate(then + 1, usegmt=True)}
    return provider("vllm", (429, {"error": {"message": "slow down"}}), **headers)


FAULTY: dict[str, FakeProvider] = {
    "model": provider("vllm", *[SHAPES["vllm"].said_when["model"]] * 9),
    "key": provider("dashscope", *[SHAPES["dashscope"].said_when["key"]] * 9),
    "spaces": provider("dashscope"),
    "page": provider("vllm", *[HTMLResponse(PAGE)] * 9),
    "good": provider("vllm"),
    "skewed": skewed(),
}
"""Servers by the name of their tier."""


def nobody_listens() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


def tier(name: str, url: str, more: str = "", model: str = "qwen3-14b") -> str:
    return (
        f"[agents.servers.{name}]\nkind = 'vllm'\nbase_url = '{url}'\n{more}\n"
        f"[agents.tiers.{name}]\nmodel = '{model}'\nserver = '{name}'\nthinking = false\nreads = 'nothing'\n"
    )


def transcript(path: Path, lines: list[str], seconds: int = 8) -> Path:
    def clock(at: int) -> str:
        return f"{at // 3600:02}:{at % 3600 // 60:02}:{at % 60:02}.000"

    cues = [
        f"{clock(n * seconds)} --> {clock(n * seconds + seconds - 1)}\n<v {('Mina', 'Jon')[n % 2]}>{line}\n"
        for n, line in enumerate(lines)
    ]
    path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def embedder() -> Iterator[dict[str, str]]:
    """A server that embeds in no time, as the environment names it."""
    with embedding(FakeEmbeddingServer()) as fake:
        settings = {"BASE_URL": f"{fake.url}", "MODEL": "served/model", "DIMENSIONS": "96"}
        yield {f"HUIMAI_INGESTION__EMBEDDING_{name}": value for name, value in settings.items()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, embedder: dict[str, str]) -> Iterator[Path]:
    """A served home with a meeting, and a tier for each fault."""
    folder = tmp_path_factory.mktemp("gateway")
    home = folder / "home"
    home.mkdir()
    with ExitStack() as stack:
        urls = {name: stack.enter_context(serving(fake)).url for name, fake in FAULTY.items()}
        keys = {"key": "api_key = 'sk-wrong'", "spaces": "api_key = 'sk test 123'"}
        tiers = [tier(name, url, keys.get(name, "")) for name, url in urls.items()]
        tiers.append(tier("gone", nobody_listens()))
        tiers.append(tier("dear", urls["good"], "remote = true\nseller = 'dashscope'", "qwen3.8-max"))
        tiers.append(tier("unpriced", urls["good"], "remote = true"))
        budget = "[agents]\nchat_retries = 1\n[agents.budget]\nmonth = 0\n"
        (home / "huimai.toml").write_text(budget + "".join(tiers))
        lines = ["Let us begin.", SAID, "Good, the test runs on March 27th."]
        with served(home, **embedder):
            ran = huimai(home, "ingest", transcript(folder / "2026-03-16.vtt", lines), "--project", "P")
            assert ran.code == 0, ran.err
            yield home


def ask(home: Path, *arguments: str) -> dict[str, Any]:
    ran = huimai(home, "ask", QUESTION, "--project", "P", *arguments, "--json")
    assert ran.code == 0, ran.err
    assert "Traceback" not in ran.err
    return ran.document


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("model", "has no model 'qwen3-14b' (404)"),
        ("key", "refused the API key (401)"),
        ("spaces", "has a space in it, and was not sent"),
        ("page", "answered with a web page instead of a chat"),
        ("gone", "cannot be reached"),
    ],
)
def test_a_server_that_cannot_answer_costs_the_wording_and_is_told_in_one_line(home: Path, name: str, why: str) -> None:
    answer = ask(home, "--tier", name)
    assert answer["model"] is None
    assert SAID in answer["answer"]
    (note,) = answer["notes"]
    assert why in note
    assert "\n" not in note and "<" not in note and "sk" not in note


def test_a_key_with_spaces_goes_nowhere(home: Path) -> None:
    ask(home, "--tier", "spaces")
    assert FAULTY["spaces"].keys == []


def test_a_wait_by_a_clock_that_is_wrong_is_as_long_as_the_server_means(home: Path) -> None:
    answer = ask(home, "--tier", "skewed")
    assert len(FAULTY["skewed"].answered) >= 1, answer["notes"]
    assert answer["took_ms"] < 30_000


def test_doctor_names_what_is_wrong_and_what_to_do(home: Path) -> None:
    checks = {check["name"]: check for check in huimai(home, "doctor", "--json").document["checks"]}
    wrong = {"model": "not qwen3-14b", "spaces": "has a space", "gone": "does not answer"}
    for name, why in wrong.items():
        check = checks[f"tier {name}"]
        assert check["status"] == "warn", check
        assert why in check["text"], check
    assert all("sk test" not in check["text"] + check["hint"] for check in checks.values())


@pytest.mark.parametrize(("name", "why"), [("dear", "budget of 0.00 CNY"), ("unpriced", "price")])
def test_a_budget_of_nothing_stops_what_costs_and_what_may_cost(home: Path, name: str, why: str) -> None:
    for ran in (
        huimai(home, "route", "--task", "answer", "--project", "P", "--tier", name),
        huimai(home, "ask", QUESTION, "--project", "P", "--tier", name),
    ):
        error, hint = explained(ran)
        assert why in error
        assert "another tier" in hint
    rows = huimai(home, "usage", "--by", "tier", "--json").document["rows"]
    assert name not in {row["key"] for row in rows if row["calls"]}, "a refused call counts as none"


def test_what_is_free_goes_on_within_a_budget_of_nothing(home: Path) -> None:
    answer = ask(home, "--tier", "good")
    assert FAULTY["good"].answered, answer["notes"]


GPU = "[agents.servers.gpu]\nkind = 'vllm'\nbase_url = 'http://127.0.0.1:9/v1'\n"
MEDIUM = "[agents.tiers.medium]\nmodel = 'qwen3-14b'\nserver = 'gpu'\n"


@pytest.mark.parametrize(
    ("settings", "why", "what_to_do"),
    [
        (GPU + MEDIUM.replace("14b", "14c"), "'qwen3-14c', which has no model card", "did you mean qwen3-14b"),
        (GPU + MEDIUM.replace("'gpu'", "'gpuu'"), "server 'gpuu', which is not set", "did you mean gpu?"),
        (MEDIUM, "server 'gpu', which is not set", "add [agents.servers.gpu]"),
        (GPU + MEDIUM.replace("server = 'gpu'", ""), "'medium' has no server", "agents.tiers.medium.server"),
        (GPU + MEDIUM + MEDIUM, "not valid TOML", "correct it"),
        (GPU + MEDIUM.replace("tiers", "tier"), "agents__tier: there is no such setting", "docs/settings.md"),
        (GPU + MEDIUM + "thinkng = true", "thinkng: there is no such setting", "docs/settings.md"),
        (GPU.replace("base_url", "remot = false\nbase_url"), "remot: there is no such setting", "docs/settings.md"),
        (GPU.replace("vllm", "vlm") + MEDIUM, "kind: Input should be 'vllm'", "docs/settings.md"),
        (GPU.replace("http:", "htp:") + MEDIUM, "must be an http or https address", "docs/settings.md"),
        ("[agents.budget]\nmonth = -1", "greater than or equal to 0", "docs/settings.md"),
    ],
)
def test_settings_that_make_no_sense_are_told_in_one_line(
    tmp_path: Path, settings: str, why: str, what_to_do: str
) -> None:
    (tmp_path / "huimai.toml").write_text(settings)
    error, hint = explained(huimai(tmp_path, "route", "--minutes", "5"))
    assert why in error
    assert "Value error" not in error
    assert what_to_do in hint


@pytest.mark.parametrize(
    ("cards", "why"),
    [
        ("x = [", "not valid TOML"),
        ("[[card]]\nname = 'ours'", "family (ours): Field required"),
        ("[[cards]]\nname = 'ours'", "cards: Extra inputs"),
    ],
)
def test_cards_that_make_no_sense_are_told_in_one_line(tmp_path: Path, cards: str, why: str) -> None:
    (tmp_path / "models.toml").write_text(cards)
    error, hint = explained(huimai(tmp_path, "models", "cards"))
    assert why in error
    assert "correct or remove" in hint


def test_a_price_missing_from_a_card_is_unknown_not_nothing(tmp_path: Path) -> None:
    (tmp_path / "huimai.toml").write_text(GPU + "remote = true\n" + MEDIUM)
    ran = huimai(tmp_path, "route", "--minutes", "5", "--explain")
    assert ran.code == 0, ran.err
    assert "price not known" in ran.out
    assert huimai(tmp_path, "route", "--minutes", "5", "--json").document["estimate"]["cost"] is None


def test_a_meeting_of_a_million_tokens_is_planned_in_windows(tmp_path: Path) -> None:
    (tmp_path / "huimai.toml").write_text(GPU + MEDIUM)
    ran = huimai(tmp_path, "route", "--tokens", "1000000", "--json")
    assert ran.code == 0, ran.err
    found = ran.document
    assert (found["tier"], found["windowed"]) == ("medium", True)
    assert found["passes"] > 30
    assert found["estimate"]["prompt_tokens"] > 1_000_000, "windows overlap"
