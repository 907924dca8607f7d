"""Citations of exhibits and cells, read by programs that did not write them."""

from __future__ import annotations

import json
import re

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
