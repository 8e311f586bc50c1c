from agents.qa.similarity import LineSimilarity
from tests.doubles import HashEmbedder


class Counting(HashEmbedder):
    def __init__(self):
        super().__init__()
        self.embedded = []

    def embed_passages(self, texts):
        self.embedded += texts
        return super().embed_passages(texts)


def test_lines_are_embedded_once_and_the_same_words_are_nearest():
    embedder = Counting()
    similarity = LineSimilarity(embedder)
    first = similarity.cosines("the budget grew", ["the budget grew", "lunch"])
    assert first[0] > first[1]
    assert similarity.cosines("lunch", ["lunch", "the budget grew"])[0] > 0.9
    assert sorted(embedder.embedded) == ["lunch", "the budget grew"]


def test_the_longest_unused_line_is_forgotten():
    embedder = Counting()
    similarity = LineSimilarity(embedder, keep=1)
    similarity.cosines("q", ["one"])
    similarity.cosines("q", ["two"])
    similarity.cosines("q", ["one"])
    assert embedder.embedded == ["one", "two", "one"]
    assert similarity.cosines("q", []) == []
