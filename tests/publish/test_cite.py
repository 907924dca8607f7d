"""Citations of exhibits and cells, read by programs that did not write them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.corpus.facts import rows_of
from kit.errors import ExhibitError
from kit.publish import references
from kit.publish.cited import Cited, find_cited
from kit.settings import RELEASED


@pytest.fixture
def figures(project):
    """A table of three rows, one of whose names stands in two."""
    folder = project()
    rows = [("akuntabilitas", "prinsip", 4), ("-nya", "prinsip", 0), ("x", "aktor", 12345)]
    frame = pd.DataFrame(rows, columns=["concept", "parent", "mentions"])
    frame.attrs = {"unit": "mention", "fingerprint": "3f9a1c0d2b4e" + "0" * 52, "rows": rows_of(frame, ["concept"])}
    kit.Table(frame, id="tbl-x", title={"en": 'The "50% & more" question', "id": "Konsep"}).save()
    return folder


def test_an_exhibit_is_cited_as_the_index_does(figures):
    cited = find_cited(figures, "tbl-x", "en")
    assert (cited.key, cited.author, cited.year) == ("tbl-x", "Governance-discourse kit", RELEASED[:4])
    begin = 'The "50% & more" question. Table tbl-x. Governance-discourse kit '
    assert cited.title.startswith(begin)
    assert re.fullmatch(r"[\d.]+; corpus 3f9a1c0d2b4e; data [0-9a-f]{12}", cited.title.removeprefix(begin))
    assert references.apa(cited) == f"Governance-discourse kit. ({RELEASED[:4]}). {cited.title}."


def test_a_cell_says_row_column_and_value(figures):
    cited = find_cited(figures, "tbl-x/akuntabilitas/mentions", "en")
    assert cited.title.startswith("akuntabilitas, Mentions: 4. The ")
    assert cited.key == "tbl-x-akuntabilitas-mentions"
    indonesian = find_cited(figures, "tbl-x/akuntabilitas/mentions", "id").title
    assert indonesian.startswith("akuntabilitas, Sebutan: 4. Konsep. Tabel")
    assert find_cited(figures, "tbl-x/-nya/mentions", "en").title.startswith("-nya, Mentions: 0. ")
    assert find_cited(figures, "tbl-x/aktor/mentions", "en").title.startswith("aktor, Mentions: 12345. ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tbl-y", "no such exhibit -> python3 make.py list"),
        ("Tbl", "use tbl- or fig-"),
        ("tbl-x/akuntabilitas", "is no cell -> name a row and a column"),
        ("tbl-x/nothing/mentions", "no row has 'nothing'"),
        ("tbl-x/akuntabilitas/hits", "no column 'hits' -> use concept, parent, mentions"),
        (
            "tbl-x/prinsip/mentions",
            "2 rows have 'prinsip' -> name a value that one row alone has, such as aku",
        ),
    ],
)
def test_what_cannot_be_cited(figures, name, said):
    with pytest.raises(ExhibitError, match=re.escape(said.partition(" -> ")[0])) as raised:
        find_cited(figures, name, "en")
    assert said.partition(" -> ")[2] in str(raised.value)


def test_an_exhibit_that_has_nothing_to_show_is_not_cited(project):
    folder = project()
    frame = pd.DataFrame({"n": pd.Series([], dtype=int)})
    frame.attrs = {"missing": {"en": "50 articles are needed.", "id": "Perlu 50."}, "rows": rows_of(frame, ["n"])}
    kit.Table(frame, id="tbl-none", title={"en": "X", "id": "X"}).save()
    with pytest.raises(ExhibitError, match="50 articles are needed"):
        find_cited(folder, "tbl-none", "en")


@pytest.mark.parametrize(("form", "read"), [("CSL-JSON", "csljson"), ("RIS", "ris"), ("BibTeX", "bibtex")])
def test_pandoc_reads_every_form(figures, pandoc, form, read):
    cited = find_cited(figures, "tbl-x/akuntabilitas/mentions", "en")
    (item,) = json.loads(pandoc(references.FORMS[form](cited) + "\n", read, "csljson"))
    assert re.sub("<[^>]*>", "", item["title"]).replace("\u201c", '"').replace("\u201d", '"') == cited.title
    assert item["issued"]["date-parts"][0][0] == int(RELEASED[:4])
    assert "Governance-discourse kit" in json.dumps(item["author"])


def test_hostile_titles_stay_in_their_line(hostile):
    for text in hostile:
        cited = find_title(text)
        lines = references.ris(cited).splitlines()
        assert [line[:6] for line in lines] == ["TY  - ", "ID  - ", "AU  - ", "TI  - ", "PY  - ", "ER  - "]
        assert json.loads(references.csl(cited))[0]["title"] == cited.title


def find_title(text: str) -> Cited:
    """Return what is cited under a title, made one line as `find_cited` does."""
    from kit.wording.escape import one_line

    return Cited("tbl-x", "kit", one_line(text), "2026")


def test_the_command_prints_all_forms(figures, capsys, monkeypatch):
    from kit.build.__main__ import main

    monkeypatch.chdir(figures.parent)
    assert main(["cite", "tbl-x/akuntabilitas/mentions"]) == 0
    said = capsys.readouterr().out
    assert [form for form in references.FORMS if f"{form}\n" in said] == ["APA", "BibTeX", "CSL-JSON", "RIS"]
    assert main(["cite", "tbl-y"]) == 1
    assert "no such exhibit" in capsys.readouterr().err


def fields_of(entry: str) -> dict[str, str]:
    """Read an entry of RIS as its specification has it: tag, two blanks, hyphen, blank, value; ER ends it."""
    lines = entry.splitlines()
    assert lines[0] == "TY  - DATA"
    assert lines[-1] == "ER  - "
    return dict(re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups() for line in lines)


def test_passage_corpus_and_codebook_are_cited(pandoc):
    shown = Path(__file__).resolve().parents[2] / "figures"
    with (shown / "evidence" / "tbl-concepts.csv").open(encoding="utf-8") as stream:
        row = next(iter(csv.DictReader(stream)))
    place = f"{row['doc_id']}:{row['start']}-{row['end']}"
    passage = find_cited(shown, place, "en")
    assert passage.author == row["outlet"]
    assert f"characters {row['start']}–{row['end']}" in passage.title
    assert row["surface"] in passage.title
    assert passage.year == "n.d."
    assert "PY" not in fields_of(references.ris(passage))
    assert find_cited(shown, place, "id").year == "t.t."
    attrs = json.loads((shown / "tbl-concepts.json").read_bytes())["attrs"]
    assert attrs["fingerprint"][:12] in find_cited(shown, "corpus", "en").title
    assert attrs["codebook"][:12] in find_cited(shown, "codebook", "en").title
    for name in (place, "corpus", "codebook"):
        cited = find_cited(shown, name, "en")
        assert fields_of(references.ris(cited))["TI"] == cited.title
        (item,) = json.loads(pandoc(references.bibtex(cited), "biblatex", "csljson"))
        assert item["id"] == cited.key
    with pytest.raises(ExhibitError, match="no evidence has this passage"):
        find_cited(shown, "nowhere:1-2", "en")


def test_pandoc_sets_a_citation(figures, pandoc, tmp_path):
    cited = find_cited(figures, "tbl-x", "en")
    (tmp_path / "x.json").write_text(references.csl(cited), encoding="utf-8")
    (tmp_path / "x.bib").write_text(references.bibtex(cited), encoding="utf-8")
    for file in ("x.json", "x.bib"):
        said = pandoc("See [@tbl-x].", "markdown", "plain", "--citeproc", f"--bibliography={tmp_path / file}")
        assert re.sub(r"\s+", " ", said).startswith("See (Governance-discourse kit 2026).")


def test_a_row_is_named_by_several_columns_and_the_key_without_hyphens_is_given(project):
    folder = project()
    frame = pd.DataFrame([("a", "b", 1), ("a", "c", 2)], columns=["source", "target", "count"])
    frame.attrs = {"unit": "mention", "rows": rows_of(frame, ["source", "target"])}
    kit.Table(frame, id="tbl-x", title={"en": "X", "id": "X"}).save()
    cited = find_cited(folder, "tbl-x/c/count", "en")
    assert cited.title.startswith("c, Count: 2.")
    assert "ids = {tblxccount}" in references.bibtex(cited)
