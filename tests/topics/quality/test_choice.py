"""Numbers of topics compared: planted ones are found, shuffled text has none, and an interruption loses nothing."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.topics.coherence.coherence import by_document, npmi
from kit.topics.models.choice import TopicChoice
from kit.topics.models.fit import fit_topics
from kit.topics.models.matrix import topic_matrix
from kit.topics.quality import choice as module
from kit.topics.quality.choice import compare_topics
from kit.topics.quality.replication import Run, halves
from kit.wording.words import tell

ROOT = Path(__file__).parents[3]
NUMBERS = [
    *("npmi", "umass", "diversity", "exclusivity", "overlap", "heldout", "heldout_error"),
    *("stability", "stability_error", "null_stability", "null_bound", "excess"),
]
FEW: dict[str, Any] = {"resamples": 4, "nulls": 5}


@pytest.fixture(scope="module")
def three(make: Callable[..., kit.Corpus]) -> kit.Corpus:
    return make(3, 90, 1)


@pytest.fixture(scope="module")
def found(three: kit.Corpus) -> TopicChoice:
    return compare_topics(three, [4, 2, 3, 3], **FEW)


@pytest.fixture(scope="module")
def small(three: kit.Corpus) -> TopicChoice:
    return compare_topics(three, [3], resamples=2, nulls=5)


def equal(one: TopicChoice, other: TopicChoice) -> bool:
    pairs = ((one.table, other.table), (one.topics, other.topics), (one.runs, other.runs))
    return all(a.equals(b) for a, b in pairs) and one.recommended == other.recommended


def test_planted_topics_are_recommended(found: TopicChoice) -> None:
    assert found.recommended == 3
    assert found.table["n_topics"].tolist() == [2, 3, 4]
    assert found.table.loc[found.table["recommended"], "n_topics"].tolist() == [3]
    best = found.table.set_index("n_topics").loc[3]
    assert best["stability"] > best["null_bound"] > best["null_stability"]
    assert best["supported"] == 3 <= found.attrs["finest"]
    assert "3 topics" in found.reason["en"]
    assert "3 topik" in found.reason["id"]


def test_held_out_fit_coherence_and_diversity_turn_at_the_planted_number(found: TopicChoice) -> None:
    table = found.table.set_index("n_topics")
    assert table.loc[3, "heldout"] > table.loc[2, "heldout"] + 0.05
    assert table.loc[4, "heldout"] < table.loc[3, "heldout"] + 2 * table.loc[3, "heldout_error"]
    assert table.loc[3, "npmi"] > table.loc[2, "npmi"]
    assert table.loc[3, "diversity"] == 1 > table.loc[4, "diversity"]


def test_the_tables_are_what_the_runs_add_up_to(found: TopicChoice, three: kit.Corpus) -> None:
    runs = found.runs
    assert len(runs) == (2 + 3 + 4) * (4 + 5)
    means = runs.groupby(["n_topics", "kind", "run"])["likeness"].mean().groupby(["n_topics", "kind"])
    for row in found.table.itertuples():
        assert row.stability == pytest.approx(means.mean()[row.n_topics, "resample"], abs=1e-8)
        assert row.stability_error == pytest.approx(means.sem()[row.n_topics, "resample"], abs=1e-8)
        assert row.null_stability == pytest.approx(means.mean()[row.n_topics, "null"], abs=1e-8)
        excess = (row.stability - row.null_stability) / (1 - row.null_stability)
        assert row.excess == pytest.approx(excess, abs=1e-8)
        topics = found.topics[found.topics["n_topics"] == row.n_topics]
        assert topics["stability"].mean() == pytest.approx(row.stability, abs=1e-8)
        assert topics["npmi"].mean() == pytest.approx(row.npmi, abs=1e-8)
        assert topics["supported"].sum() == row.supported
        assert topics["share"].sum() == pytest.approx(1, abs=1e-5)
    matrix = topic_matrix(three)
    place = {term: column for column, term in enumerate(matrix.terms)}
    for row in found.topics.itertuples():
        top = [[place[term] for term in row.terms.split(", ")]]
        assert len(top[0]) == 10
        assert npmi(by_document(matrix.counts, top), top)[0] == row.npmi


def test_columns_and_attributes(found: TopicChoice, three: kit.Corpus) -> None:
    assert found.table.dtypes.astype(str).to_dict() == {
        "n_topics": "int64",
        "status": "str",
        **dict.fromkeys(NUMBERS, "float64"),
        "supported": "Int64",
        "resamples": "int64",
        "nulls": "int64",
        "recommended": "bool",
    }
    for table in (found.table, found.topics, found.runs):
        assert table.attrs["fingerprint"] == three.fingerprint
        assert table.attrs["unit"] == "document"
        assert all(tell(remark, "en") != tell(remark, "id") for remark in table.attrs["remarks"])
        assert not any("{" in tell(remark, "en") for remark in table.attrs["remarks"])
    assert repr(found) == "<TopicChoice: 3 numbers of topics examined, recommended: 3>"


def test_shuffled_text_has_no_structure(make: Callable[..., kit.Corpus]) -> None:
    choice = compare_topics(make(3, 90, 1, shuffled=True), [2, 3, 4], **FEW)
    assert choice.recommended is None
    assert not choice.table["recommended"].any()
    assert choice.reason["en"].startswith("No stable structure")
    assert choice.reason["id"].startswith("Tidak ada struktur")


def test_the_same_whatever_the_order_of_documents(three: kit.Corpus, small: TopicChoice) -> None:
    frame = three.documents[["doc_id", "text"]].sample(frac=1, random_state=1)
    assert equal(compare_topics(kit.Corpus.from_frame(frame, clean=False), [3], resamples=2, nulls=5), small)


def test_copies_change_nothing(three: kit.Corpus, small: TopicChoice) -> None:
    """Wire copies are read once: fifty more of one text leave the table as it was."""
    documents = three.documents[["doc_id", "text"]]
    copies = pd.DataFrame({"doc_id": [f"z{row:02}" for row in range(50)], "text": documents["text"].iloc[0]})
    more = kit.Corpus.from_frame(pd.concat([documents, copies]), clean=False)
    assert equal(compare_topics(more, [3], resamples=2, nulls=5), small)


def test_another_seed_draws_other_halves(three: kit.Corpus) -> None:
    matrix = topic_matrix(three)
    inside, outside = halves(matrix, 0, 0)
    assert sorted([*inside, *outside]) == list(range(90))
    assert len(inside) == 45
    assert not np.array_equal(inside, halves(matrix, 1, 0)[0])
    assert not np.array_equal(inside, halves(matrix, 0, 1)[0])
    assert np.array_equal(inside, halves(matrix, 0, 0)[0])


def test_paragraphs_stay_with_their_document(make: Callable[..., kit.Corpus]) -> None:
    texts = make(3, 90, 1).documents["text"].tolist()
    joined = ["\n\n".join(texts[row : row + 3]) for row in range(0, 90, 3)]
    frame = pd.DataFrame({"doc_id": [f"d{row:02}" for row in range(30)], "text": joined})
    matrix = topic_matrix(kit.Corpus.from_frame(frame, clean=False), within="paragraph")
    inside, outside = halves(matrix, 0, 0)
    assert len(inside) == len(outside) == 45
    assert not {*matrix.doc[inside]} & {*matrix.doc[outside]}


def test_an_interruption_keeps_what_is_finished_and_the_rest_can_be_done_later(
    found: TopicChoice, three: kit.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    resample = module.resample

    def stopped(*arguments: Any) -> Run:
        nonlocal calls
        calls += 1
        if calls == 7:  # the third half of the first number of topics
            raise KeyboardInterrupt
        return resample(*arguments)

    monkeypatch.setattr(module, "resample", stopped)
    part = compare_topics(three, [2, 3, 4], **FEW)
    assert part.table["status"].tolist() == ["interrupted"] * 3
    assert part.table["resamples"].tolist() == [2] * 3
    assert part.table["nulls"].tolist() == [2] * 3
    assert part.table["stability"].notna().all()
    kept = part.runs.merge(found.runs, on=["n_topics", "kind", "run", "topic"], validate="1:1")
    assert len(kept) == len(part.runs)
    assert kept["likeness_x"].equals(kept["likeness_y"])
    assert part.recommended is None
    assert any("Stopped by the user after 12 of 27 runs" in tell(remark, "en") for remark in part.attrs["remarks"])
    calls = 100
    assert equal(compare_topics(three, [2, 3, 4], **FEW, resume=part), found)
    assert calls == 100 + 12 - 6
    with pytest.raises(QueryError, match="resume comes from a call with other seed"):
        compare_topics(three, [2], seed=1, **FEW, resume=part)


def test_an_interruption_before_any_run_is_one(three: kit.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any) -> Run:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "resample", stopped)
    with pytest.raises(KeyboardInterrupt):
        compare_topics(three, [2], **FEW)


def test_an_interruption_within_the_first_number(three: kit.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any) -> Run:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "null_run", stopped)
    part = compare_topics(three, [2, 3], **FEW)
    assert part.table["status"].tolist() == ["interrupted", "interrupted"]
    assert part.recommended is None
    assert part.reason["en"] == "Stopped before any number of topics had all its runs."
    assert part.topics["supported"].isna().all()


def test_the_bar_goes_to_standard_error_and_only_if_asked(
    three: kit.Corpus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any) -> Run:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "null_run", stopped)  # behind the first half
    compare_topics(three, [2], resamples=2, nulls=5)
    assert capsys.readouterr() == ("", "")
    compare_topics(three, [2], resamples=2, nulls=5, progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert "compare_topics" in err


@pytest.mark.parametrize("documents", [0, 1, 49])
def test_too_few_documents(make: Callable[..., kit.Corpus], documents: int) -> None:
    frame = make(2, 50, 0).documents[["doc_id", "text"]].head(documents)
    choice = compare_topics(kit.Corpus.from_frame(frame, clean=False), [2, 3])
    assert choice.table["status"].tolist() == ["too-few", "too-few"]
    assert choice.recommended is None
    assert len(choice.topics) == len(choice.runs) == 0
    assert choice.table["stability"].isna().all()
    assert "at least 50 articles" in choice.reason["en"]
    assert "sedikitnya 50 artikel" in choice.reason["id"]


def test_numbers_that_need_more_documents_have_a_row_and_a_reason(make: Callable[..., kit.Corpus]) -> None:
    choice = compare_topics(make(2, 60, 0), [2, 7, 8], resamples=2, nulls=5)
    assert choice.table["status"].tolist() == ["examined", "too-few", "too-few"]
    told = [tell(remark, "en") for remark in choice.attrs["remarks"] if tell(remark, "en").startswith("Not examined")]
    assert len(told) == 1
    assert told[0].startswith("Not examined (7, 8 topics): 7 topics need at least 70 articles of different text")
    assert "the corpus has 60 of different text, 60 of them with terms of the model" in told[0]


def test_one_document_many_times_and_no_terms_at_all() -> None:
    repeated = pd.DataFrame({"doc_id": [f"d{row}" for row in range(1_000)], "text": "Warga antre beras sejak pagi."})
    words = pd.DataFrame({"doc_id": [f"d{row:02}" for row in range(60)], "text": [f"yang {row}" for row in range(60)]})
    for frame in (repeated, words):
        choice = compare_topics(kit.Corpus.from_frame(frame, clean=False), [2])
        assert choice.table["status"].tolist() == ["too-few"]
        assert choice.recommended is None


def test_a_vocabulary_too_small_for_topics() -> None:
    texts = [("Warga antre." if row < 40 else "Hakim memutus.") + f" {row}" for row in range(80)]
    frame = pd.DataFrame({"doc_id": [f"d{row:02}" for row in range(80)], "text": texts})
    choice = compare_topics(kit.Corpus.from_frame(frame, clean=False), [2])
    assert choice.table["status"].tolist() == ["too-few"]
    assert choice.reason["en"] == "Not examined (2 topics): the vocabulary has 4 terms; 2 topics need at least 10."


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"k": []}, "k holds no number"),
        ({"k": [1]}, "k = 1"),
        ({"k": [2.5]}, "k = 2.5"),
        ({"k": 0}, "k = 0"),
        ({"k": [True]}, "k = True"),
        ({"model": "bert"}, "model"),
        ({"resamples": 1}, "resamples"),
        ({"nulls": 4}, "nulls"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.5}, "seed = 1.5"),
        ({"resamples": 2.5}, "resamples = 2.5"),
        ({"nulls": True}, "nulls = True"),
        ({"seeds": 5}, "seeds = 5"),
        ({"resume": "choice"}, "resume = 'choice'"),
        ({"within": "chapter"}, "within"),
        ({"unit": "root"}, "unit"),
        ({"max_share": 0}, "max_share"),
    ],
)
def test_arguments_without_meaning(three: kit.Corpus, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        compare_topics(three, **arguments)


_BYTES = """
import sys
sys.path.insert(0, {folder!r})
import hashlib
from conftest import planted
from kit.topics.quality.choice import compare_topics
from kit.wording.words import tell
choice = compare_topics(planted(3, 90, 1), [3, 4], resamples=2, nulls=5)
text = choice.table.to_csv() + choice.topics.to_csv() + choice.runs.to_csv()
print(hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_bytes_on_other_processors() -> None:
    kernels = [
        {"OPENBLAS_CORETYPE": "Haswell"},
        {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "2"},
        {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR"},
    ]
    code = _BYTES.format(folder=str(Path(__file__).parent))
    printed = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **kernel},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for kernel in kernels
    }
    assert len(printed) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("topics", "documents"), [(3, 120), (5, 200), (8, 320)])
def test_several_planted_numbers_are_recovered(make: Callable[..., kit.Corpus], topics: int, documents: int) -> None:
    found = [
        compare_topics(make(topics, documents, seed), range(2, topics + 3), resamples=6, nulls=5).recommended
        for seed in range(4)
    ]
    assert found.count(topics) >= 3


@pytest.mark.slow
def test_shuffled_corpora_come_out_as_structureless(make: Callable[..., kit.Corpus]) -> None:
    found = [
        compare_topics(make(3 + seed % 5, 100, seed, shuffled=True), [2, 4, 6], seed=seed, **FEW).recommended
        for seed in range(20)
    ]
    assert found.count(None) >= 19


@pytest.mark.slow
@pytest.mark.parametrize("model", ["nmf", "lda"])
def test_other_models_are_compared_in_the_same_way(three: kit.Corpus, model: Any) -> None:
    choice = compare_topics(three, [2, 3, 4], model=model, **FEW)
    assert choice.recommended == 3


@pytest.mark.data
@pytest.mark.slow
def test_news_has_structure_and_shuffled_news_has_none(shared_data: Path) -> None:
    """The first 400 articles of one newsroom by number, and the same words in places drawn at random."""
    with gzip.open(shared_data / "clickid_news" / "tempo.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    frame = pd.DataFrame({"doc_id": [str(row["id"]) for row in rows], "text": [row["text"] for row in rows]})
    frame = frame.sort_values("doc_id").head(400)
    words = [text.split() for text in frame["text"]]
    running = np.random.default_rng(0).permutation(np.concatenate(words))
    pieces = np.split(running, np.cumsum([len(text) for text in words])[:-1])
    shuffled = frame.assign(text=[" ".join(piece) for piece in pieces])
    news, null = (
        compare_topics(kit.Corpus.from_frame(table, clean=False), [4, 8], **FEW) for table in (frame, shuffled)
    )
    assert news.recommended is not None
    assert (news.table["stability"] > news.table["null_bound"]).all()
    assert null.recommended is None


def test_anchored_topics_are_compared_with_free_ones_beside_them(three: kit.Corpus) -> None:
    first = fit_topics(three, 3).terms.groupby("topic")["term"].first()
    seeds = {"satu": [first.loc[1]], "dua": [first.loc[2]]}
    choice = compare_topics(three, [2, 3], seeds=seeds, resamples=2, nulls=5)
    named = choice.topics.groupby("n_topics")["label"].agg(list)
    assert sorted(named.loc[2]) == sorted(named.loc[3][:2]) == ["dua", "satu"]
    with pytest.raises(QueryError, match="3 seeds"):
        compare_topics(three, [2, 3], seeds={**seeds, "tiga": [first.loc[3]]})


def test_resuming_with_other_seeds_is_refused(three: kit.Corpus, found: TopicChoice) -> None:
    with pytest.raises(QueryError, match="resume comes from a call with other seeds"):
        compare_topics(three, [2], seeds={"satu": ["kata"]}, resume=found)


def test_one_article_is_counted_and_so_are_copies() -> None:
    texts = ["Warga antre beras sejak pagi."] * 3 + ["Hujan deras turun."]
    frame = pd.DataFrame({"doc_id": list("abcd"), "text": texts})
    for corpus, different in ((kit.Corpus.from_frame(frame), 2), (kit.Corpus.from_frame(frame.head(1)), 1)):
        choice = compare_topics(corpus, [10])
        assert choice.reason["en"] == (
            "Nothing could be examined: 10 topics need at least 100 articles of different text that have terms of the "
            f"model; the corpus has {different} of different text, 0 of them with terms of the model (a term has to "
            "stand in at least 2)."
        )
