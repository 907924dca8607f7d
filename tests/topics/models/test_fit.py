from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_info, threadpool_limits

import kit
from kit.errors import QueryError
from kit.topics.models import fit
from kit.topics.models.anchors import find_anchors
from kit.topics.models.fit import UNITS_A_TOPIC, fit_topics, solve
from kit.topics.models.matrix import topic_matrix
from kit.topics.models.spherical import solve_spherical
from kit.wording.words import tell

TABLES = ("terms", "documents", "topics", "seeds", "passages", "units", "quality")


def corpus_of(frame):
    return kit.Corpus.from_frame(frame, clean=False)


def largest(topics):
    """The topic with the largest weight, by document."""
    table = topics.documents
    return table.loc[table.groupby("doc_id")["weight"].idxmax()].set_index("doc_id")["topic"]


@pytest.fixture(scope="module")
def six(planting):
    frame, labels = planting.planted(6, 300, seed=1)
    return corpus_of(frame), labels


@pytest.mark.parametrize("model", ["spherical", "nmf", "lda"])
def test_planted_topics_are_found_with_their_words(six, planting, model):
    corpus, labels = six
    topics = fit_topics(corpus, 6, model=model)
    found = largest(topics).to_numpy()
    assert adjusted_rand_score(labels, found) > (0.75 if model == "lda" else 0.95)
    for topic in range(6):
        number = np.bincount(found[labels == topic]).argmax()
        terms = topics.terms[topics.terms["topic"] == number]["term"].head(10)
        assert set(terms) <= set(planting.theme(topic)) or model == "lda", f"topic {topic}"


def test_the_seed_draws_starts_and_nothing_else(six):
    corpus, _ = six
    first, second = fit_topics(corpus, 6, seed=0), fit_topics(corpus, 6, seed=1)
    again = fit_topics(corpus, 6, seed=0)
    pd.testing.assert_frame_equal(first.documents, again.documents)
    pd.testing.assert_frame_equal(first.units, second.units)
    assert adjusted_rand_score(largest(first), largest(second)) > 0.95


def test_tables_agree_with_each_other(six):
    corpus, _ = six
    topics = fit_topics(corpus, 6)
    weights = topics.documents.pivot_table(index="doc_id", columns="topic", values="weight")
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(topics.topics["share"], weights.mean(), atol=1e-5)
    assert topics.topics["share"].is_monotonic_decreasing
    assert topics.topics["units"].tolist() == largest(topics).value_counts().reindex(range(1, 7)).tolist()
    assert topics.terms.groupby("topic")["rank"].apply(list).map(lambda ranks: ranks == sorted(ranks)).all()
    assert (topics.terms.groupby("topic")["weight"].apply(lambda part: part.is_monotonic_decreasing)).all()
    assert ((topics.terms["exclusivity"] > 0) & (topics.terms["exclusivity"] <= 1)).all()
    texts = corpus.documents.set_index("doc_id")["text"]
    for row in topics.passages.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.text
    for name in TABLES:
        assert getattr(topics, name).attrs["model"] == "spherical", name
        assert getattr(topics, name).attrs["fingerprint"] == corpus.fingerprint


def test_probability_lift_and_exclusivity_by_hand(six):
    corpus, _ = six
    matrix = topic_matrix(corpus)
    solution = solve(matrix, 6)
    np.testing.assert_allclose(solution.terms.sum(axis=1), 1)
    topics = fit_topics(corpus, 6)
    row = topics.terms.iloc[0]
    column = matrix.terms.index(row["term"])
    running = np.asarray(matrix.counts.sum(axis=0)).ravel()
    assert row["probability"] == pytest.approx(solution.terms[0, column], abs=1e-8)
    assert row["lift"] == pytest.approx(solution.terms[0, column] / (running[column] / running.sum()), rel=1e-5)
    assert row["exclusivity"] == pytest.approx(solution.terms[0, column] / solution.terms[:, column].sum(), abs=1e-6)
    assert row["documents"] == (matrix.counts[:, [column]].toarray() > 0).sum()


def test_documents_in_another_order_give_the_same_bytes(six):
    corpus, _ = six
    frame = corpus.documents[["doc_id", "text"]]
    shuffled = corpus_of(frame.sample(frac=1, random_state=3))
    one, other = fit_topics(corpus, 6), fit_topics(shuffled, 6)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_copies_count_once_and_have_the_weights_of_their_original(planting):
    frame, _ = planting.planted(3, 60, seed=2)
    copies = pd.DataFrame({"doc_id": [f"z{row:04}" for row in range(1000)], "text": frame["text"].iloc[0]})
    alone, copied = fit_topics(corpus_of(frame), 3), fit_topics(corpus_of(pd.concat([frame, copies])), 3)
    pd.testing.assert_frame_equal(alone.topics, copied.topics, check_flags=False)
    pd.testing.assert_frame_equal(alone.terms, copied.terms)
    assert (copied.units["status"] == "copy").sum() == 1000
    weights = copied.documents.set_index("doc_id")["weight"]
    assert weights["z0500"].tolist() == weights["d00000"].tolist()


def test_a_planted_concept_keeps_its_topic_and_an_absent_one_is_reported(six, planting):
    corpus, labels = six
    words = {"tema": planting.theme(4)[:3], "langka": [planting.word(5000)]}
    topics = fit_topics(corpus, 6, seeds=words)
    seeds = topics.seeds.set_index("concept")
    assert seeds["status"].to_dict() == {"tema": "anchored", "langka": "absent"}
    assert seeds.loc["tema", "topic"] == 1
    assert pd.isna(seeds.loc["langka", "topic"])
    first = topics.topics.iloc[0]
    assert (first["concept"], first["label"]) == ("tema", "tema")
    assert topics.topics["concept"].tolist()[1:] == [""] * 5
    assert ((largest(topics) == 1).to_numpy() == (labels == 4)).mean() > 0.97
    assert first["named"] > 0.9
    assert set(topics.terms.query("topic == 1 and seeded")["term"]) == set(words["tema"])
    assert topics.terms.query("topic == 1").head(3)["seeded"].all()
    assert any("langka" in tell(remark, "en") for remark in topics.attrs["remarks"])


def test_a_concept_that_all_documents_name_does_not_swallow_them(six, planting):
    corpus, labels = six
    frame = corpus.documents[["doc_id", "text"]]
    frame = frame.assign(text=frame["text"].str.replace(".", " sinyalq.", regex=False))
    topics = fit_topics(corpus_of(frame), 7, seeds={"umum": ["sinyalq"]})
    assert topics.topics["share"].iloc[0] < 0.4
    assert adjusted_rand_score(labels, largest(topics)) > 0.6


def test_one_planted_topic_split_among_no_more_concepts_than_asked(six, planting):
    corpus, _ = six
    words = {f"tema-{topic}": planting.theme(topic)[:2] for topic in range(6)}
    topics = fit_topics(corpus, 6, seeds=words)
    assert set(topics.topics["concept"]) == set(words)


def test_a_whole_codebook_anchors_at_most_half_of_the_topics(six):
    corpus, _ = six
    frame = corpus.documents[["doc_id", "text"]].copy()
    added = [
        " Akuntabilitas." if row % 2 else " Keterbukaan informasi publik dan supremasi hukum."
        for row in range(len(frame))
    ]
    frame["text"] += added
    book = kit.load_codebook()
    topics = fit_topics(corpus_of(frame), 4, seeds=book)
    assert (topics.topics["concept"] != "").sum() == 2
    assert topics.seeds["status"].value_counts().to_dict() == {"absent": 19, "anchored": 2, "unused": 1}
    assert set(topics.seeds["concept"]) == set(book.concepts.query("core == 'yes'")["concept"])
    said = [tell(remark, "en") for remark in topics.attrs["remarks"]]
    assert any(line.startswith("Named often enough") and line.endswith(": transparency.") for line in said)
    assert any("less coherent than free ones" in line for line in said)
    by_name = fit_topics(corpus_of(frame), 4, seeds=["supremasi-hukum"])
    assert by_name.topics["concept"].tolist() == ["supremasi-hukum", "", "", ""]


def test_phrases_anchor_as_a_whole_and_broad_words_nothing():
    text = "Soal akuntabilitas: pertanggung jawaban bupati. Pelayanan publik yang cepat, kata petugas {}."
    texts = [text.format(row) for row in range(12)]
    corpus = corpus_of(pd.DataFrame({"doc_id": [f"d{row:02}" for row in range(12)], "text": texts}))
    matrix = topic_matrix(corpus, min_count=1, max_share=1)
    book = kit.load_codebook()
    hits = kit.find_mentions(corpus, book)
    assert {"cepat", "pertanggung jawaban"} <= set(hits["pattern"])
    anchors, table = find_anchors(corpus, matrix, ["akuntabilitas", "responsivitas"], 2)
    assert anchors.names == ("akuntabilitas",)
    seeded = {term for term, is_seed in zip(matrix.terms, anchors.terms[0], strict=True) if is_seed}
    assert seeded == {"akuntabilitas", "pertanggung", "jawaban"}, "words that stand nowhere else than in its mentions"
    rows = table.set_index("concept")
    assert rows.loc["akuntabilitas", "terms"] == "akuntabilitas, pertanggung jawaban"
    assert rows.loc["responsivitas", ["status", "terms"]].tolist() == ["absent", ""]


def test_anchors_count_mentions_by_hand():
    texts = ["Akuntabilitas dan akuntabilitas.", "Transparansi.", "Beras."]
    corpus = corpus_of(pd.DataFrame({"doc_id": list("abc"), "text": texts}))
    matrix = topic_matrix(corpus, min_count=1, max_share=1)
    anchors, table = find_anchors(corpus, matrix, ["akuntabilitas", "konsensus"], 2)
    assert anchors.names == ()
    assert table["status"].tolist() == ["rare", "absent"]
    assert table["documents"].tolist() == [1, 0]
    assert table["terms"].tolist() == ["akuntabilitas", ""]


@pytest.mark.parametrize(
    "seeds",
    ["akuntabilitas", ["no-such-concept"], ["akuntabilitas"] * 2, {"a": "kata"}, {"a": []}, {"a": [""]}, 3],
)
def test_seeds_that_cannot_be_used_are_refused(six, seeds):
    with pytest.raises(QueryError):
        fit_topics(six[0], 3, seeds=seeds)


def test_more_seeds_than_topics_are_refused(six):
    with pytest.raises(QueryError, match="3 seeds for 2 topics"):
        fit_topics(six[0], 2, seeds={"a": ["x"], "b": ["y"], "c": ["z"]})


def test_lda_knows_no_seeds(six, planting):
    with pytest.raises(QueryError, match="lda"):
        fit_topics(six[0], 3, seeds={"tema": planting.theme(0)[:3]}, model="lda")


@pytest.mark.parametrize(
    "options",
    [
        {"n_topics": 1},
        {"n_topics": 0},
        {"n_topics": 2.5},
        {"n_topics": True},
        {"n_topics": 3, "model": "bert"},
        {"n_topics": 3, "within": "sentence"},
        {"n_topics": 3, "seed": -1},
        {"n_topics": 3, "seed": "one"},
    ],
)
def test_options_without_meaning_are_refused(six, options):
    with pytest.raises(QueryError):
        fit_topics(six[0], **options)


@pytest.mark.parametrize(
    "texts",
    [
        ["Warga antre beras di pasar."],
        [],
        ["Satu."] * 50,
        ["kata"] * 40 + ["lain"] * 40,
        ["yang dan di ke dari"] * 3,
        [f"{number} dan yang itu" for number in range(100)],
    ],
    ids=["one article", "none", "one text 50 times", "two texts", "stop words", "numbers and stop words"],
)
@pytest.mark.parametrize("unit", ["document", "paragraph"])
def test_too_few_documents_are_a_stated_result(texts, unit):
    frame = pd.DataFrame({"doc_id": [f"d{row:03}" for row in range(len(texts))], "text": texts}, dtype="str")
    topics = fit_topics(corpus_of(frame), 3, seeds=kit.load_codebook(), within=unit)
    assert len(topics.topics) == 0
    full = fit_topics(corpus_of(pd.DataFrame({"doc_id": ["a"], "text": ["x"]})), 2)
    for name in TABLES:
        assert getattr(topics, name).columns.tolist() == getattr(full, name).columns.tolist()
    assert "at least" in tell(topics.attrs["remarks"][0], "en")
    assert "sedikitnya" in tell(topics.attrs["remarks"][0], "id")
    assert (topics.seeds["status"] != "anchored").all() or not len(topics.seeds)


def test_empty_tables_have_the_dtypes_of_full_ones(six):
    full, empty = fit_topics(six[0], 6), fit_topics(six[0].where(doc_id="d00000"), 6)
    for name in TABLES:
        assert getattr(full, name).dtypes.to_dict() == getattr(empty, name).dtypes.to_dict(), name


def test_documents_of_one_word(planting):
    frame = pd.DataFrame(
        {"doc_id": [f"d{n:03}" for n in range(90)], "text": [planting.word(n % 3) + "." for n in range(90)]}
    )
    assert len(fit_topics(corpus_of(frame), 3).topics) == 0  # three texts, the others are copies
    frame["text"] = [planting.word(n % 3) + " " + planting.word(100 + n) for n in range(90)]
    topics = fit_topics(corpus_of(frame), 3)
    assert adjusted_rand_score(np.arange(90) % 3, largest(topics)) == 1


def test_more_topics_than_there_are_kinds_of_documents(planting):
    frame = pd.DataFrame({"doc_id": [f"d{n:03}" for n in range(90)]})
    frame["text"] = [planting.word(n % 3) + " " + planting.word(100 + n) for n in range(90)]
    topics = fit_topics(corpus_of(frame), 9)
    assert len(topics.topics) == 9
    assert topics.documents["weight"].between(0, 1).all()


def test_paragraphs_as_units(planting):
    frame, labels = planting.planted(3, 90, seed=5)
    texts = frame["text"].to_numpy()
    folded = pd.DataFrame(
        {"doc_id": [f"p{n:02}" for n in range(30)], "text": ["\n".join(texts[n * 3 : n * 3 + 3]) for n in range(30)]}
    )
    topics = fit_topics(corpus_of(folded), 3, within="paragraph")
    weights = topics.documents["weight"].to_numpy().reshape(90, 3)
    assert adjusted_rand_score(labels, weights.argmax(axis=1)) > 0.95
    assert topics.units["paragraph"].tolist() == [0, 1, 2] * 30
    paragraphs = folded.set_index("doc_id")["text"].str.split("\n")
    best = topics.documents.loc[topics.documents.groupby(["doc_id", "paragraph"])["weight"].idxmax()]
    for row in topics.passages.itertuples():
        own = best.query("doc_id == @row.doc_id and topic == @row.topic")["paragraph"]
        assert any(row.text in paragraphs[row.doc_id][number] for number in own)


def test_a_warm_start_finds_the_topics_of_the_first_fit(six):
    corpus, _ = six
    matrix = topic_matrix(corpus)
    first = solve(matrix, 6)
    rows = np.arange(0, matrix.counts.shape[0], 2)
    for model in ("spherical", "nmf"):
        whole = solve(matrix, 6, model=model)
        half = solve(matrix.take(rows), 6, model=model, start=whole)
        agreement = adjusted_rand_score(first.documents[rows].argmax(axis=1), half.documents.argmax(axis=1))
        assert agreement > 0.95


def test_the_number_of_units_needed_is_what_the_remark_says(planting):
    frame, _ = planting.planted(3, UNITS_A_TOPIC * 3, seed=7)
    assert len(fit_topics(corpus_of(frame), 3).topics) == 3
    short = fit_topics(corpus_of(frame.iloc[1:]), 3)
    assert len(short.topics) == 0
    assert "at least 30 articles" in tell(short.attrs["remarks"][0], "en")
    assert tell(short.attrs["remarks"][0], "en").endswith("and the corpus has 29.")


SCRIPT = """
import hashlib, importlib.util, sys
import pandas as pd
import kit
from kit.topics.models.fit import fit_topics
from kit.wording.words import tell
spec = importlib.util.spec_from_file_location("planted", sys.argv[1])
planted = importlib.util.module_from_spec(spec); spec.loader.exec_module(planted)
frame, _ = planted.planted(8, 500, seed=4, own=0.25)
frame = frame.sample(frac=1, random_state=int(sys.argv[2]))
corpus = kit.Corpus.from_frame(frame, clean=False)
for model in ("spherical", "nmf"):
    topics = fit_topics(corpus, 8, seeds={"tema": planted.theme(3)[:4]}, model=model)
    for name in ("terms", "documents", "topics", "seeds", "passages", "units", "quality"):
        text = getattr(topics, name).to_csv(index=False)
        print(model, name, hashlib.sha256(text.encode()).hexdigest())
"""

MACHINES = [
    {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "3"},
    {
        "OPENBLAS_CORETYPE": "Haswell",
        "OPENBLAS_NUM_THREADS": "2",
        "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
    },
    {
        "OPENBLAS_CORETYPE": "Haswell",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
        "PYTHONHASHSEED": "9",
    },
    {"OPENBLAS_CORETYPE": "SkylakeX", "OPENBLAS_NUM_THREADS": "2"},
]


def _run(machine, order):
    environment = {**os.environ, **machine}
    script = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(Path(__file__).with_name("planted.py")), str(order)]
    return subprocess.run(
        script, env=environment, cwd=Path(__file__).resolve().parents[3], capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def here():
    return _run({}, 0)


@pytest.mark.parametrize("order", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in (1, 2, 3))])
def test_the_same_bytes_on_other_machines_and_from_other_orders(here, order):
    machine = MACHINES[order]
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    if machine["OPENBLAS_CORETYPE"] == "SkylakeX" and "avx512f" not in flags:
        pytest.skip("the processor has no AVX-512")
    if machine["OPENBLAS_CORETYPE"] == "Haswell" and "avx2" not in flags:
        pytest.skip("the processor has no AVX2")
    assert _run(machine, order + 1) == here


def test_blas_has_one_thread_in_the_fit_and_what_it_had_after_it(six, monkeypatch):
    def threads():
        return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}

    seen = []

    def watched(*given, **more):
        seen.append(threads())
        return solve_spherical(*given, **more)

    monkeypatch.setattr(fit, "solve_spherical", watched)
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        fit_topics(six[0], 6)
        assert threads() == before
    assert seen == [{1}]


def test_a_table_written_and_read_again_is_the_same(six):
    topics = fit_topics(six[0], 6)
    text = topics.terms.to_csv(index=False)
    again = pd.read_csv(io.StringIO(text), keep_default_na=False).to_csv(index=False)
    assert hashlib.sha256(text.encode()).digest() == hashlib.sha256(again.encode()).digest()


def test_the_remark_tells_texts_from_texts_with_terms():
    frame = pd.DataFrame({"doc_id": [f"d{n:03}" for n in range(40)], "text": [f"{n} dan yang itu" for n in range(40)]})
    remark = fit_topics(corpus_of(frame), 3).attrs["remarks"][0]
    assert tell(remark, "en").endswith("and the corpus has 40, 0 of them with terms of the model.")
    assert tell(remark, "id").endswith("korpus memuat 40, 0 di antaranya memuat kata model.")


def test_units_without_terms_are_told(planting):
    frame, _ = planting.planted(2, 40, seed=5)
    assert fit_topics(corpus_of(frame), 2).attrs["remarks"] == []
    more = pd.concat([frame, pd.DataFrame({"doc_id": ["z1", "z2"], "text": ["yang dan", "yang itu"]})])
    told = fit_topics(corpus_of(more), 2).attrs["remarks"]
    assert [tell(remark, "en").split(": ")[1] for remark in told] == ["2 of 42 articles of different text."]


def test_words_of_ones_own_are_lists(six):
    with pytest.raises(QueryError, match="no list of words"):
        fit_topics(six[0], 6, seeds={"beras": None})
