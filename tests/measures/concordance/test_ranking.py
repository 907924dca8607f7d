"""Lines that are worth reading first: counted again word by word, and by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import CorpusError, QueryError
from kit.measures.concordance.lines import cells_of
from tests.measures.test_parted_measures import cut, same

TEXTS = {
    "a": "ASN melayani warga miskin. Warga miskin menunggu bantuan sosial.",
    "b": "Warga miskin mendapat bantuan sosial dari pemerintah yang akuntabel dan transparan.",
    "c": "Warga miskin mendapat bantuan sosial dari pemerintah yang akuntabel dan transparan.",
    "d": "Burung kasuari melintas; warga tercengang.",
    "e": "Bantuan sosial untuk warga miskin. Warga lain menunggu bantuan sosial.",
}


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    dates = ["2024-01-05", "2024-02-11", "2024-02-10T09:00", "2024-03-01", ""]
    frame = pd.DataFrame({"doc_id": list(TEXTS), "text": list(TEXTS.values()), "date": dates, "outlet": list("XXYYY")})
    return kit.Corpus.from_frame(frame, clean=False)


def words(line: pd.Series) -> list[str]:
    return [word.strip(".,;").lower() for word in f"{line['left']} {line['right']}".split() if word.strip(".,;")]


def test_typical_lines_come_first(corpus: kit.Corpus) -> None:
    """Of the words near *warga*, those in three contexts that are no stop words."""
    lines = kit.concordance(corpus, "warga", context=4, rank="collocates")
    plain = kit.concordance(corpus, "warga", context=4)
    near = pd.Series([word for _, line in plain.iterrows() for word in words(line)]).value_counts()
    stop = set(corpus.types.loc[corpus.types["stopword"], "form"])
    types = set(near[near >= 3].index) - stop
    assert {"miskin", "bantuan", "sosial"} <= types
    assert lines["in_line"].tolist() == [len(types & set(words(line))) for _, line in lines.iterrows()]
    assert lines["in_line"].is_monotonic_decreasing
    assert lines.iloc[-1]["doc_id"] == "d"


def test_lines_of_common_words_come_first(corpus: kit.Corpus) -> None:
    lines = kit.concordance(corpus, "warga", context=4, rank="common words")
    counts = kit.term_frequencies(corpus).set_index("term")["count"]
    rare = [sum(counts[word] < 5 for word in words(line)) for _, line in lines.iterrows()]
    assert lines["in_line"].tolist() == rare == sorted(rare)


def test_lines_of_many_concepts_come_first(corpus: kit.Corpus) -> None:
    codebook = kit.load_codebook()
    lines = kit.concordance(corpus, "form:warga", context=20, rank="concepts", within="sentence", codebook=codebook)
    mentions = kit.find_mentions(corpus, codebook)
    sentences = corpus.sentences.assign(doc_id=corpus.documents["doc_id"].array.take(corpus.sentences["doc"]))
    for _, line in lines.iterrows():
        mine = sentences[sentences["doc_id"] == line["doc_id"]].iloc[line["sentence_no"] - 1]
        inside = (mentions["doc_id"] == line["doc_id"]) & mentions["start"].between(mine["start"], mine["end"])
        assert line["in_line"] == mentions.loc[inside & ~mentions["gloss"], "concept"].nunique()
    assert lines["in_line"].is_monotonic_decreasing
    assert lines["in_line"].iloc[0] > lines["in_line"].iloc[-1]


def test_each_story_tells_one_line(corpus: kit.Corpus) -> None:
    """c is a copy of b; two lines of a and of e fall away."""
    lines = kit.concordance(corpus, "warga", per_story=1)
    assert lines["doc_id"].tolist() == ["a", "b", "d", "e"]
    assert lines.attrs["occurrences"] == 7
    grouped = kit.concordance(corpus, "warga", per_story=1, by="outlet")
    assert grouped["doc_id"].tolist() == ["a", "b", "c", "d", "e"]
    first = kit.concordance(corpus, "warga", per_story=1, sort="R1", limit=1)
    assert first["right"].tolist() == [kit.concordance(corpus, "warga", sort="R1")["right"][0]]


def test_the_same_rank_keeps_the_order_asked_for(corpus: kit.Corpus) -> None:
    lines = kit.concordance(corpus, "warga", rank="collocates", sort="R1")
    for _, alike in lines.groupby("in_line"):
        following = [words(pd.Series({"left": "", "right": right}))[:1] for right in alike["right"]]
        assert following == sorted(following)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"since": "2024-02"}, "bcd"),
        ({"until": "2024-02"}, "abc"),
        ({"since": "2024-02-10", "until": "2024-02-10"}, "c"),
        ({"until": "2024-02-10"}, "ac"),
        ({"since": 2024, "outlet": "Y"}, "cd"),
        ({"since": "2025"}, ""),
    ],
)
def test_documents_between_dates(corpus: kit.Corpus, asked: dict[str, object], found: str) -> None:
    assert "".join(corpus.where(**asked).documents["doc_id"]) == found
    lines = kit.concordance(corpus, "warga", where=asked)
    assert set(lines["doc_id"]) == set(found)


def test_parts_give_the_same_lines(corpus: kit.Corpus) -> None:
    codebook = kit.load_codebook()
    frame = corpus.documents[["doc_id", "text", "date", "outlet"]]
    frames = [frame.assign(doc_id=str(number) + frame["doc_id"]) for number in range(3)]
    whole = kit.Corpus.from_frame(pd.concat(frames), clean=False)
    mentions = kit.find_mentions(whole, codebook)
    more = (
        {"limit": 3, "sort": ["R1", "L1"], "context": 3},
        {"limit": 2, "by": "outlet", "per_story": 1},
        {"sample": 7, "seed": 2, "within": "sentence", "sort": "left"},
        {"sample": 3, "by": "outlet", "per_story": 1, "limit": 1, "where": {"since": "2024-02"}},
    )
    ranks = ("collocates", "common words", "concepts", None)
    for number, (parts, engine) in enumerate(((1, None), (2, 2), (4, None))):
        parted = cut(whole, parts, number, engine)
        for place, rank in enumerate(ranks):
            for given in (more[(place + number) % 4], more[(place + number + 1) % 4], {}):
                asked = given | {"rank": rank, "codebook": codebook if rank == "concepts" else None}
                one, two = (kit.concordance(of, "form:warga", **asked) for of in (whole, parted))
                same(one, two)
                assert len(one)
    own = kit.find_mentions(parted, codebook)
    for given in ({"rank": "concepts"}, {"rank": "collocates", "per_story": 2, "limit": 4}):
        rows = mentions["concept"] == "aktor-warga"
        one = kit.concordance(whole, mentions[rows], mentions=mentions, **given)
        same(one, kit.concordance(parted, own[rows], mentions=own, **given))


def test_what_cannot_be_asked_is_told(corpus: kit.Corpus) -> None:
    for asked in ({"rank": "best"}, {"rank": "concepts"}, {"per_story": 0}):
        with pytest.raises(QueryError, match="->"):
            kit.concordance(corpus, "warga", **asked)
    with pytest.raises(CorpusError, match="2024-03-31"):
        corpus.where(since="Maret 2024")


def test_a_query_without_lines_has_no_rank() -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Hujan."]}), clean=False)
    codebook = kit.load_codebook()
    for rank in ("collocates", "common words", "concepts"):
        lines = kit.concordance(corpus, "form:warga", rank=rank, codebook=codebook)
        assert len(lines) == 0
        assert lines["in_line"].dtype == "int64"


def test_cells_of_a_column_in_chunks_are_those_of_the_column() -> None:
    column = pd.concat([pd.Series(["a", None], dtype="str"), pd.Series(["b", "c"], dtype="str")], ignore_index=True)
    rows = np.array([3, 1, 2])
    assert cells_of(column, rows).equals(column.array.take(rows))
