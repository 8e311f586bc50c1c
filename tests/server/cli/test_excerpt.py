from server.cli.excerpt import excerpt

TEXT = "one\ntwo\nthe certificate expires in April\nfour\nfive"


def test_the_line_that_matches_best_is_shown_with_its_neighbours() -> None:
    assert excerpt(TEXT, "when does the certificate expire") == ["two", "the certificate expires in April", "four"]
    assert excerpt("证书四月到期\n好的", "证书") == ["证书四月到期", "好的"]


def test_the_last_line_still_has_two_before_it() -> None:
    assert excerpt(TEXT, "five") == ["the certificate expires in April", "four", "five"]


def test_without_a_shared_word_the_passage_begins_at_its_beginning() -> None:
    assert excerpt(TEXT, "budget") == ["one", "two", "the certificate expires in April"]
