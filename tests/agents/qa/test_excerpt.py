from agents.qa.excerpt import SHOWN, excerpt


def test_a_line_that_fits_is_shown_whole():
    assert excerpt("x" * SHOWN, ["y"]) == "x" * SHOWN


def test_of_a_long_line_the_part_that_speaks_of_the_question_is_shown():
    text = "filler " * 500 + "the Budget grew and the booth stays. " + "filler " * 500
    shown = excerpt(text, ["budget", "booth"])
    assert "the Budget grew and the booth stays." in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) == SHOWN + 2


def test_without_any_term_it_is_the_beginning():
    assert excerpt("a" * 1000, ["zebra"]) == "a" * SHOWN + "…"
