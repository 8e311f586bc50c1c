from __future__ import annotations

from pathlib import Path

import pytest

from agents.templates.catalogue import Templates
from agents.templates.template import MOST_BYTES, parse_template, read_template
from ingestion.errors import BadInputError, NotFoundError

BUILTIN = ("education_consultation", "interview", "livestream", "retrospective", "sales_call", "weekly_sync")
TOP = 'title = { en = "Mine" }\n'
SECTION = '[[sections]]\nkey = "a"\ntitle = { en = "A" }\n'
GOOD = TOP + SECTION + 'about = ["late"]\n'


def test_built_in_templates_are_valid_and_called_in_both_languages(tmp_path: Path) -> None:
    listed = Templates(tmp_path).all()
    assert tuple(one.name for one in listed) == BUILTIN
    for one in listed:
        assert one.template, one.error
        assert not one.own
        titles = [one.template.title, *(section.title for section in one.template.sections)]
        assert all(title.zh and title.en for title in titles), one.name
        for section in one.template.sections:
            assert len(set(section.about)) == len(section.about), (one.name, section.key)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TOP + SECTION + 'kinds = ["risk"]\nlimt = 3\n', ["`limt` is no field of sections[1]", "`limit`"]),
        ("x = 1\n" + GOOD, ["`x` is no field; allowed: `title`, `sections`"]),
        (GOOD.replace('{ en = "A" }', '{ fr = "A" }'), ["`fr` is no field of sections[1].title", "`zh`, `en`"]),
        (TOP + SECTION + 'kinds = ["decison"]\n', ["sections[1].kinds[1]: 'decison' is no kind", "commitment"]),
        (TOP + SECTION + 'kinds = ["update"]\n', ["'update' is no kind"]),
        (TOP + SECTION + 'kinds = "risk"\n', ["sections[1].kinds: must be a list"]),
        (GOOD + SECTION + 'kinds = ["risk"]\n', ["two sections have the key 'a'"]),
        (TOP + SECTION, ["sections[1]: a section needs `kinds`, `about` or `question`"]),
        (GOOD.replace('"a"', '"A b"'), ["sections[1].key: 'A b' is no key"]),
        (GOOD.replace('"late"', '" "'), ["sections[1].about[1]"]),
        (GOOD + "limit = 0\n", ["sections[1].limit", "1"]),
        (GOOD + "limit = true\n", ["sections[1].limit"]),
        (GOOD.replace('{ en = "A" }', "{}"), ["sections[1].title: a title needs `zh` or `en`"]),
        (GOOD.replace('{ en = "A" }', '"A"'), ["sections[1].title: must be a table"]),
        (SECTION + 'kinds = ["risk"]\n', ["title: is missing"]),
        (TOP + "sections = []\n", ["sections"]),
        ("title = \n", ["is not TOML in UTF-8"]),
        ("a = " + "[" * 5000, ["is not TOML in UTF-8"]),
        ("#" * (MOST_BYTES + 1), ["larger than 64 KiB"]),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, text: str, said: list[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as raised:
        read_template(file)
    message = raised.value.message
    assert message.startswith(f"{file}: ")
    assert "\n" not in message
    assert all(part in message for part in said), message
    assert "huimai templates check" in raised.value.hint


def test_what_is_no_text_or_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="is not TOML in UTF-8"):
        parse_template(b"\xff\xfe", "mine.toml")
    for missing in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadInputError, match="cannot be read"):
            read_template(missing)


def test_a_template_of_the_user_replaces_a_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "weekly_sync.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "面谈.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("x", encoding="utf-8")
    (tmp_path / "a.b.toml").write_text(GOOD, encoding="utf-8")
    templates = Templates(tmp_path)
    assert templates.get("weekly_sync").title.told("zh") == "Mine"
    assert templates.get("面谈").sections[0].key == "a"
    listed = {one.name: one for one in templates.all()}
    assert sorted(listed) == sorted([*BUILTIN, "broken", "面谈"])
    assert (listed["weekly_sync"].own, listed["interview"].own) == (True, False)
    assert "is not TOML" in (listed["broken"].error or "")
    with pytest.raises(BadInputError, match="is not TOML"):
        templates.get("broken")


@pytest.mark.parametrize("name", ["../secret", "..", "a/b", "/etc/passwd", "a\\b", "", "a.b", "x\n", "a" * 65, "~"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadInputError, match="is no name of a template"):
        Templates(tmp_path / "templates").get(name)


def test_an_unknown_name_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as raised:
        Templates(tmp_path).get("standup")
    assert "weekly_sync" in raised.value.hint
