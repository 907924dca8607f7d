"""Which documents tell one story, and which of them is the original: by hand, by an oracle, and whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.corpus import corpus as corpora
from kit.corpus.stories.sketches import Sketches
from kit.corpus.stories.stories import LEAST, may_be_equal, originals, ranking, stories
from kit.parts.parted import PartedCorpus

Paragraphs = list[str]

FIRST, SECOND = ("ba be da di ka ke la lo ma mu na pa ra sa ta", "han kir lun sip tan")
WORDS = [first + second for first in FIRST.split() for second in SECOND.split()]

# Four copies of one article, the wire's own last in the alphabet; one without a date; and an article of its own.
FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d", "e"],
        "text": ["Sama isi.", "Sama isi.", "Lain.", "Sama isi.", "Sama isi."],
        "date": ["", "2024-02-05", "2024-02-01", "2024-02-06", "2024-02-04"],
        "outlet": ["W", "X", "X", "Y", "Kantor Berita"],
    }
)


def article(seed: int, paragraphs: int = 6, words: int = 25) -> Paragraphs:
    """Draw the words of an article, so that it shares no run of five with another but by design."""
    drawn = np.random.default_rng(seed).choice(WORDS, (paragraphs, words))
    return [" ".join(row).capitalize() + "." for row in drawn.tolist()]


def corpus_of(texts: Sequence[str | Paragraphs], dates: Sequence[str] | None = None) -> kit.Corpus:
    """Make a corpus of texts, named a, b, c, …"""
    frame = pd.DataFrame({"doc_id": [f"{chr(97 + row)}" for row in range(len(texts))]})
    frame["text"] = ["\n".join(text) if isinstance(text, list) else text for text in texts]
    frame["date"] = [""] * len(texts) if dates is None else list(dates)
    return kit.Corpus.from_frame(frame.astype("str"), clean=False)


def copies(texts: Sequence[str | Paragraphs], dates: Sequence[str] | None = None) -> list[str]:
    """Return what each text is a copy of."""
    return corpus_of(texts, dates).documents["copy_of"].tolist()


def test_equal_texts_are_copies_of_the_earliest_dated_before_undated() -> None:
    assert copies(["Ya.", "Tidak.", "Ya.", "Ya.", "Tidak.", "Lain."]) == ["", "", "a", "a", "b", ""]
    assert copies(["Ya."] * 3, ["2024-02-05", "2024-02-04", ""]) == ["b", "", "b"]
    assert copies(["Ya."] * 3, ["", "", "2024-02-04"]) == ["c", "c", ""]


def test_empty_texts_are_no_copies_and_short_ones_only_of_equals() -> None:
    assert copies([]) == []
    assert copies(["", "Ya.", ""]) == ["", "", ""]
    assert copies(["Warga dilayani.", "Warga  dilayani.", "warga dilayani"]) == ["", "", ""]
    assert copies(["!!!", "!!!"]) == ["", "a"]


ONE = article(1)
CHANGED = {
    "the lead is cut": ONE[1:],
    "a sentence is added": [*ONE[:3], f"{ONE[3]} {article(2, 1, 12)[0]}", *ONE[4:]],
    "paragraphs are swapped": [ONE[0], ONE[4], ONE[2], ONE[3], ONE[1], ONE[5]],
    "all paragraphs stand elsewhere": ONE[::-1],
    "a title is put before it": [article(3, 1, 9)[0], *ONE],
    "the end is cut, a third kept": ONE[:2],
    "the paragraphs are joined": " ".join(ONE),
    "a word is replaced": [ONE[0].replace(ONE[0].split()[9], "dilayani"), *ONE[1:]],
    "it is in capitals": [paragraph.upper() for paragraph in ONE],
    "all at once": [*ONE[2:4], f"{ONE[1]} {article(2, 1, 12)[0]}", *ONE[4:]],
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_changed_copy_is_found(change: str) -> None:
    other = article(9)
    assert copies([CHANGED[change], other, ONE], ["2024-02-05", "", "2024-02-04"]) == ["c", "", ""]


ALIKE = {
    "half is new on either side": [*article(7, 3), *ONE[3:]],
    "a third is new on either side": [*article(7, 2), *ONE[2:]],
    "a word in eight is replaced": [
        " ".join("dilayani" if place % 8 == 4 else word for place, word in enumerate(paragraph.split()))
        for paragraph in ONE
    ],
}


@pytest.mark.parametrize("case", ALIKE)
def test_what_shares_much_is_no_copy(case: str) -> None:
    assert copies([ONE, ALIKE[case]]) == ["", ""]


def test_a_later_text_that_is_mostly_new_is_a_story_of_its_own() -> None:
    """A first report stands whole in a long one of the next day; of the same day the long one is the original."""
    long = [*ONE, *article(8, 8)]
    assert copies([ONE, long], ["2024-02-04", "2024-02-05"]) == ["", ""]
    assert copies([ONE, long], ["2024-02-05", "2024-02-04"]) == ["b", ""]
    assert copies([ONE, long], ["2024-02-04", "2024-02-04"]) == ["b", ""]
    assert copies([ONE, [*ONE, *article(8, 4)]], ["2024-02-04", "2024-02-05"]) == ["", "a"]


def rates(*figures: str) -> str:
    """Tell the rates of a day, in the words of every day."""
    template = "\n".join(article(4, 8))
    for place, figure in enumerate(figures):
        template = template.replace(WORDS[place], f"{WORDS[place]} {figure}", 1)
    return template


def test_the_same_words_with_other_figures_are_no_copy() -> None:
    monday, tuesday = ("14.085", "0,3", "2019", "16"), ("14.120", "0,7", "2019", "17")
    same = rates(*monday), rates(*monday[:3], "17"), rates(*tuesday)
    assert copies(same, ["2019-09-16", "2019-09-17", "2019-09-18"]) == ["", "a", ""]


def test_the_shortest_near_copy_has_twenty_runs() -> None:
    assert LEAST == 20
    for words, found in ((24, "a"), (23, "")):  # 20 and 19 runs of five words
        [text] = article(5, 1, words)
        assert copies([f"{text}\n{ONE[0]}", text]) == ["", found]


def test_a_chain_does_not_join_its_ends() -> None:
    """Each text cuts a paragraph of the last and adds one: neighbours are alike, the ends are not."""
    paragraphs = article(6, 16)
    chain = [paragraphs[begin : begin + 10] for begin in range(4)]
    assert copies(chain, [f"2024-02-0{day}" for day in range(1, 5)]) == ["", "a", "", "c"]


def test_of_two_originals_the_earlier_is_meant() -> None:
    one, other = article(10, 6), article(11, 6)
    compiled = [*one, *other]
    assert copies([one, other, compiled], ["2024-02-02", "2024-02-01", "2024-02-03"]) == ["", "", "b"]


def test_an_equal_text_has_the_original_of_its_equal() -> None:
    cut = ONE[1:]
    assert copies([cut, ONE, cut], ["2024-02-02", "2024-02-01", "2024-02-03"]) == ["b", "", "b"]


def test_the_longest_is_the_original_then_the_first_by_name() -> None:
    assert copies([ONE[1:], ONE, ONE[:5], ONE], ["2024-02-01"] * 4) == ["b", "", "b", "b"]
    assert copies([ONE[1:], ONE]) == ["b", ""]


def test_ranking_by_hand() -> None:
    table = pd.DataFrame(
        {"doc_id": list("abcde"), "date": ["", "2024", "2024-01-02", "", "2024"], "words": [9, 3, 9, 12, 3]}
    )
    assert ranking(table).tolist() == [1, 4, 2, 3, 0]


@given(
    st.lists(st.tuples(st.sampled_from(["", "2023", "2024-01-02", "2024"]), st.integers(0, 3)), max_size=9), st.data()
)
def test_ranking_is_by_date_then_size_then_name(rows: list[tuple[str, int]], data: st.DataObject) -> None:
    names = data.draw(st.permutations([f"{row}é" for row in range(len(rows))]))
    dates, words = [date for date, _ in rows], [size for _, size in rows]
    table = pd.DataFrame({"doc_id": names, "date": dates, "words": words})
    table = table.astype({"doc_id": "str", "date": "str", "words": "int64"})
    expected = sorted(range(len(rows)), key=lambda row: (not dates[row], dates[row], -words[row], names[row]))
    assert ranking(table).tolist() == expected


def test_the_original_of_a_corpus_is_the_earliest() -> None:
    corpus = kit.Corpus.from_frame(FRAME)
    assert corpus.documents["copy_of"].tolist() == ["e", "e", "", "e", ""]
    assert corpus.group_of("copy_of").tolist() == ["e", "e", "not stated", "e", "not stated"]
    assert originals(corpus).tolist() == [4, 4, 2, 4, 4]
    assert stories(corpus).tolist() == [0, 0, 1, 0, 0]
    chosen = corpus.where(doc_id=["a", "b", "d"])
    assert chosen.documents["copy_of"].tolist() == ["e", "e", "e"]
    assert originals(chosen).tolist() == [1, 1, 1]


def slow(corpus: kit.Corpus) -> list[str]:
    """Decide what is a copy of what by the rule as it is written, comparing all with all."""
    known = []
    for name, date, text in corpus.documents[["doc_id", "date", "text"]].itertuples(index=False):
        words = [[word.strip(".").casefold() for word in line.split()] for line in text.splitlines()]
        runs = {tuple(w[i : i + 5]) for w in words if w for i in range(max(len(w) - 4, 1))}
        known.append(((not date, date, -sum(map(len, words)), name), name, text, runs))
    found: dict[str, str] = {}
    firsts: list[tuple[str, str, set[tuple[str, ...]]]] = []
    for _, name, text, runs in sorted(known):
        for first, body, other in firsts:
            shared, fewer = len(runs & other), min(len(runs), len(other))
            near = fewer >= 20 and shared >= 0.85 * fewer and shared >= 0.5 * len(runs)
            if text and (body == text or near):
                found[name] = first
                break
        else:
            firsts.append((name, text, runs))
    return [found.get(name, "") for name in corpus.documents["doc_id"]]


PIECES = article(20, 9, 12)
DATES = st.sampled_from(["", "2024-02-01", "2024-02-02"])
TEXTS = st.lists(st.tuples(st.lists(st.sampled_from(PIECES), max_size=7), DATES), max_size=9)


@settings(max_examples=15)
@given(TEXTS, st.lists(st.integers(0, 6), min_size=9, max_size=9))
def test_any_order_and_any_cut_give_what_comparing_all_gives(
    rows: list[tuple[Paragraphs, str]], where: list[int]
) -> None:
    corpus = corpus_of([text for text, _ in rows], [date for _, date in rows])
    expected = slow(corpus)
    assert corpus.documents["copy_of"].tolist() == expected
    frame, cut = corpus.documents.drop(columns="copy_of"), np.array(where[: len(rows)])
    for parts in (1, 3, 7):
        pieces = [frame[cut % parts == part].iloc[::-1] for part in range(parts)]
        parted = PartedCorpus.of([kit.Corpus.from_frame(piece, clean=False) for piece in pieces])
        assert parted.catalogue["copy_of"].tolist() == expected
        assert parted.fingerprint == corpus.fingerprint
        for number in range(parts):
            part = parted.part(number).documents
            assert part["copy_of"].tolist() == [expected[ord(name) - 97] for name in part["doc_id"]]


@settings(max_examples=30)
@given(TEXTS, st.lists(st.booleans(), min_size=9, max_size=9))
def test_equal_fingerprints_mean_equal_stories_also_of_a_selection(
    rows: list[tuple[Paragraphs, str]], chosen: list[bool]
) -> None:
    corpus = corpus_of([text for text, _ in rows], [date for _, date in rows])
    names = [name for name, keep in zip(corpus.documents["doc_id"], chosen, strict=False) if keep]
    selected = corpus.where(doc_id=names)
    alone = kit.Corpus.from_frame(selected.documents.drop(columns="copy_of"), clean=False)
    same = selected.documents["copy_of"].tolist() == alone.documents["copy_of"].tolist()
    assert (selected.fingerprint == alone.fingerprint) == same
    parted = PartedCorpus.of([corpus]).where(doc_id=names)
    assert parted.fingerprint == selected.fingerprint
    assert parted.catalogue["copy_of"].tolist() == selected.documents["copy_of"].tolist()


def test_saved_parts_stay_as_written_when_a_copy_of_theirs_is_added(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    frame = corpus_of([ONE[1:], article(30), ONE, [*ONE[:4], ONE[5]]]).documents.drop(columns="copy_of")
    written: dict[Path, bytes] = {}
    for row in range(len(frame)):
        kit.add_articles(frame[row : row + 1], folder, clean=False)
        assert all(file.read_bytes() == content for file, content in written.items())
        written = {file: file.read_bytes() for file in (folder / "parts").rglob("*") if file.is_file()}
        alone = kit.Corpus.from_frame(frame[: row + 1], clean=False)
        found = kit.open_corpus(folder, engine=1)
        assert found.fingerprint == alone.fingerprint
        pd.testing.assert_frame_equal(found.catalogue.drop(columns="part"), alone.catalogue)
    assert found.catalogue["copy_of"].tolist() == ["c", "", "", "c"]
    threads = kit.open_corpus(folder, engine=2)
    pd.testing.assert_series_equal(threads.copy_of, found.copy_of)


def test_many_copies_of_one_text_are_compared_with_their_original_alone() -> None:
    """Each of 300 changed copies differs from every other."""
    texts = [[*ONE[:4], article(100 + number, 1, 4)[0], *ONE[4:]] for number in range(300)]
    frame = pd.DataFrame({"doc_id": [f"{number:03}" for number in range(300)], "text": ["\n".join(t) for t in texts]})
    found = kit.Corpus.from_frame(frame, clean=False).documents["copy_of"]
    assert found.tolist() == ["", *["000"] * 299]


def test_articles_drawn_apart_are_no_copies() -> None:
    drawn = [article(number) for number in range(40)]
    assert not any(set(one) & set(other) for one, other in combinations(drawn, 2))
    frame = pd.DataFrame({"doc_id": [f"{n:02}" for n in range(40)], "text": ["\n".join(text) for text in drawn]})
    assert (kit.Corpus.from_frame(frame, clean=False).copy_of == "").all()


def test_only_texts_that_may_be_equal_are_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Warga antre beras.", "ASN melayani warga.", "", "…", "Warga antre beras.", "!", "Warga antre  beras."]
    texts += ["…", ""]
    frame = pd.DataFrame({"doc_id": [f"{row}" for row in range(len(texts))], "text": texts})
    hashed: list[list[str]] = []
    digests = corpora.text_digests
    monkeypatch.setattr(corpora, "text_digests", lambda some: (hashed.append(some.tolist()), digests(some))[1])
    copies = kit.Corpus.from_frame(frame, clean=False).copy_of
    assert copies.tolist() == ["", "", "", "", "0", "", "", "3", ""]
    assert [texts[1] in some for some in hashed] == [False]


def test_texts_may_be_equal_whose_sketches_begin_alike() -> None:
    minima = np.array([[1, 2, 3], [1, 2, 4], [1, 3, 3], [2, 1, 3]], np.uint32)
    for rows, expected in (([0, 1, 2, 3], [True, True, False, False]), ([2], [False]), ([], [])):
        sketches = Sketches(minima[rows], np.zeros(len(rows), np.int32))
        assert may_be_equal(sketches).tolist() == expected
