"""The call that made a table: written down once, the same on every machine, and good for making the table again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

import kit
from kit.corpus import calls
from kit.corpus.calls import call_of, outside, plain, recorded, unrecorded
from kit.corpus.facts import rows_of
from kit.corpus.scripts import as_code
from kit.errors import QueryError

OUTSIDE = {"made": "outside the kit"}
LOADED = {"name": "load_corpus", "arguments": {"path": "corpus"}}


@dataclass(frozen=True)
class Result:
    first: pd.DataFrame
    second: pd.DataFrame
    attrs: dict[str, Any] = field(default_factory=dict)


class Pair(NamedTuple):
    first: pd.DataFrame
    second: pd.DataFrame


def table(**attrs: Any) -> pd.DataFrame:
    frame = pd.DataFrame({"term": ["asn", "warga"], "count": [2, 1]})
    frame.attrs = {"unit": "form", **attrs}
    return frame


@recorded("term")
def counted(corpus: Any, *, level: float = 0.95, by: Any = None, **more: Any) -> pd.DataFrame:
    return table(level=level)


@recorded("term")
def counted_twice(corpus: Any) -> pd.DataFrame:
    return counted(corpus)


@recorded("term")
def drawn(shown: pd.DataFrame, top: int = 3) -> pd.DataFrame:
    return shown.head(top)


@recorded(first=["term"], second=["term"])
def fitted(corpus: Any) -> Result:
    return Result(table(), table(), {"seed": 0})


@recorded("term")
def read_table(path: str | Path) -> pd.DataFrame:
    return table()


def project(root: Path) -> Path:
    root.mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    (root / "corpus").mkdir()
    (root / "corpus" / "a.txt").write_text("ASN melayani warga. Warga dilayani ASN.", encoding="utf-8")
    (root / "corpus" / "b.txt").write_text("Warga antre.", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"level": 0.95, "by": None}, {}),
        ({"level": 0.9, "by": "outlet"}, {"level": 0.9, "by": "outlet"}),
        ({"by": ("a", 1, None)}, {"by": ["a", 1, None]}),
        ({"by": {"b", "a"}}, {"by": ["a", "b"]}),
        ({"by": range(3)}, {"by": [0, 1, 2]}),
        ({"by": np.array([0.5, 1])}, {"by": [0.5, 1.0]}),
        ({"by": np.int64(3)}, {"by": 3}),
        ({"by": float("inf")}, {"by": "inf"}),
        ({"by": {"asn": 2.0}}, {"by": {"mapping": {"asn": 2.0}}}),
        ({"by": iter("ab")}, {"by": OUTSIDE}),
        ({"by": Path("corpus/teks")}, {"by": "corpus/teks"}),
        ({"words": 3}, {"words": 3}),
    ],
)
def test_arguments_that_are_not_the_defaults_are_written_down(monkeypatch, tmp_path, given, written) -> None:
    monkeypatch.chdir(project(tmp_path / "study"))
    assert counted(None, **given).attrs["call"] == {"name": "counted", "arguments": {"corpus": None, **written}}


def test_a_long_list_is_a_hash() -> None:
    [one, two, other] = [
        counted(None, by=those).attrs["call"]["arguments"]["by"] for those in (range(99), [*range(99)], range(98))
    ]
    assert one == two != other
    assert one["items"] == 99
    assert len(one["sha256"]) == 16


def test_calls_within_a_call_are_not_written_down() -> None:
    assert counted_twice("x").attrs["call"]["name"] == "counted_twice"
    with unrecorded():
        assert "call" not in counted("x").attrs
    assert "call" in counted("x").attrs


def test_an_error_leaves_the_next_call_recorded() -> None:
    @recorded("term")
    def broken() -> pd.DataFrame:
        raise QueryError("no")

    with pytest.raises(QueryError):
        broken()
    assert "call" in counted("x").attrs


def test_every_table_of_a_result_says_which_it_is() -> None:
    result = fitted("x")
    call = {"name": "fitted", "arguments": {"corpus": "x"}}
    assert result.attrs == {"seed": 0, "call": call}
    assert result.second.attrs["call"] == {"of": call, "attribute": "second"}
    assert call_of(result) == call
    bare = recorded(first=["term"], second=["term"])(lambda: Pair(table(), table()))()
    assert call_of(bare) == {"name": "<lambda>", "arguments": {}}


def test_a_table_that_was_changed_is_no_longer_the_kits() -> None:
    whole = counted("x")
    call = whole.attrs["call"]
    assert drawn(whole).attrs["call"]["arguments"]["shown"] == call
    assert drawn(whole.head(1)).attrs["call"]["arguments"]["shown"] == {**OUTSIDE, "of": call}
    assert "rows" in drawn(whole.head(1)).attrs
    for changed in (whole.assign(count=[2, 2]), pd.DataFrame(whole.to_dict("list"))):
        assert drawn(changed).attrs.keys() == {"call"}
        assert drawn(changed).attrs["call"]["arguments"]["shown"]["made"] == "outside the kit"


def test_facts_become_plain_json() -> None:
    facts = plain({"n": np.int64(3), "rate": np.float64(0.5), "both": ("a", np.True_), 4: {"x": None}})
    assert json.loads(json.dumps(facts)) == facts == {"n": 3, "rate": 0.5, "both": ["a", True], "4": {"x": None}}


def test_a_path_is_seen_from_its_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From wherever it is called, and on whatever machine; outside of any project it is a name."""
    study = project(tmp_path / "studi é")
    for place, path in ((study, "corpus"), (study / "corpus", "."), (tmp_path, study / "corpus")):
        monkeypatch.chdir(place)
        assert read_table(path).attrs["call"]["arguments"] == {"path": "corpus"}
    (tmp_path / "elsewhere").mkdir()
    assert read_table(str(tmp_path / "elsewhere" / "c.csv")).attrs["call"]["arguments"] == {"path": "c.csv"}
    monkeypatch.chdir(study)
    assert read_table(".").attrs["call"]["arguments"] == {"path": "."}


def test_a_corpus_knows_its_path_and_selection(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(project(tmp_path / "study"))
    corpus = kit.load_corpus("corpus")
    assert corpus.origin == LOADED
    part = corpus.where(doc_id={"b", "a"})
    assert part.origin == {"of": LOADED, "name": "where", "arguments": {"doc_id": ["a", "b"]}}
    split = {"of": LOADED, "name": "split", "arguments": {"by": "doc_id"}}
    assert corpus.split("doc_id")["a"].origin == {"of": split, "item": "a"}
    assert corpus.fingerprint == part.fingerprint
    kit.save_corpus(corpus, "saved")
    saved = kit.open_corpus("saved", engine=1)
    opened = {"name": "open_corpus", "arguments": {"folder": "saved"}}
    assert saved.origin == kit.open_corpus("saved").origin == opened
    assert saved.part(0).origin == opened  # as of a corpus in one part, which is opened as a whole
    two = kit.PartedCorpus.of(list(corpus.split("doc_id").values()))
    assert two.part(1).origin == {"of": two.origin, "name": "part", "arguments": {"number": 1}}
    assert [part["item"] for part in two.origin["arguments"]["parts"]] == ["a", "b"]
    assert saved.where(doc_id="a").origin == {"of": opened, "name": "where", "arguments": {"doc_id": "a"}}
    assert saved.split("doc_id")["b"].origin["item"] == "b"
    assert saved.fingerprint == saved.part(0).fingerprint == corpus.fingerprint
    assert corpus.set_aside.attrs["call"] == {"of": LOADED, "attribute": "set_aside"}
    made = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN."]}), clean=False)
    assert made.origin == {"name": "Corpus.from_frame", "arguments": {"frame": OUTSIDE, "clean": False}}


def test_a_codebook_knows_its_path_and_its_switches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(project(tmp_path / "study"))
    shipped = kit.load_codebook()
    assert shipped.origin == {"name": "load_codebook", "arguments": {}}
    for name, frame in (("concepts", shipped.concepts), ("patterns", shipped.patterns)):
        (tmp_path / "study" / "buku").mkdir(exist_ok=True)
        frame.to_csv(tmp_path / "study" / "buku" / f"{name}.csv", index=False)
    own = kit.load_codebook(tmp_path / "study" / "buku")
    assert own.origin["arguments"] == {"path": "buku"}
    assert own.version == shipped.version
    switched = own.with_patterns(enable=["berdampak"])
    assert switched.origin == {"of": own.origin, "name": "with_patterns", "arguments": {"enable": ["berdampak"]}}


def test_labels_are_the_kits_own() -> None:
    codebook = kit.load_codebook()
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}), clean=False)
    concepts = kit.concept_frequencies(corpus, codebook)
    labelled = codebook.labelled(concepts, "id")
    arguments = {"table": concepts.attrs["call"], "language": "id"}
    assert labelled.attrs["call"] == {"of": codebook.origin, "name": "labelled", "arguments": arguments}
    assert "label" not in concepts.attrs["rows"]["others"]
    assert codebook.labelled(concepts.head(3), "id").attrs["call"] == concepts.attrs["call"]


@pytest.mark.parametrize(
    "call",
    [
        {"name": "Corpus.from_frame", "arguments": {"frame": outside()}},
        {"name": "term_frequencies", "arguments": {"corpus": outside()}},
        {"name": "keyness", "arguments": {"items": {"sha256": "ab", "items": 99}}},
    ],
)
def test_what_was_made_outside_cannot_be_written_as_code(call: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match=r"outside the kit|99 that the call does not record"):
        as_code(call)


def test_code_makes_each_thing_once() -> None:
    selected = [{"of": LOADED, "name": "where", "arguments": {"outlet": outlet}} for outlet in "AB"]
    code = as_code({"name": "keyness", "arguments": {"target": selected[0], "reference": selected[1], "k": 1.0}})
    assert code.splitlines()[2:] == [
        "whole = kit.load_corpus(path='corpus')",
        "target = whole.where(outlet='A')",
        "reference = whole.where(outlet='B')",
        "table = kit.keyness(target=target, reference=reference, k=1.0)",
    ]


@pytest.mark.parametrize("engine", [None, 2])
def test_the_work_of_an_engine_is_not_written_down(engine: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mentions are found part by part, in threads too; only the table that a user sees carries digests."""
    texts = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": ["ASN melayani.", "Warga.", "ASN."]})
    parts = [kit.Corpus.from_frame(texts.iloc[rows], clean=False) for rows in ([0], [1, 2])]
    corpus = kit.PartedCorpus.of(parts, engine)
    stamped: list[int] = []
    monkeypatch.setattr(calls, "rows_of", lambda frame, key: stamped.append(len(frame)) or rows_of(frame, key))
    table = kit.concept_frequencies(corpus, kit.load_codebook())
    assert stamped == [len(table)]
