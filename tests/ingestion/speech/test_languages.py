from __future__ import annotations

from collections.abc import Sequence

from ingestion.speech.languages import Hearing, is_mixed, language_of, spoken_languages


def choose_languages(heard: Sequence[Hearing]) -> list[str]:
    spoken = spoken_languages(heard)
    return [language_of(hearing, spoken) for hearing in heard]


def test_each_window_has_its_own_language():
    heard = [Hearing({"zh": 0.99, "en": 0.01}, 20), Hearing({"en": 0.97, "cy": 0.02}, 20), Hearing({"zh": 1.0}, 9)]
    assert choose_languages(heard) == ["zh", "en", "zh"]


def test_a_cough_does_not_become_a_third_language():
    heard = [Hearing({"zh": 0.99}, 20), Hearing({"ko": 0.5, "zh": 0.2}, 4), Hearing({"nn": 0.95}, 0.8)]
    assert choose_languages(heard) == ["zh", "zh", "zh"]


def test_without_a_sure_window_all_evidence_counts():
    heard = [Hearing({"en": 0.6, "de": 0.4}, 3), Hearing({"de": 0.7, "en": 0.3}, 20)]
    assert choose_languages(heard) == ["de", "de"]
    assert spoken_languages([]) == frozenset()


def test_mixed_windows_are_long_and_have_two_likely_languages():
    assert is_mixed(Hearing({"zh": 0.7, "en": 0.29}, 25))
    assert not is_mixed(Hearing({"zh": 0.7, "en": 0.29}, 3))
    assert not is_mixed(Hearing({"zh": 0.95, "en": 0.05}, 25))
    assert not is_mixed(Hearing({"en": 1.0}, 25))
