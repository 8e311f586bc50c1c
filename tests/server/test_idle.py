import time
from collections.abc import Callable

import numpy as np

from ingestion.speakers.domain import SpeakerTurn
from server.idle import IdleDiarizer, IdleEmbedder, IdleReranker, IdleWatcher, Use
from tests.doubles import HashEmbedder, OverlapReranker, ScriptedDiarizer


class CountingEmbedder(HashEmbedder):
    unloads = 0

    def unload(self) -> None:
        self.unloads += 1


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.01)
    return False


def test_an_idle_model_is_unloaded_once() -> None:
    watcher, inner = IdleWatcher(0.05), CountingEmbedder()
    embedder = IdleEmbedder(inner, watcher)
    watcher.start()
    embedder.embed_query("a")
    assert eventually(lambda: inner.unloads == 1)
    time.sleep(0.2)
    assert inner.unloads == 1
    watcher.stop()


def test_a_reranker_is_unloaded_when_idle() -> None:
    class Counting(OverlapReranker):
        unloads = 0

        def unload(self) -> None:
            self.unloads += 1

    watcher, inner = IdleWatcher(0.05), Counting()
    reranker = IdleReranker(inner, watcher)
    watcher.start()
    assert reranker.rerank("a", ["a", "b"]) == [1.0, 0.0]
    assert eventually(lambda: inner.unloads == 1)
    watcher.stop()


def test_a_diarizer_is_unloaded_when_idle() -> None:
    class Counting(ScriptedDiarizer):
        unloads = 0

        def unload(self) -> None:
            self.unloads += 1

    watcher, inner = IdleWatcher(0.05), Counting([SpeakerTurn(1, 100.0, 104.0)])
    diarizer = IdleDiarizer(inner, watcher)
    watcher.start()
    shares: list[float] = []
    first, *_ = diarizer.listen(np.zeros(8 * 16_000, np.float32), 100.0, shares.append)
    assert (first.span.start, shares, diarizer.model_id) == (100.0, [1.0], inner.model_id)
    assert eventually(lambda: inner.unloads == 1)
    watcher.stop()


def test_a_model_in_use_is_never_unloaded() -> None:
    unloaded: list[bool] = []
    use = Use(lambda: unloaded.append(True), seconds=0.0)
    with use.begin():
        use.unload_if_idle()
        assert not unloaded
    use.unload_if_idle()
    assert unloaded == [True]
