"""Intrusion tests: questions that can be answered from the topics, files read back, and p-values of guessing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import kit
from kit.errors import CodingError
from kit.validity.coding.record import record_of
from kit.validity.intrusion.scores import exact_p

THEMES = (
    "warga antre beras pasar harga minyak gula cabai pedagang kios toko belanja telur bawang daging",
    "pemain mencetak gol pelatih bola liga stadion wasit tim penyerang kiper juara laga klub musim",
    "hujan banjir sungai sawah tanggul longsor cuaca awan angin petani panen irigasi kering kemarau debit",
    "dokter pasien obat vaksin klinik perawat penyakit gejala rumah sakit demam resep apotek bidan imunisasi",
    "guru siswa sekolah kelas ujian buku nilai kurikulum pelajaran murid kampus dosen wisuda ijazah rapor",
)


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    generator = np.random.default_rng(0)
    texts = [" ".join(generator.choice(THEMES[row % 5].split(), 12)) + f" {row}" for row in range(100)]
    frame = pd.DataFrame({"doc_id": [f"d{row:03}" for row in range(100)], "text": texts})
    return kit.Corpus.from_frame(frame, clean=False)


@pytest.fixture(scope="module")
def topics(corpus: kit.Corpus) -> kit.Topics:
    return kit.fit_topics(corpus, 5)


def options_of(passage: str) -> list[list[str]]:
    return [line.partition(". ")[2].split(", ") for line in passage.rpartition("\n\n")[2].split("\n")]


def test_the_intruder_is_no_term_of_the_topic(corpus: kit.Corpus, topics: kit.Topics) -> None:
    terms = {topic: own["term"].tolist() for topic, own in topics.terms.sort_values("rank").groupby("topic")}
    for kind, many in (("word", 6), ("set", 4)):
        sheet = kit.intrusion_sheet(corpus, topics, kind=kind, n=10)
        assert len(sheet.items) == 10
        assert sheet.key["topic"].value_counts().tolist() == [2] * 5
        for (_, row), passage in zip(sheet.key.iterrows(), sheet.items["passage"], strict=True):
            options = options_of(passage)
            assert len(options) == row["options"] == many
            intruder = options.pop(row["intruder"] - 1)
            assert not set(intruder) & set(terms[row["topic"]])
            assert set(intruder) <= set(terms[row["from_topic"]])
            assert {word for option in options for word in option} <= set(terms[row["topic"]])
            if kind == "word":
                assert {option[0] for option in options} == set(terms[row["topic"]][:5])


def test_topics_of_a_text(corpus: kit.Corpus, topics: kit.Topics) -> None:
    sheet = kit.intrusion_sheet(corpus, topics, kind="topic", n=8)
    weights = topics.documents.pivot_table(index="doc_id", columns="topic", values="weight")
    texts = corpus.documents.set_index("doc_id")["text"]
    for (_, row), passage in zip(sheet.key.iterrows(), sheet.items["passage"], strict=True):
        assert passage.startswith(texts[row["doc_id"]])
        ranks = weights.loc[row["doc_id"]].rank(ascending=False, method="first")
        assert ranks[row["from_topic"]] > 3
        assert ranks[row["topic"]] == 1
    assert sheet.key["doc_id"].is_unique


def test_the_same_seed_makes_the_same_sheet(corpus: kit.Corpus, topics: kit.Topics) -> None:
    one, two, other = (kit.intrusion_sheet(corpus, topics, n=5, seed=seed) for seed in (0, 0, 1))
    assert one.key.equals(two.key)
    assert one.hash == two.hash != other.hash


@pytest.mark.parametrize("kind", ["word", "topic"])
def test_files_come_back(corpus: kit.Corpus, topics: kit.Topics, kind: str, tmp_path: Path) -> None:
    sheet = kit.intrusion_sheet(corpus, topics, kind=kind, n=5)
    _, table, page, key = sheet.save(tmp_path, ["ani"], language="id")
    text = table.read_text("utf-8-sig")
    assert "from_topic" not in text
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    frame.assign(value=sheet.key["intruder"].astype(str)).to_csv(table, index=False)
    codings = kit.read_codings(table, key)
    scores = kit.score_intrusion(corpus, codings, key)
    assert scores["found_share"].tolist() == [1.0, 1.0]
    assert '"keys":{"1":"1"' in page.read_text("utf-8")
    frame.assign(value="9").to_csv(table, index=False)
    with pytest.raises(CodingError, match=r"row 2: the answer '9' is none of 1, 2, 3, 4"):
        kit.read_codings(table, key)


def guesses(sheet: kit.IntrusionSheet, generator: np.random.Generator, coders: int = 1) -> pd.DataFrame:
    rows = [
        sheet.key.assign(coder=f"c{one}", value=generator.integers(1, sheet.key["options"] + 1).astype(str), time="")
        for one in range(coders)
    ]
    return pd.concat(rows)


def share_above(corpus: kit.Corpus, topics: kit.Topics, runs: int, coders: int) -> tuple[float, float]:
    generator = np.random.default_rng(coders)
    exact, drawn = [], []
    sheet = kit.intrusion_sheet(corpus, topics, n=20)
    for run in range(runs):
        scores = kit.score_intrusion(corpus, guesses(sheet, generator, coders), sheet.key, permutations=199, seed=run)
        exact.append(scores["p_exact"].iloc[-1] > 0.05)
        drawn.append(scores["p_permutation"].iloc[-1] > 0.05)
    return float(np.mean(exact)), float(np.mean(drawn))


def test_guessing_is_not_taken_for_knowing(corpus: kit.Corpus, topics: kit.Topics) -> None:
    assert min(share_above(corpus, topics, 40, 2)) >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("coders", [1, 3])
def test_a_random_coder_is_found_out_in_95_of_100_runs(corpus: kit.Corpus, topics: kit.Topics, coders: int) -> None:
    exact, drawn = share_above(corpus, topics, 1000, coders)
    error = 2 * (0.95 * 0.05 / 1000) ** 0.5
    assert exact >= 0.95 - error
    assert drawn >= 0.95 - error


@given(st.integers(1, 30), st.integers(2, 6), st.data())
def test_the_exact_p_of_one_coder_is_binomial(questions: int, options: int, data: st.DataObject) -> None:
    found = data.draw(st.integers(0, questions))
    votes = [np.eye(options, dtype=np.int64)[0]] * questions
    assert exact_p(votes, found) == pytest.approx(stats.binom.sf(found - 1, questions, 1 / options), abs=1e-12)


def test_coders_who_answer_alike_are_no_more_evidence(corpus: kit.Corpus, topics: kit.Topics) -> None:
    sheet = kit.intrusion_sheet(corpus, topics, n=6)
    right = [*sheet.key["intruder"][:3], *(sheet.key["intruder"][3:] % 6 + 1)]
    one = sheet.key.assign(coder="a", value=[str(value) for value in right], time="")
    alone = kit.score_intrusion(corpus, one, sheet.key)
    three = kit.score_intrusion(corpus, pd.concat([one.assign(coder=name) for name in "abc"]), sheet.key)
    assert alone["p_exact"].iloc[-1] == pytest.approx(three["p_exact"].iloc[-1], abs=1e-15)
    assert alone["p_exact"][0] == pytest.approx(stats.binom.sf(2, 6, 1 / 6))
    assert three["p_permutation"].iloc[-1] == pytest.approx(three["p_exact"].iloc[-1], abs=0.01)
    assert three["found"].tolist() == [3, 3, 3, 9]


def test_what_cannot_be_made_or_scored_is_told(corpus: kit.Corpus, topics: kit.Topics) -> None:
    two = kit.fit_topics(corpus, 2)
    with pytest.raises(CodingError, match=r"no question of topic intrusion can be made -> fit more topics"):
        kit.intrusion_sheet(corpus, two, kind="topic")
    none = kit.fit_topics(corpus, 90)
    with pytest.raises(CodingError, match=r"can be made -> There are no topics: 90 topics need at least 900 articles"):
        kit.intrusion_sheet(corpus, none)
    with pytest.raises(CodingError, match=r"kind = 'term' -> use one of word, set, topic"):
        kit.intrusion_sheet(corpus, topics, kind="term")  # type: ignore[arg-type]
    with pytest.raises(CodingError, match=r"n = 0 -> ask for one"):
        kit.intrusion_sheet(corpus, topics, n=0)
    with pytest.raises(CodingError, match=r"the topics are of another corpus"):
        kit.intrusion_sheet(corpus.where(doc_id="d001"), topics)
    sheet = kit.intrusion_sheet(corpus, topics, n=3)
    bad = sheet.key.assign(coder="a", value="7", time="")
    with pytest.raises(
        CodingError, match=r"codings, item \w+: the answer '7' is no option -> answer with one of 1 to 6"
    ):
        kit.score_intrusion(corpus, bad, sheet.key)
    empty = kit.score_intrusion(corpus, record_of([]), sheet.key)
    assert empty["answers"].tolist() == [0]
    assert empty["p_exact"].isna().all()
