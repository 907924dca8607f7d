"""The rules file: each rule on its own examples, and what a broken file says."""

from __future__ import annotations

import pytest

from kit.errors import ReadingError
from kit.reading import rules as rules_module
from kit.reading.news import clean
from kit.reading.rules import load_rules

BODY = ["Warga datang sejak pagi.", "Petugas menyambut mereka.", "Loket dibuka pukul delapan."]
RULES = load_rules().lines


def articles(line, example):
    """The example at every place where the rule holds."""
    whole = ["anywhere", "start", "end", "last"]
    for where in whole if "anywhere" in line.where else line.where:
        if where == "start":
            yield [example, *BODY]
        elif where == "anywhere":
            yield [*BODY, example, *BODY, *BODY]
        elif where == "end":
            yield [*BODY, example, BODY[0]]
        else:
            yield [*BODY, example]


@pytest.mark.parametrize("number", range(len(RULES)))
def test_examples_of_each_rule(number):
    line = RULES[number]
    assert line.hits, "a rule shows what it is for"
    assert line.misses, "a rule shows what it must leave alone"
    for example in line.hits:
        for article in articles(line, example):
            removed = clean("\n".join(article)).removed
            assert [rule for _, _, rule, _ in removed] == [line.rule], example
    for example in line.misses:
        for article in articles(line, example):
            assert clean("\n".join(article)).text == "\n".join(article), example


def test_lines_that_belong_at_the_end_stay_in_the_middle():
    for line in RULES:
        if "anywhere" not in line.where:
            for example in line.hits:
                article = "\n".join([*BODY, example, *BODY, *BODY])
                if line.part == "whole":
                    assert clean(article).text == article, example


def test_no_rule_knows_the_seed(oracles):
    seed = (oracles / "seed_article_raw.txt").read_text(encoding="utf-8")
    content = (rules_module.HERE / "news_rules.toml").read_text(encoding="utf-8")
    assert "BANGSAONLINE" not in content.upper()
    for line in seed.splitlines():
        if line != "Cek Berita dan Artikel yang lain di Google News":
            assert line not in content


def variant(tmp_path, **changes):
    text = (rules_module.HERE / "news_rules.toml").read_text(encoding="utf-8")
    entry = {"rule": "own", "where": "last", "pattern": "Demikian~laporan kami\\.?", **changes}
    lines = [f"{key} = '{value}'" for key, value in entry.items() if value is not None]
    file = tmp_path / "own.toml"
    file.write_text(text + "\n[[line]]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_researcher_can_add_a_rule(tmp_path):
    rules = load_rules(variant(tmp_path))
    article = clean("Layanan dibuka.\nDemikian  laporan kami.", rules)
    assert article.text == "Layanan dibuka."
    assert article.removed == [(16, 39, "own", "Demikian  laporan kami.")]
    assert rules.digest != load_rules().digest


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"where": "top"}, "where = 'top'"),
        ({"part": "middle"}, "part = 'middle'"),
        ({"pattern": "(?P<headline>.+)"}, "unknown group 'headline'"),
        ({"pattern": "(("}, "does not compile"),
        ({"pattern": "<<nobody>>"}, "names no list of words: <<nobody>> -> use one of abbreviations"),
        ({"patern": "x"}, "unknown key 'patern'"),
        ({"rule": None}, "no 'rule'"),
    ],
)
def test_a_broken_rule_is_named_with_its_remedy(tmp_path, changes, problem):
    with pytest.raises(ReadingError) as caught:
        load_rules(variant(tmp_path, **changes))
    assert problem in str(caught.value)
    assert f"[[line]] {len(RULES) + 1}" in caught.value.place
    assert caught.value.remedy


def test_a_file_that_is_no_toml(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("[words\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"own\.toml"):
        load_rules(file)
    file.write_text("[words]\n", encoding="utf-8")
    with pytest.raises(ReadingError, match="no table"):
        load_rules(file)


def test_layout_and_comments_do_not_change_the_digest(tmp_path):
    text = (rules_module.HERE / "news_rules.toml").read_text(encoding="utf-8")
    file = tmp_path / "same.toml"
    file.write_text("# a comment\r\n" + text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert load_rules(file).digest == load_rules().digest
