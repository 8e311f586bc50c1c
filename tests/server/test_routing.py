"""Which model would do it, over HTTP: real tiers of the settings, a real gateway, no model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from agents.llm.gateway import ChatGateway
from agents.settings import AgentsSettings, ServerSettings, TierSettings
from ingestion.errors import ModelMissingError
from ingestion.outbound import Outbound
from ingestion.repository import ProjectRepository
from server.home import Home
from server.route_documents import NewRoute, RouteDocument
from server.settings import Settings
from tests.server.conftest import EdgeServices, spoken

URL = "/api/v1/route"
AGENTS = AgentsSettings(
    servers={
        "house": ServerSettings(kind="vllm", base_url="http://127.0.0.1:9/v1"),
        "cloud": ServerSettings(base_url="https://models.example/v1", remote=True),
    },
    tiers={
        "local": TierSettings(model="tiny", server="house", context_tokens=8192),
        "medium": TierSettings(model="middle", server="house", context_tokens=131_072),
        "large": TierSettings(model="huge", server="cloud", context_tokens=262_144, served_as="huge-2026"),
    },
)


def no_file(name: str) -> Path:
    raise ModelMissingError(f"the model {name} is not here", "pull it")


class RoutingServices(EdgeServices):
    def open(self) -> None:
        super().open()
        self.chat = ChatGateway(self.settings.agents, no_file, outbound=Outbound(self.settings.offline))


@pytest.fixture
def services(tmp_path: Path, request: pytest.FixtureRequest) -> RoutingServices:
    home = tmp_path / "home"
    given: dict[str, Any] = {"agents": AGENTS, **getattr(request, "param", {})}
    return RoutingServices(Settings(home=home, **given), Home(home))


def asked(client: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = client.post(URL, json={"task": "extract", **body})
    assert answer.status_code == 200, answer.text
    RouteDocument.model_validate(answer.json())
    return answer.json()


def test_minutes_are_routed_with_reasons_and_an_estimate(client: httpx.Client) -> None:
    found = asked(client, minutes=42)
    assert {name: found[name] for name in ("tier", "model", "server", "windowed", "passes", "others", "refused")} == {
        "tier": "medium",
        "model": "middle",
        "server": "house",
        "windowed": False,
        "passes": 1,
        "others": ["large", "local"],
        "refused": [],
    }
    assert found["reason"] == "medium: 42 minutes of recording (from 10); large is not needed"
    assert [one["code"] for one in found["reasons"]] == ["at_once", "minutes_medium"]
    assert found["estimate"] == {
        "prompt_tokens": 18_300,
        "completion_tokens": 4096,
        "cost": {"amount": 0.0, "currency": "USD"},
    }
    assert [(one["tier"], one["state"]) for one in found["tiers"]] == [
        ("medium", "taken"),
        ("large", "next"),
        ("local", "next"),
    ]


def test_a_meeting_gives_its_length_words_and_signals(client: httpx.Client, services: RoutingServices) -> None:
    lines = [spoken(i, "I disagree with this budget.", f"Person {i % 8}", i * 6.0) for i in range(80)]
    id = services.add_meeting("Weekly", *lines, duration=480.0)
    found = asked(client, meeting=id)
    looked = found["looked_at"]
    assert (looked["seconds"], looked["project"], looked["private"]) == (480.0, "Atlas", False)
    assert looked["signals"] == {"speakers": 8, "disputes": 80, "agenda": False, "shape": "meeting"}
    assert 1500 < looked["prompt_tokens"] < 4000
    assert (found["tier"], "so it is harder: medium" in found["reason"]) == ("medium", True)


def test_a_private_project_never_leaves_whatever_is_said(client: httpx.Client, services: RoutingServices) -> None:
    id = services.add_meeting("Secret", spoken(0, "Hello."), spoken(1, "Good morning.", "Jon"), duration=7200.0)
    assert asked(client, meeting=id)["tier"] == "large"
    with services.database.session() as session:
        ProjectRepository(session).named("Atlas").private = True
    for body in ({"meeting": id, "private": False}, {"project": "Atlas", "minutes": 120}):
        found = asked(client, **body)
        assert (found["tier"], found["others"]) == ("medium", ["local"])
        assert found["refused"] == [
            {"tier": "large", "code": "private", "reason": "large is remote and must not see what is private"}
        ]
    refused = client.post(URL, json={"task": "extract", "meeting": id, "tier": "large"})
    assert (refused.status_code, "must not see" in refused.json()["detail"]) == (403, True)


@pytest.mark.parametrize("services", [{"offline": True}], indirect=True)
def test_offline_nothing_remote_is_taken(client: httpx.Client) -> None:
    found = asked(client, minutes=120)
    assert (found["tier"], found["refused"][0]["code"]) == ("medium", "offline")


@pytest.mark.parametrize("services", [{"agents": AgentsSettings(chat_provider="none")}], indirect=True)
def test_without_any_tier_there_is_none_and_it_says_why(client: httpx.Client) -> None:
    found = asked(client, minutes=5, language="zh")
    assert (found["tier"], found["model"], found["estimate"], found["passes"]) == (None, None, None, 0)
    assert found["reason"] == "无：没有设置任何语言模型"


def test_an_unknown_price_is_null(client: httpx.Client) -> None:
    found = asked(client, minutes=120)
    assert (found["tier"], found["model"], found["estimate"]["cost"]) == ("large", "huge-2026", None)


def test_an_answer_needs_no_measure_and_other_tasks_do(client: httpx.Client) -> None:
    assert asked(client, task="answer")["reasons"][1]["code"] == "tokens_medium"
    refused = client.post(URL, json={"task": "review"})
    assert (refused.status_code, "how much" in refused.json()["detail"]) == (422, True)


def test_a_million_tokens_are_read_in_windows(client: httpx.Client) -> None:
    found = asked(client, task="review", prompt_tokens=1_000_000)
    assert (found["tier"], found["windowed"]) == ("large", True)
    assert found["passes"] > 100


def test_the_project_of_a_meeting_is_its_own(client: httpx.Client, services: RoutingServices) -> None:
    id = services.add_meeting("Weekly", spoken(0, "Hello."))
    services.add_meeting("Other", spoken(0, "Hello."), project="Borealis")
    assert client.post(URL, json={"task": "extract", "meeting": id, "project": "Borealis"}).status_code == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"task": "extract", "minutes": 5, "tier": "huge"}, 422),
        ({"task": "extract", "minutes": -1}, 422),
        ({"task": "extract", "prompt_tokens": -1}, 422),
        ({"task": "extract", "prompt_tokens": 10**12}, 422),
        ({"task": "dance", "minutes": 5}, 422),
        ({"minutes": 5}, 422),
        ({"task": "extract", "minutes": 5, "tier": ""}, 422),
        ({"task": "extract", "meeting": "nope"}, 404),
        ({"task": "extract", "minutes": 5, "project": "Nowhere"}, 404),
    ],
)
def test_bad_input_is_refused(client: httpx.Client, body: dict[str, Any], status: int) -> None:
    answer = client.post(URL, json=body)
    assert (answer.status_code, bool(answer.json()["hint"])) == (status, True)


def test_numbers_without_end_are_refused(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post(URL, content='{"task": "extract", "minutes": NaN}', headers=headers).status_code == 422


def test_the_examples_of_the_documentation_are_valid() -> None:
    for model in (NewRoute, RouteDocument):
        config: Any = model.model_config
        model.model_validate(config["json_schema_extra"]["example"])
