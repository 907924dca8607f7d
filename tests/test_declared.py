"""Every column of numbers is declared: a card of its table's family, or a line of labels.csv says what it holds."""

from __future__ import annotations

import csv
import dataclasses
import inspect
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.measures.cards import describe_measure
from kit.wording.measures import families

ROOT = Path(__file__).parents[1]
ABOUT = (
    "Warga antre beras di pasar. Aparatur Sipil Negara (ASN) melayani warga.\nBaca Juga: Judul Lain",
    "Pemain mencetak gol. Layanan publik transparan dan akuntabel.",
    "Hujan merendam sawah. Tata kelola akuntabel, transparan, efektif, dan efisien.",
)
#: Public functions that give no table, or one whose columns are declared elsewhere.
WITHOUT = {
    "general_indonesian",
    "load_settings",
    "read_articles",
    "load_corpus",
    "open_corpus",
    "save_corpus",
    "export_texts",
    "export_coding",
    "load_codebook",
    "describe_measure",
    "show",
    "explore_concordance",
    "explore_concepts",
    "explore_comparison",
    "explore_topics",
    "explore_coding",
    "lock_coding",
}


@cache
def corpus() -> kit.Corpus:
    rows = [
        {
            "doc_id": f"d{row:03}",
            "text": f"{ABOUT[row % 3]} {row}",
            "date": str(2019 + row % 2),
            "outlet": "ab"[row % 2],
        }
        for row in range(60)
    ]
    return kit.Corpus.from_frame(pd.DataFrame(rows))


@cache
def codebook() -> kit.Codebook:
    return kit.load_codebook()


@cache
def mentions() -> pd.DataFrame:
    return kit.find_mentions(corpus(), codebook())


@cache
def topics() -> kit.Topics:
    return kit.fit_topics(corpus(), 3)


@cache
def clusters() -> kit.TermClusters:
    return kit.cluster_terms(corpus(), codebook(), resamples=99)


@cache
def choice() -> kit.TopicChoice:
    return kit.compare_topics(corpus(), [2], resamples=2, nulls=5)


@cache
def study() -> kit.StudyPlan:
    return kit.plan_study(corpus(), effect=2, concept="aktor-asn", codebook=codebook(), resamples=200)


def added(folder: Path) -> pd.DataFrame:
    source = folder / "articles.csv"
    pd.DataFrame({"doc_id": ["a"], "text": ["Warga."]}).to_csv(source, index=False)
    return kit.add_articles(source, folder / "saved")


def removed(folder: Path) -> pd.DataFrame:
    kit.save_corpus(corpus(), folder / "saved")
    return kit.remove_articles(folder / "saved", "d000")


def reindexed(folder: Path) -> pd.DataFrame:
    kit.save_corpus(corpus(), folder / "saved")
    return kit.reindex_corpus(folder / "saved")


def taken(folder: Path) -> pd.DataFrame:
    (folder / "mine.yml").write_text("layanan:\n- layanan\n- '!'\n", encoding="utf-8")
    return kit.import_codebook(folder / "mine.yml", folder / "mine")


def coded(folder: Path) -> pd.DataFrame:
    kit.export_coding(corpus(), codebook(), folder / "out.qdpx")
    return kit.import_coding(corpus(), codebook(), folder / "out.qdpx")


@cache
def sheet() -> kit.CodingSheet:
    return kit.coding_sheet(corpus(), codebook(), n=2, concepts=["melayani", "transparansi"])


def measured(folder: Path) -> Path:
    kit.score_coding(corpus(), answered(folder), sheet().key).validity.to_csv(folder / "validity.csv", index=False)
    return folder / "validity.csv"


@cache
def intruders() -> kit.IntrusionSheet:
    return kit.intrusion_sheet(corpus(), topics())


def answered(folder: Path) -> pd.DataFrame:
    """What two coders answered: yes to the hits and no to the rest, the second in CSV."""
    files = sheet().save(folder / "sheets", ["ani", "budi"])
    hits = set(sheet().key.loc[sheet().key["stratum"] == "hit", "item"])
    for file in (files[1], files[4]):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        answers = ["yes" if item in hits else "no" for item in table["item"]]
        table.assign(value=answers).to_csv(file, index=False)
    return kit.read_codings([files[1], files[4]], sheet().key)


def compared() -> pd.DataFrame:
    rows = [("a", "Warga antre beras. Hujan turun."), ("b", "Warga antre beras. Hujan turun.")]
    return kit.compare_copy(kit.Corpus.from_frame(pd.DataFrame(rows, columns=["doc_id", "text"])), "b")


def said(folder: Path) -> Path:
    rows = [("d1", "Dinas", 1), ("d1", "LSM", -1), ("d2", "Dinas", 1)]
    table = pd.DataFrame(rows, columns=["doc_id", "organisation", "agreement"]).assign(concept="anggaran")
    table.to_csv(folder / "said.csv", index=False)
    return folder / "said.csv"


def half(outlet: str) -> kit.Corpus:
    return corpus().where(outlet=outlet)


FRAMES: dict[str, Callable[[Path], Any]] = {
    "Corpus": lambda _: corpus(),
    "add_articles": added,
    "remove_articles": removed,
    "reindex_corpus": reindexed,
    "Codebook": lambda _: codebook(),
    "find_mentions": lambda _: mentions(),
    "find_modality": lambda _: kit.find_modality(corpus()),
    "service_voice": lambda _: kit.service_voice(corpus()),
    "find_quotations": lambda _: kit.find_quotations(corpus()),
    "list_speakers": lambda _: kit.list_speakers(corpus(), kit.find_quotations(corpus())),
    "join_speakers": lambda _: kit.join_speakers(corpus(), kit.find_quotations(corpus())),
    "code_speakers": lambda _: kit.code_speakers(corpus(), kit.find_quotations(corpus())),
    "statements": lambda _: kit.statements(corpus(), codebook(), mentions=mentions()),
    "read_statements": lambda folder: kit.read_statements(said(folder)),
    "discourse_network": lambda folder: kit.discourse_network(kit.read_statements(said(folder))),
    "tally": lambda _: kit.tally(kit.find_modality(corpus()), by="category"),
    "list_citations": lambda _: kit.list_citations(corpus(), kit.find_quotations(corpus())),
    "plot_discourse": lambda folder: kit.plot_discourse(kit.discourse_network(kit.read_statements(said(folder)))),
    "find_coalitions": lambda folder: kit.find_coalitions(
        kit.discourse_network(kit.read_statements(said(folder)), resamples=0), permutations=99
    ),
    "compare": lambda _: kit.compare(corpus(), codebook(), by="outlet"),
    "compare_specifications": lambda _: kit.compare_specifications(corpus(), codebook(), concepts=["melayani"]),
    "describe_codebook": lambda _: kit.describe_codebook(codebook(), corpus()),
    "explain": lambda _: kit.explain("ASN melayani.", codebook()),
    "compare_codebooks": lambda _: kit.compare_codebooks(corpus(), codebook(), codebook()),
    "near_misses": lambda _: kit.near_misses(corpus(), codebook()),
    "candidate_terms": lambda _: kit.candidate_terms(corpus(), codebook()),
    "concept_overlap": lambda _: kit.concept_overlap(corpus(), codebook()),
    "split_half": lambda _: kit.split_half(corpus(), codebook()),
    "export_codebook": lambda folder: kit.export_codebook(codebook(), folder / "out.yml"),
    "import_codebook": taken,
    "import_coding": coded,
    "describe_corpus": lambda _: kit.describe_corpus(corpus()),
    "describe_removed": lambda _: kit.describe_removed(corpus()),
    "list_removed": lambda _: kit.list_removed(corpus()),
    "list_flagged": lambda _: kit.list_flagged(corpus()),
    "list_copies": lambda _: kit.list_copies(corpus()),
    "compare_copy": lambda _: compared(),
    "term_frequencies": lambda _: kit.term_frequencies(corpus()),
    "concept_frequencies": lambda _: kit.concept_frequencies(corpus(), codebook()),
    "pattern_frequencies": lambda _: kit.pattern_frequencies(corpus(), codebook()),
    "ngram_frequencies": lambda _: kit.ngram_frequencies(corpus()),
    "FrequencyList.look_up": lambda _: kit.general_indonesian().look_up(["warga"]),
    "concordance": lambda _: kit.concordance(corpus(), "warga"),
    "dispersion": lambda _: kit.dispersion(corpus()),
    "reduced_frequencies": lambda _: kit.reduced_frequencies(corpus()),
    "lexical_diversity": lambda _: kit.lexical_diversity(corpus()),
    "stopword_sensitivity": lambda _: kit.stopword_sensitivity(corpus()),
    "frequency_intervals": lambda _: kit.frequency_intervals(corpus()),
    "log_ratio_intervals": lambda _: kit.log_ratio_intervals(half("a"), half("b")),
    "plan_study": lambda _: study(),
    "simulate_corpus": lambda _: kit.simulate_corpus(codebook(), n_documents=4, seed=0),
    "sample_corpus": lambda _: kit.sample_corpus(),
    "collocations": lambda _: kit.collocations(corpus(), "warga"),
    "concept_network": lambda _: kit.concept_network(corpus(), codebook()),
    "find_lists": lambda _: kit.find_lists(corpus(), codebook()),
    "keyness": lambda _: kit.keyness(half("a"), half("b")),
    "cluster_terms": lambda _: clusters(),
    "cluster_terms.edges": lambda _: clusters().edges(),
    "map_clusters": lambda _: kit.map_clusters(clusters()),
    "fit_topics": lambda _: topics(),
    "compare_topics": lambda _: choice(),
    "topic_stability": lambda _: kit.topic_stability(corpus(), topics(), resamples=2, nulls=5),
    "topic_shares": lambda _: kit.topic_shares(corpus(), topics()),
    "topic_sources": lambda _: kit.topic_sources(corpus(), topics(), by="outlet", resamples=99),
    "topic_table": lambda _: kit.topic_table(topics()),
    "plot_compare": lambda _: kit.plot_compare(kit.compare(corpus(), codebook(), by="outlet"), codebook()),
    "plot_concepts": lambda _: kit.plot_concepts(kit.concept_frequencies(corpus(), codebook()), codebook()),
    "plot_dispersion": lambda _: kit.plot_dispersion(corpus(), ["warga"]),
    "plot_keyness": lambda _: kit.plot_keyness(kit.keyness(half("a"), half("b"))),
    "plot_network": lambda _: kit.plot_network(kit.concept_network(corpus(), codebook())),
    "plot_specifications": lambda _: kit.plot_specifications(
        kit.compare_specifications(corpus(), codebook(), concepts=["melayani"])
    ),
    "plot_study": lambda _: kit.plot_study(study()),
    "plot_clusters": lambda _: kit.plot_clusters(clusters()),
    "plot_cluster_map": lambda _: kit.plot_cluster_map(kit.map_clusters(clusters())),
    "plot_topic_choice": lambda _: kit.plot_topic_choice(choice()),
    "plot_topic_shares": lambda _: kit.plot_topic_shares(kit.topic_shares(corpus(), topics(), by="outlet")),
    "coding_sheet": lambda _: sheet(),
    "read_codings": answered,
    "add_codings": lambda folder: kit.add_codings(answered(folder), folder / "codings.csv"),
    "score_coding": lambda folder: kit.score_coding(corpus(), answered(folder), sheet().key),
    "sentence_codings": lambda _: kit.sentence_codings(corpus(), mentions().assign(coder="kit")),
    "load_validity": lambda folder: kit.load_validity(codebook(), measured(folder)),
    "intrusion_sheet": lambda _: intruders(),
    "score_intrusion": lambda _: kit.score_intrusion(
        corpus(), intruders().key.assign(coder="ani", value="1"), intruders().key
    ),
    "find_passages": lambda _: kit.find_passages(corpus(), kit.term_frequencies(corpus())),
    "evidence": lambda _: kit.evidence(corpus(), mentions()),
}


def tables(name: str, made: Any) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of a result with the names that families give them."""
    if isinstance(made, pd.DataFrame):
        yield name, made
        return
    parts = [field.name for field in dataclasses.fields(made)] if dataclasses.is_dataclass(made) else made._fields
    if isinstance(made, kit.Corpus | kit.Codebook):
        for part, _ in inspect.getmembers(type(made), lambda value: isinstance(value, property)):
            if isinstance(getattr(made, part), pd.DataFrame):
                yield f"{'Corpus' if isinstance(made, kit.Corpus) else name}.{part}", getattr(made, part)
        parts = [part for part in ("planted", "truth") if hasattr(made, part)]
    for part in parts:
        if isinstance(getattr(made, part), pd.DataFrame):
            yield f"{name}.{part}", getattr(made, part)


@cache
def numbers_of_labels() -> dict[str, str]:
    with (ROOT / "kit" / "wording" / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["holds"] for row in csv.DictReader(file) if row["holds"]}


def undeclared(table: pd.DataFrame | str, columns: list[str]) -> list[str]:
    """Return the columns that neither the family of a table nor labels.csv declares."""
    return [column for column in columns if column not in numbers_of_labels() and not card(column, table)]


def card(column: str, table: pd.DataFrame | str) -> kit.MeasureCard | None:
    try:
        return describe_measure(column, table)
    except QueryError:
        return None


def named() -> set[str]:
    """Return the tables that families name."""
    return {table for family in families().values() for table in family.tables}


def numbers(table: pd.DataFrame) -> list[str]:
    return [column for column in table.columns if pd.api.types.is_numeric_dtype(table[column].dtype)]


@pytest.mark.parametrize("name", FRAMES)
def test_every_number_of_a_public_table_is_declared(name: str, tmp_path: Path) -> None:
    found = dict(tables(name, FRAMES[name](tmp_path)))
    for table, frame in found.items():
        made = frame if name.startswith("plot_") else table
        assert not undeclared(made, numbers(frame)), table
        if "call" in frame.attrs:  # the table itself says which it is
            assert all(card(column, frame) is card(column, made) for column in numbers(frame)), table
    assert {table for table in named() if table == name or table.startswith(f"{name}.")} <= {*found, *FRAMES}


def test_every_public_function_is_walked() -> None:
    public = {name: getattr(kit, name) for name in kit.__all__}
    functions = {name for name, value in public.items() if inspect.isfunction(value)}
    assert functions == {name for name in {*FRAMES, *WITHOUT} if "." not in name and name[0].islower()}


def test_every_table_of_a_family_is_made_by_a_public_function() -> None:
    assert {table for table in named() if table not in FRAMES and table.split(".")[0] not in FRAMES} == set()


@pytest.mark.parametrize("sidecar", sorted(ROOT.glob("figures/*.json")), ids=lambda file: file.stem)
def test_every_number_of_an_exhibit_is_declared(sidecar: Path) -> None:
    told = json.loads(sidecar.read_text(encoding="utf-8"))
    files = {f"{sidecar.stem}.csv", f"tables/{sidecar.stem}.csv"} & set(told["products"])
    if not files:
        pytest.skip("this exhibit has nothing to show")
    frame = pd.read_csv(sidecar.parent / files.pop())
    assert list(frame.columns) == [column["name"] for column in told["columns"]]
    frame.attrs["call"] = told["attrs"]["call"]
    assert not undeclared(frame, [column for column in numbers(frame) if frame[column].notna().any()])
    for column in told["columns"]:
        assert column["heading"]["en"]
