"""Search terms and sparse vectors."""

from collections import Counter
from zlib import crc32

import pytest

from ingestion.domain import SparseVector
from ingestion.text.sparse import OWN_SHARE, document_vector, query_vector
from ingestion.text.terms import terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kafka's queues were running", {"kafka", "queue", "run"}),
        ("成功率 98.2%", {"98.2%", "98.2"}),
        ("P95", {"p95", "p", "95"}),
        ("iOS16", {"ios16", "io", "16"}),
        ("iOS 16", {"io", "16"}),
        ("$15,000", {"15000"}),
        ("15万", {"15万", "15"}),
        ("3月28日", {"3月", "3", "28号", "28"}),
        ("ＡＰＩ", {"api"}),
        ("회의", {"회의"}),
    ],
)
def test_latin_and_numbers(text: str, expected: set[str]) -> None:
    assert expected <= set(terms(text))


def test_traditional_and_simplified_meet() -> None:
    assert terms("對賬文件") == terms("对账文件")


@pytest.mark.parametrize("word", ["网关", "支付", "退款", "工单", "灰度", "切流", "值班", "堆积"])
def test_every_two_character_word_is_found(word: str) -> None:
    text = "支付网关退款工单灰度切流值班手册堆积告警"
    assert set(terms(word)) <= set(terms(text))
    assert terms(word)


def test_pairs_across_words_are_found_once() -> None:
    counts = Counter(terms("网关网关"))
    assert counts["网关"] == 2
    assert counts["关网"] == 1


def test_stop_words_and_particles_are_no_terms() -> None:
    assert terms("the of and, 的 了 我们 是") == []
    assert not any("的" in term for term in terms("网关的证书"))


def alone(text: str) -> SparseVector:
    """The vector of a chunk without neighbours."""
    return document_vector(text, text)


def test_a_word_weighs_more_where_it_stands_than_beside_it() -> None:
    texts = ["the gateway", "is " + "fine " * 100, "lunch"]
    index = crc32(b"gateway")
    first, second = (
        dict(zip(v.indices, v.values, strict=True))[index]
        for v in (document_vector(text, "\n".join(texts[:3])) for text in texts[:2])
    )
    assert first > second > 0


def test_document_vector_is_saturated_sorted_and_unique() -> None:
    once, often = alone("gateway latency"), alone("gateway " * 50 + "latency")
    index = crc32(b"gateway")
    assert list(often.indices) == sorted(set(often.indices))
    assert len(often.indices) == len(often.values) == 2
    weight = dict(zip(often.indices, often.values, strict=True))
    assert weight[index] > dict(zip(once.indices, once.values, strict=True))[index]
    assert weight[index] < 2.2 * (1 + OWN_SHARE)


def test_longer_documents_weigh_less() -> None:
    short = dict(zip(*_pair("gateway"), strict=True))
    long = dict(zip(*_pair("gateway " + "other " * 400), strict=True))
    assert long[crc32(b"gateway")] < short[crc32(b"gateway")]


def _pair(text: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    vector = alone(text)
    return vector.indices, vector.values


def test_query_vector_drops_words_of_asking_unless_alone() -> None:
    assert query_vector("what did we discuss about the gateway").indices == query_vector("gateway").indices
    assert crc32("讨论".encode()) not in query_vector("大家讨论的网关").indices
    assert crc32("讨论".encode()) in alone("大家讨论的网关").indices
    assert query_vector("what was the conclusion").indices == (crc32(b"conclus"),)
    assert query_vector("").indices == ()


def test_colliding_terms_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.text.sparse.crc32", lambda data: 7)
    assert query_vector("gateway latency").indices == (7,)
    assert query_vector("gateway latency").values == (2.0,)
