"""From a question to the evidence on the user's screen, over HTTP: the first `citation` event of the stream."""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.audio import SAMPLES
from benchmarks.measure import huimai, percentile, report, serving, throwaway_home

SETTLE_SECONDS = 3.0
"""For as long one needs to type a question, and the server finishes importing."""
QUESTIONS = (
    "压测的预算现在是多少？",
    "回滚的标准是什么？",
    "证书什么时候到期？",
    "对账文件要保留多久？",
    "谁负责灰度开关？",
    "退款放第几批？",
    "SLA 承诺是多少？",
    "p95 延迟现在是多少？",
)


def main() -> None:
    """Three servers' questions: one asked before anything is loaded, one after its page was opened, one as it goes on.

    The answers themselves are cut off.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="ask this data home instead of the sample meetings")
    parser.add_argument("--queries", type=Path, help='its questions, JSON Lines with "query", gzipped or not')
    arguments = parser.parse_args()
    if arguments.home:
        _measure(arguments.home, _questions(arguments.queries), rounds=1)
        return
    with throwaway_home() as home:
        files = sorted((SAMPLES / "A_zh_payment_gateway").glob("*.vtt"))
        huimai(home, "ingest", *map(str, files), "--project", "samples")
        _measure(home, QUESTIONS, rounds=2)


def _measure(home: Path, questions: Sequence[str], rounds: int) -> None:
    with _serving(home) as url:
        cold = _seconds_to_evidence(url, questions[0])
    with _serving(home) as url:
        httpx.post(f"{url}/api/v1/models/warm-up", timeout=60).raise_for_status()
        opened = _seconds_to_evidence(url, questions[0])
        found = [_seconds_to_evidence(url, question) for question in [*questions] * rounds]
    warm = [seconds for seconds in found if seconds is not None]
    report(
        "ask",
        questions=len(warm),
        abstained=len(found) - len(warm),
        first_question_cold_s=cold and round(cold, 2),
        first_question_page_open_s=opened and round(opened, 2),
        evidence_p50_s=round(percentile(warm, 0.5), 3),
        evidence_p95_s=round(percentile(warm, 0.95), 3),
    )


def _questions(path: Path) -> list[str]:
    data = path.read_bytes()
    lines = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode().splitlines()
    return [json.loads(line)["query"] for line in lines]


@contextmanager
def _serving(home: Path) -> Generator[str]:
    with serving(home, {"HUIMAI_AGENTS__CHAT_PROVIDER": "none"}) as server:
        time.sleep(SETTLE_SECONDS)
        yield server.url


def _seconds_to_evidence(url: str, question: str) -> float | None:
    """None when the answer is that there is none."""
    began = time.monotonic()
    headers = {"Accept": "text/event-stream"}
    with httpx.stream("POST", f"{url}/api/v1/ask", json={"question": question}, headers=headers, timeout=60) as stream:
        for line in stream.iter_lines():
            if line == "event: citation":
                return time.monotonic() - began
    return None


if __name__ == "__main__":
    main()
