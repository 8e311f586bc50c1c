"""What every embedder promises, held by the double and by the real engines alike."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingestion.embedding.factory import open_embedder
from ingestion.embedding.http import HttpEmbedder
from ingestion.embedding.served import Served
from ingestion.errors import BadInputError, ModelFailedError, ModelMissingError
from ingestion.http_calls import Patience
from ingestion.models.card import ModelCard
from ingestion.models.store import ModelStore
from ingestion.outbound import Outbound
from ingestion.ports import Embedder
from tests.conftest import SHIPPED_CATALOGUES
from tests.doubles import HashEmbedder
from tests.ingestion.embedding.embedding_server import DIMENSIONS, FakeEmbeddingServer, serving

TEXTS = [
    "The rollout will pause at ten percent until the error rate falls.",
    "灰度发布先停在百分之十，等错误率降下来再继续。",
    "Lunch is on Friday at noon.",
    "周五中午一起吃饭。",
]


def real_embedder(store: ModelStore, name: str) -> Embedder:
    return open_embedder(lambda: store.path(name), store.catalogue.get(name), threads=2, batch=2)


def untrained_sentence_transformer(folder: Path) -> Embedder:
    """A tiny model with random weights: enough to hold the engine to the contract without a download."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(1)
    words = sorted({word for text in TEXTS for word in re.findall(r"[a-z]+|[\u3400-\u9fff]", text.lower())})
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]))
    config = BertConfig(
        vocab_size=5 + len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    bert = folder / "bert"
    BertModel(config).save_pretrained(bert)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(bert)
    parts = Transformer(str(bert), max_seq_length=64), Pooling(32), Normalize()
    SentenceTransformer(modules=list(parts)).save(str(folder / "saved"))
    card = ModelCard.model_validate(
        {
            "name": "tiny",
            "task": "embedding",
            "engine": "sentence-transformers",
            "description": "",
            "licence": "",
            "size": 0,
            "memory_bytes": 0,
            "capabilities": {"dimensions": 32, "context_tokens": 64},
            "sources": [{"kind": "folder", "path": str(folder)}],
        }
    )
    return open_embedder(lambda: folder / "saved", card, threads=1, batch=2)


def served_embedder(url: str, **known: Any) -> Embedder:
    model = Served.model_validate({"name": "served/model", "dimensions": DIMENSIONS, **known})
    return HttpEmbedder(Outbound(), url, model, remote=False, patience=Patience(60))


@contextmanager
def live_server(store: ModelStore) -> Iterator[str]:
    """llama.cpp's own server with the chat model of the catalogue, which embeds well enough to be held to this."""
    name = "qwen2.5-coder-1.5b-instruct"
    file = store.path(name) / store.catalogue.get(name).files[0].path
    script = Path(__file__).with_name("live_llama_cpp.py")
    command = [sys.executable, str(script), str(file), "512"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"{process.stdout.readline().strip()}/v1"
        process.communicate(timeout=60)


@pytest.fixture(
    scope="module",
    params=[
        "double",
        pytest.param("multilingual-e5-small", marks=pytest.mark.models),
        pytest.param("sentence-transformers", marks=pytest.mark.slow),
        "vllm",
        "llama.cpp",
        "ollama",
        "dashscope",
        pytest.param("llama.cpp live", marks=[pytest.mark.models, pytest.mark.slow]),
    ],
)
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "double":
        yield HashEmbedder()
        return
    if request.param in ("vllm", "llama.cpp", "ollama", "dashscope"):
        with serving(FakeEmbeddingServer(request.param)) as server:
            yield served_embedder(server.url, most_texts=10)
        return
    if request.param == "llama.cpp live":
        with live_server(request.getfixturevalue("model_store")) as url:
            yield served_embedder(url, dimensions=1536)
        return
    if request.param == "sentence-transformers":
        real = untrained_sentence_transformer(request.getfixturevalue("tmp_path_factory").mktemp("model"))
    else:
        real = real_embedder(request.getfixturevalue("model_store"), request.param)
    yield real
    real.unload()


def test_one_unit_row_of_float32_for_each_text(embedder: Embedder) -> None:
    rows = embedder.embed_passages([*TEXTS, ""])
    assert rows.shape == (5, embedder.dimensions)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_row(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_a_query_is_one_unit_vector_near_the_text_it_repeats(embedder: Embedder) -> None:
    query = embedder.embed_query("When does the rollout pause?")
    assert query.shape == (embedder.dimensions,)
    assert query.dtype == np.float32
    assert int(np.argmax(embedder.embed_passages(TEXTS) @ query)) == 0


def test_a_row_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    together = embedder.embed_passages([TEXTS[2], TEXTS[0] * 20, TEXTS[3], TEXTS[1]])
    for row, text in zip(together, [TEXTS[2], TEXTS[0] * 20, TEXTS[3], TEXTS[1]], strict=True):
        assert float(row @ embedder.embed_passages([text])[0]) > 0.999


def test_a_text_beyond_the_context_is_cut_not_refused(embedder: Embedder) -> None:
    assert embedder.embed_passages(["the same words again " * 2000]).shape == (1, embedder.dimensions)


def test_it_works_again_after_unload(embedder: Embedder) -> None:
    before = embedder.embed_query(TEXTS[0])
    embedder.unload()
    assert float(before @ embedder.embed_query(TEXTS[0])) > 0.9999


def test_what_is_prepared_outlives_unload(embedder: Embedder) -> None:
    before = embedder.embed_query(TEXTS[0])
    embedder.unload()
    embedder.prepare()
    assert float(before @ embedder.embed_query(TEXTS[0])) > 0.9999


def test_threads_share_it(embedder: Embedder) -> None:
    alone = [embedder.embed_query(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(embedder.embed_query, TEXTS * 3))
    for index, vector in enumerate(shared):
        assert float(vector @ alone[index % len(TEXTS)]) > 0.9999


@pytest.mark.models
def test_chinese_and_english_meet_in_the_default_model(model_store: ModelStore) -> None:
    embedder = real_embedder(model_store, "multilingual-e5-small")
    rows = embedder.embed_passages(TEXTS)
    for text, other in ((0, 1), (2, 3), (1, 0), (3, 2)):
        scores = rows @ embedder.embed_query(TEXTS[text])
        scores[text] = -1
        assert int(np.argmax(scores)) == other


@pytest.mark.models
def test_queries_and_passages_get_their_own_prefix(model_store: ModelStore) -> None:
    embedder = real_embedder(model_store, "multilingual-e5-small")
    cosine = float(embedder.embed_query(TEXTS[0]) @ embedder.embed_passages(TEXTS[:1])[0])
    assert cosine < 0.9999
    card = model_store.catalogue.get("multilingual-e5-small")
    unprefixed = card.capabilities.model_copy(update={"query_prefix": "", "passage_prefix": ""})
    bare = open_embedder(lambda: model_store.path(card.name), card.model_copy(update={"capabilities": unprefixed}))
    assert float(bare.embed_query("query: " + TEXTS[0]) @ embedder.embed_query(TEXTS[0])) > 0.9999


def test_nothing_is_loaded_before_the_first_text(model_store: ModelStore) -> None:
    def absent() -> Path:
        raise ModelMissingError("the model is not on this machine", "pull it")

    embedder = open_embedder(absent, model_store.catalogue.get("multilingual-e5-small"))
    assert embedder.dimensions == 384
    with pytest.raises(ModelMissingError):
        embedder.embed_query("now")


def test_a_folder_that_holds_no_model_is_said_to_be_broken(model_store: ModelStore, tmp_path: Path) -> None:
    embedder = open_embedder(lambda: tmp_path, model_store.catalogue.get("multilingual-e5-small"))
    with pytest.raises(ModelFailedError, match="multilingual-e5-small"):
        embedder.embed_query("now")


def test_a_card_of_another_task_is_refused(model_store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="whisper-base"):
        open_embedder(lambda: tmp_path, model_store.catalogue.get("whisper-base"))


LIGHT = """
import json, sys
from pathlib import Path
import psutil
from ingestion.embedding.factory import open_embedder
from ingestion.models.catalogue import Catalogue
folder, catalogue = map(Path, sys.argv[1:])
card = Catalogue.load([catalogue]).get("multilingual-e5-small")
rss = psutil.Process().memory_info
embedder = open_embedder(lambda: folder, card, threads=1, batch=4)
embedder.embed_passages(["word " * 600] * 4)
loaded = rss().rss
embedder.unload()
print(json.dumps({"loaded": loaded, "unloaded": rss().rss, "torch": "torch" in sys.modules}))
"""


@pytest.mark.models
def test_the_default_model_is_light_and_gives_its_memory_back(model_store: ModelStore) -> None:
    folder = model_store.path("multilingual-e5-small")
    command = [sys.executable, "-c", LIGHT, str(folder), str(SHIPPED_CATALOGUES[0])]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SHIPPED_CATALOGUES[0].parent.parent)
    seen = json.loads(done.stdout)
    assert not seen["torch"]
    assert seen["loaded"] < 700e6
    if sys.platform == "linux":
        assert seen["unloaded"] < 250e6
