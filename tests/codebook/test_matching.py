"""The matcher against a slow one written from the rules in docs/codebook.md, and the choice among overlapping hits."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.codebook.codebook import CONCEPT_COLUMNS, PATTERN_COLUMNS, Codebook
from kit.codebook.loading import load_codebook
from kit.codebook.looked_up import mentions_of
from kit.codebook.matching import Source
from kit.codebook.validation import check
from kit.codebook.variants import without_context
from kit.corpus.tables import paragraphs
from kit.index.indexing import index_texts
from kit.index.order import leftmost_longest
from kit.language.sentences import breaks
from kit.language.tokens import tokenize

ENCLITIC = "-?(?:nya|lah|kah|ku|mu)"
HYPHENED = "-(?:nya|lah|kah|ku|mu)"


def reference(text, patterns):
    """Every hit of a text, by the written rules, token by token and pattern by pattern."""
    tokens = tokenize(text)
    cuts = breaks(text)
    paragraph = [sum(cut <= token.start for cut in cuts) for token in tokens]
    sentence = {cut: number for number, cut in enumerate(sorted(set(paragraph)))}
    lowered = text.lower()

    def is_word(place):
        return place < len(tokens) and tokens[place].kind in ("word", "number")

    def run(start, words, last):
        """The row of the last token of `words` from `start` on, or None."""
        here = start
        for number, word in enumerate(words):
            if not is_word(here) or paragraph[here] != paragraph[start]:
                return None
            wanted = last if number == len(words) - 1 else re.escape(word)
            if not re.fullmatch(wanted, tokens[here].text.lower()):
                return None
            if number < len(words) - 1:
                here += 1
                if here < len(tokens) and tokens[here].text in ("/", "-"):
                    here += 1
        return here

    def runs(phrase, last):
        words = split(phrase)
        if any(word not in lowered for word in words):
            return []
        found = [(start, run(start, words, last(words[-1]))) for start in range(len(tokens))]
        return [(start, end) for start, end in found if end is not None]

    hits = []
    for row in patterns.itertuples():
        if row.enabled == "no":
            continue
        if row.kind == "abbreviation":
            spelled = re.escape(row.pattern) + f"(?:{HYPHENED})?"
            found = [(here, here) for here, token in enumerate(tokens) if re.fullmatch(spelled, token.text)]
        else:
            found = runs(row.pattern, lambda word: re.escape(word) + f"(?:{ENCLITIC})?")
        voids = [
            span
            for block in row.blocks.split("|")
            if found and block.strip()
            for span in runs(block.strip(), lambda word: re.escape(word) + f"(?:{ENCLITIC})?")
        ]
        hits += [
            (row.concept, start, end, row.pattern, row.polarity, row.requires, row.refuses)
            for start, end in found
            if not any(begin <= start and end <= stop for begin, stop in voids)
        ]
    lines = [text.count("\n", 0, token.start) for token in tokens]
    words = [place for place in range(len(tokens)) if is_word(place)]
    rank = {place: number for number, place in enumerate(words)}

    def joined(one, other):
        """Whether nothing but blanks and single joints stands between two words of a sentence."""
        between = words[rank[one] : rank[other] + 1]
        return paragraph[one] == paragraph[other] and all(
            after - before == 1 or (after - before == 2 and tokens[before + 1].text in ("/", "-"))
            for before, after in pairwise(between)
        )

    def near(scope, hit, start, end):
        """Whether a stretch beside a hit lies in what a scope looks at."""
        if not (end < hit[1] or start > hit[2]):
            return False
        if scope == "document":
            return True
        if scope == "paragraph":
            return lines[start] == lines[hit[1]]
        if scope == "sentence":
            return paragraph[start] == paragraph[hit[1]]
        if scope == "phrase":
            return joined(min(start, hit[1]), max(end, hit[2]))
        gap = rank[hit[1]] - rank[start] if end < hit[1] else rank[end] - rank[hit[2]]
        return paragraph[start] == paragraph[hit[1]] and gap <= int(scope.split()[0])

    def met(condition, hit):
        scope, entries = (part.strip() for part in condition.split(":"))
        found = []
        for entry in entries.split("|"):
            name = entry.strip()
            if name[0] == "@":
                found += [(other[1], other[2]) for other in hits if other[0] in named(name[1:], hit) and stands(other)]
            else:
                found += runs(name, lambda word: re.escape(word) + f"(?:{ENCLITIC})?")
        if scope.startswith("per "):
            return sum(near("document", hit, *span) for span in apart(found)) >= len(words) // int(scope.split()[1])
        if " in " in scope:
            times, scope = scope.split(" in ")
            return sum(near(scope, hit, *span) for span in apart(found)) >= int(times)
        return any(near(scope, hit, *span) for span in found)

    def stands(hit):
        """Whether a pattern asks for nothing near it."""
        return all(condition.strip().startswith("per ") for condition in hit[5].split(";") if condition)

    def apart(found):
        """As many stretches as share no word: always the first to end, of these the shortest."""
        chosen = []
        for start, end in sorted(found, key=lambda span: (span[1], -span[0])):
            if not chosen or start > chosen[-1][1]:
                chosen.append((start, end))
        return chosen

    def named(name, hit):
        everything = set(patterns["concept"])
        return {name} if name in everything else everything - {hit[0]}

    kept = [
        hit
        for hit in hits
        if all(met(condition, hit) for condition in hit[5].split(";") if condition)
        and not any(met(condition, hit) for condition in hit[6].split(";") if condition)
    ]
    hits = [hit[:5] for hit in kept]
    chosen = []
    for concept in sorted({hit[0] for hit in hits}):
        left = [hit for hit in hits if hit[0] == concept]
        while left:
            best = min(left, key=lambda hit: (hit[1], -hit[2], -len(hit[3])))
            chosen.append(best)
            left = [hit for hit in left if hit[1] > best[2]]
    table = []
    for concept, start, end, pattern, polarity in chosen:
        gloss = (
            start >= 2
            and end + 1 < len(tokens)
            and tokens[start - 1].text == "("
            and tokens[end + 1].text == ")"
            and any(other[0] == concept and other[2] == start - 2 for other in chosen)
            and len(set(paragraph[start - 2 : end + 2])) == 1
        )
        where = (tokens[start].start, tokens[end].end)
        table.append((*where, concept, pattern, sentence[paragraph[start]], gloss, polarity))
    return sorted(table)


def split(phrase):
    return re.split(r"\s+-\s+|\s*/\s*|\s+", phrase.lower())


def fast(text, codebook):
    index = index_texts([text])
    table = mentions_of(Source(index, paragraphs=lambda: paragraphs(index, [text])), codebook)
    assert (table["doc"] == 0).all()
    columns = ["start", "end", "concept", "pattern", "sentence", "gloss", "polarity"]
    return list(table[columns].itertuples(index=False, name=None))


def codebook_of(*rows):
    patterns = (
        pd.DataFrame(
            [
                dict(zip(PATTERN_COLUMNS[:3], row[:3], strict=True))
                | dict(zip(("blocks", "requires", "refuses"), row[3:], strict=False))
                for row in rows
            ],
            dtype="str",
        )
        .reindex(columns=PATTERN_COLUMNS, fill_value="")
        .fillna("")
    )
    patterns["language"], patterns["enabled"], patterns["is_name"] = "id", "yes", "no"
    names = sorted(set(patterns["concept"]))
    concepts = pd.DataFrame(dict.fromkeys(("concept", "label_id", "label_en", "definition"), names), dtype="str")
    concepts["parent"], concepts["core"] = "g", "no"
    concepts = concepts.reindex(columns=CONCEPT_COLUMNS, fill_value="")
    problems, rules = check(concepts, patterns)
    assert not problems
    return Codebook("test", concepts, patterns, rules)


# Few words and much nesting, so that short random texts meet every rule.
TIGHT = codebook_of(
    ("one", "a", "form", "a b | x a | anya"),
    ("one", "b c", "phrase", "a b c c"),
    ("one", "a b c", "phrase"),
    ("one", "c", "form"),
    ("one", "cnya", "form"),
    ("two", "AB", "abbreviation", "x ab | AB c"),
    ("two", "Ab", "abbreviation"),
    ("two", "c/a", "phrase"),
    ("two", "a-b", "form"),
    ("two", "12 a", "phrase"),
)
BOUND = codebook_of(
    ("one", "a", "form", "a b", "sentence: @two | x"),
    ("one", "a b c", "phrase", "", "", "paragraph: 12"),
    ("one", "c", "form", "", "2 words: a b | @g", "phrase: b"),
    ("one", "b", "form"),
    ("two", "AB", "abbreviation", "", "paragraph: @one; document: x | cnya", "1 word: @two"),
    ("two", "Ab", "abbreviation", "x ab"),
    ("two", "x", "form", "", "", "document: @two"),
    ("three", "12", "form", "", "phrase: @one | @two"),
    ("four", "x", "form", "", "2 in document: @one | b | b c"),
    ("four", "a", "form", "", "", "2 in sentence: @four | c; 3 in document: b | a"),
    ("four", "c", "form", "", "per 4 words: @two | a b | b"),
    ("four", "12", "form", "", "2 in phrase: a | a b; 1 in 2 words: b", "per 3 words: @four"),
)
SMALL = st.lists(
    st.sampled_from(
        [
            "a",
            "b",
            "c",
            "cnya",
            "x",
            "A",
            "B",
            "AB",
            "Ab",
            "ab",
            "c-nya",
            "bnya",
            "anya",
            "cnyanya",
            "AB-nya",
            "ABnya",
            "12",
        ]
        + [" "] * 8
        + ["/", "-", " - ", "--", ", ", "(", ")", " (", ") ", ". ", "! ", "\n", "’", '"']
    ),
    max_size=25,
).map("".join)


@settings(max_examples=250)
@given(SMALL)
def test_equals_the_slow_matcher_on_a_tight_codebook(text):
    assert fast(text, TIGHT) == reference(text, TIGHT.patterns)


@settings(max_examples=250)
@given(SMALL)
def test_equals_the_slow_matcher_under_conditions(text):
    assert fast(text, BOUND) == reference(text, BOUND.patterns)


@cache
def shipped():
    """The shipped codebook without conditions, other senses and marks, which are tested in files of their own."""
    book = without_context(load_codebook())
    book = replace(book, rules=tuple(replace(rule, stands_for=()) for rule in book.rules))
    marked = book.patterns["pattern"].str.contains(r"[\[(~]") | book.patterns["blocks"].str.contains(r"[\[(~]")
    return book.with_patterns(
        disable=list(book.patterns.loc[marked, ["concept", "pattern"]].itertuples(index=False, name=None))
    )


@cache
def vocabulary():
    """Patterns, blocks and single words of the shipped codebook."""
    patterns = shipped().patterns
    phrases = [*patterns["pattern"], *(block.strip() for cell in patterns["blocks"] for block in cell.split("|"))]
    return sorted({word for phrase in phrases for word in [phrase, *phrase.split()] if word})


def changed(word, how):
    return {"upper": word.upper(), "title": word.title(), "glued": word + "nya", "hyphened": word + "-lah"}.get(
        how, word
    )


def talk():
    word = st.builds(
        changed, st.sampled_from(vocabulary()), st.sampled_from(["", "", "", "", "upper", "title", "glued", "hyphened"])
    )
    joint = st.sampled_from([" "] * 8 + [", ", "/", "-", " - ", " (", ") ", ". ", "\n", " dan ", " yang "])
    return st.lists(st.tuples(word, joint), max_size=14).map(lambda pairs: "".join(w + j for w, j in pairs))


@settings(max_examples=40)
@given(st.data())
def test_equals_the_slow_matcher_on_the_shipped_codebook(data):
    text = data.draw(talk())
    assert fast(text, shipped()) == reference(text, shipped().patterns)


@settings(max_examples=30)
@given(st.data())
def test_a_document_is_matched_as_if_it_stood_alone(data):
    texts = data.draw(st.lists(talk(), max_size=4))
    together = mentions_of(Source(index_texts(texts)), shipped())
    columns = ["start", "end", "concept", "pattern", "gloss", "polarity"]
    for number, text in enumerate(texts):
        alone = mentions_of(Source(index_texts([text])), shipped())[columns]
        pd.testing.assert_frame_equal(together.loc[together["doc"] == number, columns].reset_index(drop=True), alone)


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "step"), [("clickid_news/tempo.jsonl.gz", 150), ("peraturan_governance/peraturan.jsonl.gz", 40)]
)
def test_equals_the_slow_matcher_on_real_text(shared_data, file, step):
    with gzip.open(shared_data / file, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"][:4000] for line in list(lines)[::step]]
    assert len(texts) >= 3
    hits = 0
    for text in texts:
        found = fast(text, shipped())
        hits += len(found)
        assert found == reference(text, shipped().patterns)
    assert hits > 50


def greedy(hits):
    """Leftmost, then longest, then highest rank, again and again."""
    chosen = []
    left = list(enumerate(hits))
    while left:
        best = min(left, key=lambda item: (item[1][0], item[1][1], -item[1][2], -item[1][3]))
        chosen.append(best[0])
        group, _, last, _ = best[1]
        left = [item for item in left if item[1][0] != group or item[1][1] > last]
    return chosen


SPANS = st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(0, 4)).map(lambda hit: (*hit[:2], sum(hit[1:])))


@given(st.lists(SPANS, unique=True, max_size=25))
def test_choice_is_greedy_and_free_of_overlaps(spans):
    hits = [(*span, number) for number, span in enumerate(spans)]
    group, first, last, rank = (np.array([hit[part] for hit in hits], np.int32) for part in range(4))
    chosen = leftmost_longest(group, first, last, rank).tolist()
    assert chosen == greedy(hits)
    for one, other in pairwise(chosen):
        assert group[one] < group[other] or last[one] < first[other]


def test_of_two_patterns_on_one_word_the_exact_one_counts():
    codebook = codebook_of(("one", "tanggap", "form"), ("one", "tanggapnya", "form"))
    assert mentions_of(Source(index_texts(["tanggapnya tanggap tanggaplah"])), codebook)["pattern"].tolist() == [
        "tanggapnya",
        "tanggap",
        "tanggap",
    ]


def test_hits_are_sorted_by_start_then_end_then_concept():
    codebook = codebook_of(("one", "a b", "phrase"), ("one", "c", "form"), ("two", "a", "form"), ("zero", "c", "form"))
    found = mentions_of(Source(index_texts(["c a b"])), codebook)
    assert found[["concept", "pattern"]].to_numpy().tolist() == [
        ["one", "c"],
        ["zero", "c"],
        ["two", "a"],
        ["one", "a b"],
    ]


def test_no_text_and_no_pattern():
    assert mentions_of(Source(index_texts([])), shipped()).empty
    assert mentions_of(Source(index_texts(["", "..."])), shipped()).empty
    nothing = shipped().with_patterns(disable=shipped().patterns["pattern"])
    assert mentions_of(Source(index_texts(["ASN"])), nothing).empty
