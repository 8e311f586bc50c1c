"""From a question to the evidence on the user's screen, over HTTP: the first `citation` event of the stream."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import httpx

from benchmarks.audio import SAMPLES
from benchmarks.measure import HUIMAI, free_port, huimai, is_ready, percentile, report, throwaway_home, wait_until

SETTLE_SECONDS = 3.0
PROJECT = "支付网关升级"
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
    """Ask each question twice; the first of all, put once the server has been up for as long as one needs to type it,
    loads the embedding model. The answers themselves are cut off."""
    with throwaway_home() as home:
        files = sorted((SAMPLES / "A_zh_payment_gateway").glob("*.vtt"))
        huimai(home, "ingest", *map(str, files), "--project", PROJECT)
        port = free_port()
        server = _serve(home, port)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until(lambda: is_ready(url))
            time.sleep(SETTLE_SECONDS)
            first = _seconds_to_evidence(url, QUESTIONS[0])
            warm = [_seconds_to_evidence(url, question) for question in QUESTIONS * 2]
        finally:
            server.terminate()
            server.wait()
    report(
        "ask",
        first_question_s=round(first, 2),
        evidence_p50_s=round(percentile(warm, 0.5), 3),
        evidence_p95_s=round(percentile(warm, 0.95), 3),
    )


def _serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "HUIMAI_HOME": str(home), "HUIMAI_AGENTS__CHAT_PROVIDER": "none"}
    return subprocess.Popen(
        [str(HUIMAI), "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _seconds_to_evidence(url: str, question: str) -> float:
    began = time.monotonic()
    body = {"question": question, "project": PROJECT}
    with httpx.stream("POST", f"{url}/api/v1/ask", json=body, headers={"Accept": "text/event-stream"}) as stream:
        for line in stream.iter_lines():
            if line == "event: citation":
                return time.monotonic() - began
    raise SystemExit(f"no evidence for {question}")


if __name__ == "__main__":
    main()
