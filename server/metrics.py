"""What `/metrics` tells Prometheus: requests, latency, meetings by stage, jobs in work, calls of models, process
memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agents.usage.counters import Counted

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The registry of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "huimai_http_requests", "HTTP requests by route", ("method", "route", "status"), registry=self.registry
        )
        self.latency = Histogram(
            "huimai_http_request_seconds",
            "Seconds until the whole response was sent",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def count_with(self, counts: Callable[[], Mapping[str, Mapping[str, int]]]) -> None:
        """Ask `counts` at every scrape for `{"meetings": {stage: n}, "jobs": {stage: n}}`."""
        self.registry.register(_StoredCounts(counts))

    def count_calls_with(self, counted: Callable[[], Iterable[Counted]]) -> None:
        """Ask `counted` at every scrape for the calls of models since the process began."""
        self.registry.register(_ModelCalls(counted))

    def text(self) -> bytes:
        """The exposition text. Blocking: it reads the database."""
        return generate_latest(self.registry)


class _StoredCounts(Collector):
    def __init__(self, counts: Callable[[], Mapping[str, Mapping[str, int]]]) -> None:
        self._counts = counts

    def collect(self) -> Iterable[Metric]:
        for name, by_stage in self._counts().items():
            gauge = GaugeMetricFamily(f"huimai_{name}", f"Number of {name} by stage", labels=("stage",))
            for stage, count in by_stage.items():
                gauge.add_metric((stage,), count)
            yield gauge

    def describe(self) -> Iterable[Metric]:
        return ()


class _ModelCalls(Collector):
    def __init__(self, counted: Callable[[], Iterable[Counted]]) -> None:
        self._counted = counted

    def collect(self) -> Iterable[Metric]:
        labels = ("task", "tier", "outcome")
        calls = CounterMetricFamily("huimai_model_calls", "Calls of models", labels=labels)
        tokens = CounterMetricFamily("huimai_model_tokens", "Tokens of models", labels=(*labels, "of"))
        seconds = CounterMetricFamily("huimai_model_seconds", "Seconds that calls of models took", labels=labels)
        cost = CounterMetricFamily("huimai_model_cost", "What calls of models cost", labels=(*labels, "currency"))
        for one in self._counted():
            of = (one.task, one.tier, one.outcome)
            calls.add_metric(of, one.calls)
            tokens.add_metric((*of, "prompt"), one.prompt_tokens)
            tokens.add_metric((*of, "completion"), one.completion_tokens)
            seconds.add_metric(of, one.seconds)
            for currency, spent in one.cost.items():
                cost.add_metric((*of, currency), spent)
        return (calls, tokens, seconds, cost)

    def describe(self) -> Iterable[Metric]:
        return ()


class Measured:
    """Counts and times every request under the path of its route, never under the path that was asked for."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        try:
            await self.app(scope, receive, watched)
        finally:
            route = str(getattr(scope.get("route"), "path", "") or "unmatched")
            self.metrics.requests.labels(scope["method"], route, str(status)).inc()
            self.metrics.latency.labels(scope["method"], route).observe(time.perf_counter() - began)
