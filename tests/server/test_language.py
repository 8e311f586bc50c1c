"""Each request is answered in the language that it prefers."""

from __future__ import annotations

import httpx
import pytest

from ingestion.domain import Stage
from ingestion.errors import ModelFailedError
from server.language import preferred
from tests.server.conftest import EdgeServices

API = "/api/v1"
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.8"}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("ZH-Hant", "zh"),
        ("en,zh", "en"),
        ("zh,en", "zh"),
        ("en;q=0.5, zh ; q = 0.6", "zh"),
        ("fr,zh;q=0.1", "zh"),
        ("fr", "en"),
        ("*", "en"),
        ("zh;q=0", "en"),
        ("zh;q=nan,en;q=0.1", "en"),
        ("zh;q=9,en;q=0.1", "en"),
        ("zh;q=,en;q=0.1", "en"),
        ("zhuang", "en"),
        ("", "en"),
        (",;=,;q", "en"),
    ],
)
def test_the_language_that_is_preferred(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


@pytest.mark.parametrize(
    ("headers", "detail", "hint"),
    [
        (CHINESE, "没有会议“nobody”", "运行 `huimai meetings` 查看"),
        (ENGLISH, "there is no meeting 'nobody'", "`huimai meetings` lists them"),
        ({}, "there is no meeting 'nobody'", "`huimai meetings` lists them"),
    ],
)
def test_a_problem_is_told_in_the_language_of_the_request(
    client: httpx.Client, headers: dict[str, str], detail: str, hint: str
) -> None:
    response = client.get(f"{API}/meetings/nobody", headers=headers)
    document = response.json()
    assert (response.status_code, document["detail"], document["hint"]) == (404, detail, hint)
    assert document["type"] == "about:blank#not-found"
    assert response.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(
    ("method", "path", "content", "detail"),
    [
        ("GET", f"{API}/nothing", b"", f"{API}/nothing 没有内容"),
        ("GET", f"{API}/search", b"", "query: 必须填写"),
        ("POST", f"{API}/search", b'{"query": "", "limit": 1000}', "query: 至少要有 1 个字符; limit: 不能大于 100"),
        ("POST", f"{API}/search", b'{"query": ', "内容不是 JSON：第 10 个字符处缺少值"),
        ("GET", f"{API}/meetings?cursor=yesterday", b"", "“yesterday”不是翻页标记"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_in_chinese(
    client: httpx.Client, method: str, path: str, content: bytes, detail: str
) -> None:
    headers = {**CHINESE, "Content-Type": "application/json"}
    assert client.request(method, path, content=content, headers=headers).json()["detail"] == detail


def test_a_refusal_before_the_routes_is_told_in_chinese(client: httpx.Client) -> None:
    document = client.get(f"{API}/meetings", headers={**CHINESE, "Host": "evil.example"}).json()
    assert document["detail"] == "这个服务只供本机访问，不接受“evil.example”"


def test_a_stored_failure_is_told_in_the_language_of_the_request(client: httpx.Client, services: EdgeServices) -> None:
    error, hint = "weekly.m4a: no speech was found in it", "ingest the file again"
    note = "not UTF-8; read as GB18030"
    meeting = services.add_meeting("Weekly", stage=Stage.FAILED, error=error, hint=hint, notes=[note, "by hand"])

    def failure(path: str, headers: dict[str, str]) -> tuple[str, str]:
        document = client.get(f"{API}/{path}/{meeting}", headers=headers).json()
        return document["error"], document["hint"]

    for path in ("jobs", "meetings"):
        assert failure(path, CHINESE) == ("weekly.m4a：没有听到说话", "请重新导入文件")
        assert failure(path, ENGLISH) == (error, hint)
    assert client.get(f"{API}/meetings/{meeting}", headers=CHINESE).json()["notes"] == [
        "不是 UTF-8，按 GB18030 读取",
        "by hand",
    ]


def test_an_entity_tag_is_that_of_a_language(client: httpx.Client, services: EdgeServices) -> None:
    path = f"{API}/meetings/{services.add_meeting('Weekly', notes=['no byte order mark; read as UTF-16-LE'])}"
    english, chinese = client.get(path, headers=ENGLISH), client.get(path, headers=CHINESE)
    assert english.headers["etag"] != chinese.headers["etag"]
    same = client.get(path, headers={**CHINESE, "If-None-Match": chinese.headers["etag"]})
    other = client.get(path, headers={**CHINESE, "If-None-Match": english.headers["etag"]})
    assert (same.status_code, other.status_code) == (304, 200)
    assert {one.headers["vary"] for one in (english, chinese, same, other)} == {"Accept-Language"}


def test_an_error_in_a_stream_is_told_in_chinese(client: httpx.Client, services: EdgeServices) -> None:
    services.script.failure = ModelFailedError("the answer ended before it was whole", "ask again")
    headers = {**CHINESE, "Accept": "text/event-stream"}
    streamed = client.post(f"{API}/ask", json={"question": "When?"}, headers=headers).text
    assert '"detail": "回答还没有完整就结束了", "hint": "请再问一次"' in streamed
