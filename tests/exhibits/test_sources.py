"""Every table the kit makes says what it is, and an exhibit says no more of a table than is still true."""

from __future__ import annotations

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
from kit.corpus.facts import finding, unchanged
from kit.corpus.scripts import as_code
from kit.errors import ExhibitError

TITLE = {"en": "A table", "id": "Tabel"}
CODEBOOK = kit.load_codebook()


@pytest.fixture(scope="module", autouse=True)
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with a corpus of forty simulated articles, in a file and saved."""
    root = tmp_path_factory.mktemp("facts") / "studi é"
    root.mkdir()
    (root / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    documents = kit.simulate_corpus(CODEBOOK, n_documents=40, seed=1).corpus.documents
    rows = documents[["doc_id", "outlet", "date", "text"]].to_dict("records")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (root / "corpus.jsonl").write_text(lines, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("KIT_STAGE", raising=False)
        sheet = kit.coding_sheet(kit.load_corpus("corpus.jsonl"), CODEBOOK, n=2, concepts=["melayani"])
        sheet.save("coded/sheets", ["ani"])[-1].rename("coded/key.csv")
        rows = sheet.key.assign(value=["yes", "no"] * 3)
        kit.add_codings(pd.concat([rows.assign(coder=name) for name in ("ani", "budi")]), "coded/codings.csv")
        for half in (documents.head(20), documents.tail(20)):
            kit.add_articles(half, "saved", clean=False)
        yield root


@cache
def corpus() -> kit.Corpus:
    return kit.load_corpus("corpus.jsonl")


@cache
def sample() -> kit.Corpus:
    return kit.sample_corpus()


@cache
def mentions() -> pd.DataFrame:
    return kit.find_mentions(corpus(), CODEBOOK)


@cache
def clusters() -> kit.TermClusters:
    return kit.cluster_terms(corpus(), CODEBOOK, min_count=2, resamples=20)


@cache
def topics() -> kit.Topics:
    return kit.fit_topics(corpus(), 3)


@cache
def shares() -> pd.DataFrame:
    return kit.topic_shares(corpus(), topics())


@cache
def outlets() -> dict[str, kit.Corpus]:
    return corpus().split("outlet")


#: One call of every public function that makes tables, and more where a call can be written down otherwise.
CALLS: dict[str, Callable[[], Any]] = {
    "find_mentions": mentions,
    "find_modality": lambda: kit.find_modality(corpus()),
    "service_voice": lambda: kit.service_voice(corpus()),
    "statements": lambda: kit.statements(corpus(), CODEBOOK, mentions=mentions()),
    "discourse_network": lambda: kit.discourse_network(
        made_of("statements"), rows="bearer_group", agreement="ignore", resamples=200
    ),
    "find_quotations": lambda: kit.find_quotations(corpus(), mode="lenient"),
    "list_speakers": lambda: kit.list_speakers(corpus(), kit.find_quotations(corpus())),
    "join_speakers": lambda: kit.join_speakers(corpus(), kit.find_quotations(corpus())),
    "code_speakers": lambda: kit.code_speakers(corpus(), kit.find_quotations(corpus())),
    "tally": lambda: kit.tally(made_of("service_voice"), by=["form", "recipient_kind"]),
    "list_citations": lambda: kit.list_citations(corpus(), kit.find_quotations(corpus())),
    "plot_discourse": lambda: kit.plot_discourse(made_of("discourse_network")),
    "find_coalitions": lambda: kit.find_coalitions(made_of("discourse_network"), permutations=99),
    "describe_corpus": lambda: kit.describe_corpus(corpus(), by="outlet"),
    "describe_removed": lambda: kit.describe_removed(corpus()),
    "list_removed": lambda: kit.list_removed(corpus()),
    "list_flagged": lambda: kit.list_flagged(corpus()),
    "list_copies": lambda: kit.list_copies(sample()),
    "compare_copy": lambda: kit.compare_copy(sample(), sample().documents.query("copy_of != ''")["doc_id"].iloc[0]),
    "term_frequencies": lambda: kit.term_frequencies(corpus(), unit="lexeme", by="year", kinds=["word"]),
    "concept_frequencies": lambda: kit.concept_frequencies(corpus(), CODEBOOK, mentions=mentions()),
    "concept_frequencies, other patterns": lambda: kit.concept_frequencies(
        corpus().where(outlet=["Simulasi A"]), CODEBOOK.with_patterns(enable=["berdampak"]), by="outlet"
    ),
    "concept_frequencies, corrected": lambda: kit.concept_frequencies(
        corpus(), CODEBOOK, validity=made_of("score_coding").validity
    ),
    "pattern_frequencies": lambda: kit.pattern_frequencies(corpus(), CODEBOOK),
    "find_passages": lambda: kit.find_passages(corpus(), kit.reduced_frequencies(corpus(), min_count=20)),
    "coding_sheet": lambda: kit.coding_sheet(corpus(), CODEBOOK, n=2, concepts=["melayani"]),
    "score_coding": lambda: kit.score_coding(corpus(), kit.read_codings("coded/codings.csv"), "coded/key.csv"),
    "intrusion_sheet": lambda: kit.intrusion_sheet(corpus(), topics(), n=3),
    "score_intrusion": lambda: kit.score_intrusion(
        corpus(), kit.read_codings("coded/codings.csv"), made_of("intrusion_sheet").key
    ),
    "concordance": lambda: kit.concordance(corpus(), ["akuntab*", "warga"], limit=20),
    "dispersion": lambda: kit.dispersion(corpus(), parts="outlet", min_count=3),
    "reduced_frequencies": lambda: kit.reduced_frequencies(corpus(), min_count=5),
    "ngram_frequencies": lambda: kit.ngram_frequencies(corpus(), n=[2, 3], by="outlet", min_count=3),
    "lexical_diversity": lambda: kit.lexical_diversity(corpus(), by="outlet"),
    "stopword_sensitivity": lambda: kit.stopword_sensitivity(corpus()),
    "frequency_intervals": lambda: kit.frequency_intervals(corpus(), unit="concept", codebook=CODEBOOK, by="outlet"),
    "log_ratio_intervals": lambda: kit.log_ratio_intervals(*outlets().values()),
    "plan_study": lambda: kit.plan_study(
        corpus(), effect=2.0, concept="akuntabilitas", codebook=CODEBOOK, resamples=200
    ),
    "collocations": lambda: kit.collocations(corpus(), ["form:warga", "form:dan"], context=(3, None)),
    "collocations, of mentions": lambda: kit.collocations(corpus(), mentions(), min_count=2),
    "concept_network": lambda: kit.concept_network(corpus(), CODEBOOK),
    "find_lists": lambda: kit.find_lists(corpus(), CODEBOOK, mentions=mentions()),
    "keyness": lambda: kit.keyness(*outlets().values(), min_count=3),
    "keyness, general": lambda: kit.keyness(corpus(), kit.general_indonesian(), min_count=9),
    "keyness, of a list": lambda: kit.keyness(
        corpus(), kit.FrequencyList.from_frame(kit.term_frequencies(outlets()["Simulasi B"])), min_count=9
    ),
    "cluster_terms": clusters,
    "map_clusters": lambda: kit.map_clusters(clusters()),
    "fit_topics": topics,
    "compare_topics": lambda: kit.compare_topics(corpus(), [2, 3], resamples=2, nulls=5, progress=False),
    "topic_stability": lambda: kit.topic_stability(corpus(), topics(), resamples=2, nulls=5, progress=False),
    "topic_shares": lambda: kit.topic_shares(corpus(), topics(), by="year"),
    "topic_sources": lambda: kit.topic_sources(corpus(), topics(), by=("outlet",), resamples=99),
    "topic_table": lambda: kit.topic_table(topics(), shares=shares()),
    "compare": lambda: kit.compare(corpus(), CODEBOOK, by=["outlet", {"period": "2024-01-01"}]),
    "compare_specifications": lambda: kit.compare_specifications(corpus(), CODEBOOK, concepts=["melayani"]),
    "describe_codebook": lambda: kit.describe_codebook(CODEBOOK, corpus(), mentions=mentions()),
    "explain": lambda: kit.explain("Tata kelola data; ASN melayani.", CODEBOOK),
    "compare_codebooks": lambda: kit.compare_codebooks(
        corpus(), CODEBOOK, CODEBOOK.with_patterns(enable=["berdampak"])
    ),
    "near_misses": lambda: kit.near_misses(corpus(), CODEBOOK, concepts=["akuntabilitas", "pelayanan-publik"]),
    "candidate_terms": lambda: kit.candidate_terms(corpus(), CODEBOOK),
    "concept_overlap": lambda: kit.concept_overlap(corpus(), CODEBOOK, mentions=mentions()),
    "split_half": lambda: kit.split_half(corpus(), CODEBOOK),
    "evidence": lambda: kit.evidence(corpus(), mentions(), by="pattern"),
    "plot_compare": lambda: kit.plot_compare(kit.compare(corpus(), CODEBOOK, by="outlet"), CODEBOOK),
    "plot_concepts": lambda: kit.plot_concepts(kit.concept_frequencies(corpus(), CODEBOOK), CODEBOOK),
    "plot_concepts, labelled": lambda: kit.plot_concepts(
        CODEBOOK.labelled(kit.concept_frequencies(corpus(), CODEBOOK), "id")
    ),
    "plot_dispersion": lambda: kit.plot_dispersion(corpus(), ["warga", "akuntab*"], by="outlet"),
    "plot_keyness": lambda: kit.plot_keyness(kit.keyness(*outlets().values(), min_count=3), top=10),
    "plot_network": lambda: kit.plot_network(kit.concept_network(corpus(), CODEBOOK)),
    "plot_specifications": lambda: kit.plot_specifications(made_of("compare_specifications")),
    "plot_study": lambda: kit.plot_study(made_of("plan_study")),
    "plot_clusters": lambda: kit.plot_clusters(clusters()),
    "plot_cluster_map": lambda: kit.plot_cluster_map(made_of("map_clusters")),
    "plot_topic_choice": lambda: kit.plot_topic_choice(made_of("compare_topics")),
    "plot_topic_shares": lambda: kit.plot_topic_shares(kit.topic_shares(corpus(), topics(), by="outlet")),
    "set aside": lambda: corpus().set_aside,
    "labelled": lambda: CODEBOOK.labelled(kit.concept_frequencies(corpus(), CODEBOOK), "id"),
    "saved": lambda: kit.term_frequencies(kit.open_corpus("saved", engine=2).where(outlet="Simulasi A")),
    "part": lambda: kit.term_frequencies(kit.open_corpus("saved").part(1)),
    "sample": lambda: kit.describe_corpus(sample()),
}
#: Public functions that make no table of a corpus, or change what is on disk.
OTHERS = {"load_settings", "read_articles", "load_corpus", "open_corpus", "save_corpus", "load_codebook",
          "general_indonesian", "describe_measure", "show", "simulate_corpus", "sample_corpus", "add_articles",
          "remove_articles", "reindex_corpus", "export_texts",
          "import_codebook", "export_codebook", "import_coding", "export_coding",
          "read_codings", "sentence_codings", "load_validity", "lock_coding", "add_codings",
          "read_statements", "explore_concordance", "explore_concepts",
          "explore_comparison", "explore_topics", "explore_coding"}  # fmt: skip


@cache
def made_of(name: str) -> Any:
    """Return what a call makes."""
    return CALLS[name]()


def made(name: str) -> dict[str, pd.DataFrame]:
    """Return the tables that a call makes."""
    result = made_of(name)
    if isinstance(result, pd.DataFrame):
        return {"": result}
    every = {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}
    return {key: value for key, value in every.items() if isinstance(value, pd.DataFrame)}


def test_every_public_function_is_called() -> None:
    functions = {name for name in kit.__all__ if inspect.isfunction(getattr(kit, name))}
    assert functions - OTHERS == {name.partition(",")[0] for name in CALLS} & functions


@pytest.mark.parametrize("name", CALLS)
def test_facts_are_complete(name: str, tmp_path: Path) -> None:
    """Each table says its unit, its corpus, its call and its rows, as plain JSON that Parquet keeps."""
    for key, table in made(name).items():
        assert {"unit", "documents", "tokens", "fingerprint", "call", "rows"} <= set(table.attrs), key
        text = json.dumps(table.attrs)
        assert json.dumps(json.loads(text)) == text
        assert str(tmp_path.parents[2]) not in text
        selected = any(f'"name": "{one}"' in json.dumps(table.attrs["call"]) for one in ("where", "split"))
        assert any("selection" in fact for fact in table.attrs) == selected
        assert finding(table) == (("",) * 0, "", "")
        assert unchanged(table)
        assert not table.duplicated(table.attrs["rows"]["key"]).any(), key
        table.to_parquet(tmp_path / "table.parquet")
        read = pd.read_parquet(tmp_path / "table.parquet")
        assert json.dumps(read.attrs) == text
        assert unchanged(read)


def known() -> dict[str, kit.Corpus]:
    """The corpora that calls begin with."""
    return {"articles": corpus(), "simulated": sample()}


def test_the_call_of_a_corpus_makes_it_again() -> None:
    for one in known().values():
        here: dict[str, Any] = {}
        exec(as_code(json.loads(json.dumps(one.origin))), here)
        assert here["table"].fingerprint == one.fingerprint
        assert here["table"].origin == one.origin


@pytest.mark.parametrize("name", CALLS)
def test_the_call_makes_the_same_table_again(name: str) -> None:
    """Written as Python, run in the project, saved as an exhibit: the same bytes, sidecar included."""
    for key, table in made(name).items():
        here: dict[str, Any] = {**known()}
        given = {variable: one.origin for variable, one in known().items()}
        exec(as_code(json.loads(json.dumps(table.attrs["call"])), given=given), here)
        again = here["table"]
        pd.testing.assert_frame_equal(again, table, check_exact=True)
        assert again.attrs["rows"] == table.attrs["rows"], key
        assert again.attrs["call"] == table.attrs["call"], key


def test_an_exhibit_states_the_call_and_no_place(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved from two working directories: the same bytes; the note does not tell the call."""
    files = []
    for place, path in ((study, "corpus.jsonl"), (study / "saved", "../corpus.jsonl")):
        monkeypatch.chdir(place)
        table = kit.term_frequencies(kit.load_corpus(path), by="outlet")
        kit.Table(table, id="tbl-x", title=TITLE).save()
        files.append((study / "figures" / "tbl-x.json").read_bytes())
    assert files[0] == files[1]
    assert study.name.encode() not in files[0]
    sidecar = json.loads(files[0])
    corpus = {"name": "load_corpus", "arguments": {"path": "corpus.jsonl"}}
    call = {"name": "term_frequencies", "arguments": {"corpus": corpus, "by": "outlet"}}
    assert sidecar["attrs"]["call"] == call
    assert "rows" not in sidecar["attrs"]
    assert "load_corpus" not in json.dumps(sidecar["note"])


#: Tables of one outlet; what makes them is cheap.
SELECTED: dict[str, Callable[[kit.Corpus], pd.DataFrame]] = {
    "find_mentions": lambda part: kit.find_mentions(part, CODEBOOK),
    "concept_frequencies": lambda part: kit.concept_frequencies(part, CODEBOOK, by="year"),
    "term_frequencies": kit.term_frequencies,
    "dispersion": kit.dispersion,
    "reduced_frequencies": kit.reduced_frequencies,
    "frequency_intervals": kit.frequency_intervals,
    "compare": lambda part: kit.compare(part, CODEBOOK, by="year"),
    "collocations": lambda part: kit.collocations(part, "warga"),
    "concordance": lambda part: kit.concordance(part, "warga"),
    "describe_corpus": kit.describe_corpus,
    "concept_network": lambda part: kit.concept_network(part, CODEBOOK).edges,
    "find_quotations": kit.find_quotations,
    "plot_concepts": lambda part: kit.plot_concepts(kit.concept_frequencies(part, CODEBOOK)).data,
}


@pytest.mark.parametrize("name", SELECTED)
def test_an_exhibit_of_a_selection_says_which(name: str) -> None:
    """What was asked for, and how many of how many: in the facts, the note and the sidecar, of each step."""
    whole = corpus()
    part = whole.where(outlet="Simulasi A").where(year=["2021", "2022"])
    mine = len(whole.where(outlet="Simulasi A"))
    steps = part.selection
    assert [(dict(one["where"]), one["of"]) for one in steps] == [
        ({"outlet": ["Simulasi A"]}, 40),
        ({"year": ["2021", "2022"]}, mine),
    ]
    table = SELECTED[name](part)
    told = (
        f"Selected: outlet = Simulasi A ({mine} of 40 documents); year = 2021, 2022 ({len(part)} of {mine} documents)."
    )
    assert told in note(table)["en"]
    sidecar = json.loads(Path("figures/tbl-y.json").read_bytes())
    assert sidecar["attrs"]["selection"] == [dict(one) for one in steps]
    assert "Selected" not in note(SELECTED[name](whole))["en"]


def test_a_comparison_of_two_selections_names_both() -> None:
    one, two = (corpus().where(outlet=name) for name in ("Simulasi A", "Simulasi B"))
    for table in (kit.keyness(one, two), kit.log_ratio_intervals(one, two)):
        said = note(table)["en"]
        assert f"Selected: outlet = Simulasi A ({len(one)} of 40 documents)." in said
        assert f"The reference is a selection too: outlet = Simulasi B ({len(two)} of 40 documents)." in said
        assert (
            f"Corpus fingerprint {one.fingerprint[:12]}. Fingerprint of the reference {two.fingerprint[:12]}." in said
        )
    listed = kit.keyness(one, kit.general_indonesian(), min_count=9)
    assert "Fingerprint of the reference" in note(listed)["en"]
    assert "reference is a selection" not in note(listed)["en"]


def note(frame: pd.DataFrame, **options: Any) -> dict[str, str]:
    """Return the note of a saved table."""
    kit.Table(frame, id="tbl-y", title=TITLE, **options).save()
    sidecar: dict[str, dict[str, str]] = json.loads(Path("figures/tbl-y.json").read_bytes())
    return sidecar["note"]


def test_own_columns_are_named_and_those_of_the_kit_are_not() -> None:
    concepts = kit.concept_frequencies(corpus(), CODEBOOK)
    plain = note(concepts)
    assert "outside" not in plain["en"]
    assert note(CODEBOOK.labelled(concepts, "id").head(3)) == plain
    own = note(concepts.assign(mine=concepts["hits"] / 2, kelompok="x"))
    assert "Counted: mentions" in own["en"]
    assert " Added outside the kit: mine, kelompok. " in own["en"]
    assert " Ditambahkan di luar kit: mine, kelompok. " in own["id"]


def test_a_changed_table_states_its_corpus_alone() -> None:
    concepts = kit.concept_frequencies(corpus(), CODEBOOK)
    grouped = concepts.groupby("parent", as_index=False)[["hits", "mentions"]].sum()
    with pytest.raises(ExhibitError, match=r"tbl-y: the column 'concept', .* or pass about=corpus"):
        note(grouped)
    for about in (corpus(), concepts, clusters()):
        said = note(grouped, about=about)
        assert said["en"].startswith("Corpus: 40 documents, ")
        assert "Put together outside the kit" in said["en"]
        assert "di luar kit ini" in said["id"]
        assert f"Corpus fingerprint {corpus().fingerprint[:12]}." in said["en"]
        assert not {"Counted", "relative", "Codebook"} & set(said["en"].replace(":", "").split())
    sidecar = json.loads(Path("figures/tbl-y.json").read_bytes())
    assert sidecar["attrs"]["call"]["made"] == "outside the kit"
    assert sidecar["attrs"]["call"]["of"]["name"] == "cluster_terms"
    assert "unit" not in sidecar["attrs"]


def test_what_about_may_be() -> None:
    terms = kit.term_frequencies(corpus())
    bare = pd.DataFrame({"a": [1]})
    assert note(bare, about=CODEBOOK)["en"].endswith(f"Codebook version {CODEBOOK.version}.")
    assert note(terms, about=corpus()) == note(terms)
    for wrong, message in (
        (bare, "about= is a DataFrame that states no corpus -> pass the corpus"),
        ("corpus", "about= is a str that states no corpus"),
    ):
        with pytest.raises(ExhibitError, match=message):
            note(bare, about=wrong)
    with pytest.raises(ExhibitError, match=r"the table was made with the fingerprint .* -> leave about= out"):
        note(terms, about=outlets()["Simulasi A"])


def test_the_remedies_help() -> None:
    """What an error says to do is done, and the table can be saved."""
    terms, grouped = kit.term_frequencies(corpus()), pd.DataFrame({"term": ["di", "dan"], "kelompok": ["x", "y"]})
    with pytest.raises(ExhibitError, match=r"per_1000 is .*, which is not .* \(decimals= rounds them\)"):
        note(terms.round(1))
    note(terms, decimals=1)
    with pytest.raises(ExhibitError, match=r"the column 'term', .* -> keep the column"):
        note(terms[["count"]])
    note(terms[["term", "count"]])
    with pytest.raises(
        ExhibitError, match=r"facts about this table .* -> pass the table as the kit made it, or about="
    ):
        note(terms.merge(grouped, on="term"))
    note(terms.merge(grouped, on="term"), about=corpus())
    merged = terms.merge(grouped, on="term")
    merged.attrs = terms.attrs
    assert "Added outside the kit: kelompok." in note(merged)["en"]


def test_a_figure_holds_to_its_facts_as_a_table_does() -> None:
    concepts = kit.concept_frequencies(corpus(), CODEBOOK)
    kit.Figure(kit.plot_concepts(concepts, CODEBOOK), id="fig-x", title=TITLE).save()
    sidecar = json.loads(Path("figures/fig-x.json").read_bytes())
    arguments = {"table": concepts.attrs["call"], "codebook": CODEBOOK.origin}
    call = {"of": {"name": "plot_concepts", "arguments": arguments}, "attribute": "data"}
    assert sidecar["attrs"]["call"] == call
    assert sidecar["attrs"]["unit"] == "mention"
    assert "outside" not in sidecar["note"]["en"]


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.assign(mentions=table["mentions"] + 1),
        lambda table: pd.DataFrame(table.to_dict("list")),
    ],
)
def test_drawing_a_changed_table_does_not_wash_it_clean(change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    drawing = kit.plot_concepts(change(kit.concept_frequencies(corpus(), CODEBOOK)), CODEBOOK)
    with pytest.raises(ExhibitError, match=r"fig-x: the kit's facts about this table .* about=corpus"):
        kit.Figure(drawing, id="fig-x", title=TITLE)
    kit.Figure(drawing, id="fig-x", title=TITLE, about=corpus()).save()
    sidecar = json.loads(Path("figures/fig-x.json").read_bytes())
    assert "Put together outside the kit" in sidecar["note"]["en"]
    assert sidecar["attrs"].keys() == {"call", "documents", "fingerprint", "sentences", "simulated", "tokens"} - (
        set() if "simulated" in sidecar["attrs"] else {"simulated"}
    )


def test_part_of_a_table_can_be_drawn() -> None:
    concepts = kit.concept_frequencies(corpus(), CODEBOOK)
    drawing = kit.plot_concepts(concepts[concepts["mentions"] > 9], CODEBOOK)
    kit.Figure(drawing, id="fig-x", title=TITLE).save()
    call = json.loads(Path("figures/fig-x.json").read_bytes())["attrs"]["call"]
    assert call["of"]["arguments"]["table"] == {"made": "outside the kit", "of": concepts.attrs["call"]}
