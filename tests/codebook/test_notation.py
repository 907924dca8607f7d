"""The notation of patterns against a slow matcher that tries every stretch of words by a regular expression."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.codebook.matching import Matcher, Source, find_hits
from kit.codebook.notation import MOST_VARIANTS, rows_of_phrase, split
from kit.codebook.prepared import Ready
from kit.codebook.rules import Rule, rule_of
from kit.errors import CodebookError
from kit.index.indexing import index_texts
from kit.index.postings import postings
from kit.language.sentences import breaks
from kit.language.tokens import tokenize

ENCLITIC = "(?:-?(?:nya|lah|kah|ku|mu))?"
WORD = r"[^ ~,|]+"
#: Patterns, and what they match in words that are tied by "~" (joined), "," (a comma) or "|" (anything else).
PATTERNS = {
    ("a [b] (c|x c)", "phrase"): f"a~(?:b~)?(?:x~)?c{ENCLITIC}",
    ("a ~2 b", "phrase"): f"a~(?:{WORD}~){{0,2}}b{ENCLITIC}",
    ("a ~dan b", "phrase"): f"a(?:~|(?:,{WORD}){{0,2}}[~,](?:dan|atau)~{WORD}~)b{ENCLITIC}",
    ("b*a", "glob"): f"b{WORD.replace('+', '*')}a{ENCLITIC}",
    ("?b [x]", "glob"): f"(?:{WORD.replace('+', '')}b~x|{WORD.replace('+', '')}b){ENCLITIC}",
    ("(a|c)(nya)? b+", "regex"): "(?:a|c)(?:nya)?~b+",
    ("x [~1 12] No. c", "phrase"): f"x~(?:(?:{WORD}~)?12~)?no~c{ENCLITIC}",
    ("tugas a", "lexeme"): "(?:tugas|tugas-tugas|tugas-tugasnya|tugasnya|tugaslah)~(?:a|anya)",
}
TEXTS = st.lists(
    st.sampled_from(
        ["a", "b", "c", "x", "A", "ab", "ba", "bxa", "bb", "anya", "bnya", "cnya", "dan", "atau", "12", "No", "no"]
        + ["tugas", "tugas-tugasnya", "tugasnya"]
        + [" "] * 16
        + [", ", ",", " - ", "/", ". ", ".", " (", ") ", "\n", "! A"]
    ),
    max_size=24,
).map("".join)


def tied(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a text, and how each is tied to the next."""
    tokens, cuts = tokenize(text), breaks(text)
    places = [place for place, token in enumerate(tokens) if token.kind in ("word", "number")]
    ties = []
    for one, other in zip(places, [*places[1:], None], strict=False):
        tie = "|"
        if other is not None and all(not tokens[one].end <= cut <= tokens[other].start for cut in cuts):
            between = [token.text for token in tokens[one + 1 : other]]
            if between in ([], ["-"], ["/"]) or (between == ["."] and tokens[one].text in ("No", "no", "NO")):
                tie = "~"
            elif between == [","]:
                tie = ","
        ties.append(tie)
    return [tokens[place].text.lower() for place in places], ties


def slow(text: str, expression: str) -> set[tuple[int, int]]:
    words, ties = tied(text)
    found = set()
    for first in range(len(words)):
        for last in range(first, len(words)):
            stretch = "".join(word + tie for word, tie in zip(words[first:last], ties[first:last], strict=True))
            if re.fullmatch(expression, stretch + words[last]):
                found.add((first, last))
    return found


@settings(max_examples=300)
@given(TEXTS)
def test_equals_a_slow_matcher(text: str) -> None:
    rules = [rule_of(*pattern) for pattern in PATTERNS]
    hits = find_hits(Matcher(Source(index_texts([text]))), Ready(rules))
    for number, (pattern, expression) in enumerate(PATTERNS.items()):
        mine = hits.some(hits.rule == number)
        found = list(zip(mine.first.tolist(), mine.last.tolist(), strict=True))
        assert found == sorted(slow(text, expression)), pattern


PLAIN = ["a", "b", "anya", "b a", "a b c", "x a", "No. c", "12 a", "b c b", "c-nya", "tugas"]


@settings(max_examples=150)
@given(TEXTS)
def test_plain_patterns_are_found_as_by_a_slow_matcher(text: str) -> None:
    few = find_hits(Matcher(Source(index_texts([text]))), Ready([rule_of(pattern, "phrase") for pattern in PLAIN]))
    for number, pattern in enumerate(PLAIN):
        words = [re.escape(word.lower().rstrip(".")) for word in pattern.split()]
        mine = few.some(few.rule == number)
        found = list(zip(mine.first.tolist(), mine.last.tolist(), strict=True))
        assert found == sorted(slow(text, "~".join(words) + ENCLITIC)), pattern


def hits_of(pattern: str, kind: str, text: str) -> list[str]:
    index = index_texts([text])
    hits = find_hits(Matcher(Source(index)), Ready([rule_of(pattern, kind)]))
    token = postings(index).token
    ends = index.end_of(token[hits.last])
    return [text[start:end] for start, end in zip(index.start[token[hits.first]].tolist(), ends.tolist(), strict=True)]


@pytest.mark.parametrize("expression", ["(a+)+", "(a|aa)*", "(a*)*b", "(.*a){20}", "(a|a?)+$"])
def test_an_expression_cannot_blow_up(expression: str) -> None:
    assert hits_of(expression, "regex", "b" + "a" * 5_000 + "c") == []  # a backtracking engine would not come back


def test_an_expression_that_grows_beyond_bounds_is_refused() -> None:
    for expression in ("((a{900}){900}){900}", "a" * 301):
        with pytest.raises(CodebookError, match="regular expression"):
            rule_of(expression, "regex")


def test_globs_and_expressions_read_any_letters() -> None:
    assert hits_of("caf?", "glob", "café dan CAFE\u0301") == ["café", "CAFE\u0301"]
    assert hits_of("c*", "glob", "c\ud800x ca") == ["c", "ca"]  # a lone surrogate is no letter
    assert hits_of("a-*", "glob", "a-b ab a") == ["a-b"]
    assert hits_of("É.", "regex", "éa ÉB e") == ["éa", "ÉB"]


def test_a_phrase_with_decomposed_and_invisible_characters_is_read_as_texts_are() -> None:
    assert rows_of_phrase("cafe\u0301 \u200bpu\u00adblik") == rows_of_phrase("café publik")
    assert hits_of("cafe\u0301", "form", "café") == ["café"]
    assert hits_of("PEMDA", "abbreviation", "PE\u00adMDA") == ["PE\u00adMDA"]


def test_cells_are_cut_outside_parentheses() -> None:
    assert split(" a (b|c) | d |  | (e|[f]) g") == ["a (b|c)", "d", "(e|[f]) g"]


def test_no_pattern_stands_for_too_many_rows() -> None:
    assert len(rows_of_phrase("(a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b)")) == MOST_VARIANTS
    with pytest.raises(CodebookError, match="more than 256 phrases"):
        rows_of_phrase("(a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) (a|b) [c]")


def test_a_lexeme_of_two_words_is_one_word_too() -> None:
    assert hits_of("ke depan", "lexeme", "ke depan, kedepan") == ["ke depan", "kedepan"]
    assert isinstance(rule_of("tugas", "lexeme"), Rule)
    assert pd.Series(hits_of("tugas", "lexeme", "tugas petugas bertugas tugas-tugasnya")).tolist() == [
        "tugas",
        "tugas-tugasnya",
    ]
