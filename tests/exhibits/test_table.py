from __future__ import annotations

import csv
import io
import json
import re
from hashlib import sha256

import mistune
import pandas as pd
import pytest

import kit
from kit.corpus.facts import rows_of
from kit.errors import ExhibitError
from kit.exhibits import exhibit

TITLE = {"en": "Concepts", "id": "Konsep"}


def made(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the digests of one that the kit made."""
    frame.attrs["rows"] = rows_of(frame, frame.columns[:1])
    return frame


def concepts() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "concept": ["akuntabilitas", "partisipasi", "aktor-asn"],
            "mentions": [2, 0, 12345],
            "per_1000": [2000 / 296, 0.0, 33.75],
            "note": ["Ya, tidak", None, "x"],
        }
    )
    frame.attrs = {"unit": "mention", "documents": 1, "tokens": 296}
    return made(frame)


def save(frame: pd.DataFrame, **options) -> dict[str, str]:
    options = {"id": "tbl-x", "title": TITLE, **options}
    made = kit.Table(frame, **options).files()
    return {path: data.decode("utf-8") for path, data in made.items() if not path.endswith((".xlsx", ".docx"))}


def test_csv_has_raw_values_under_the_columns_own_names(project):
    project(labels="id")
    assert save(concepts())["tables/tbl-x.csv"] == (
        "concept,mentions,per_1000,note\n"
        'akuntabilitas,2,6.75676,"Ya, tidak"\n'
        "partisipasi,0,0.0,\n"
        "aktor-asn,12345,33.75,x\n"
    )


def test_latex(project):
    project(labels="id")
    made = save(concepts(), decimals={"per_1000": 2}, note={"en": "x", "id": "R&D"})
    tabular = (
        "\\begin{tabular}{lrrl}\n\\toprule\nKonsep & Sebutan & Per 1.000 & note \\\\\n\\midrule\n"
        "akuntabilitas & 2 & 6,76 & Ya, tidak \\\\\npartisipasi & 0 & 0,00 &  \\\\\n"
        "aktor-asn & 12.345 & 33,75 & x \\\\\n"
        "\\bottomrule\n\\end{tabular}\n"
    )
    assert made["tables/tbl-x.tex"] == tabular
    floating = made["tables/tbl-x.float.tex"]
    assert floating.startswith("\\begin{table}[htbp]\n\\centering\n\\caption{Konsep}\n\\label{tbl-x}\n" + tabular)
    assert "\\emph{Catatan.} R\\&D Yang dihitung: sebutan" in floating
    assert floating.endswith("\\end{minipage}\n\\end{table}\n")


def test_latex_is_what_pandas_would_write_where_nothing_needs_escaping(project):
    project()
    frame = pd.DataFrame({"aa": ["a", "b c"], "bb": [1, 20], "cc": ["x", "y"]})
    styler = frame.style.hide(axis=0).format(escape="latex").format_index(escape="latex", axis=1)
    assert save(made(frame))["tables/tbl-x.tex"] == styler.to_latex(hrules=True, column_format="lrl")


def test_markdown(project, parse):
    project()
    source = save(concepts(), decimals=1)["tables/tbl-x.md"]
    lines = source.splitlines()
    assert lines[:2] == ["| Concept | Mentions | Per 1,000 | note |", "|:---|---:|---:|:---|"]
    assert lines[4] == "| aktor-asn | 12,345 | 33.8 | x |"
    assert lines[6] == ": Concepts {#tbl-x}"
    assert lines[8].startswith("*Note.* Counted: mentions")
    page = parse(mistune.create_markdown(plugins=["table"])(source))
    assert page.cells[:4] == ["akuntabilitas", "2", "6.8", "Ya, tidak"]


def test_html(project, parse):
    project(labels="id")
    source = save(concepts(), decimals=2)["tables/tbl-x.html"]
    page = parse(source)
    page.check_harmless()
    assert page.cells == [
        "akuntabilitas", "2", "6,76", "Ya, tidak",
        "partisipasi", "0", "0,00", "",
        "aktor-asn", "12.345", "33,75", "x",
    ]  # fmt: skip
    ids = [attrs["id"] for tag, attrs in page.tags if tag == "td" or attrs.get("scope") == "row"]
    assert ids == [f"tbl-x-r{row}c{column}" for row in (1, 2, 3) for column in (1, 2, 3, 4)]
    assert ("html", {"lang": "id"}) in page.tags
    for link in page.links():
        target = link.removeprefix("../") if link.startswith("../") else f"tables/{link}"
        assert target in {*exhibit.products("tbl-x", evidence=False), "index.html", "tables/#_main"}


def test_input_is_never_changed_and_the_table_keeps_its_own_copy(project):
    project(evidence="ids")
    frame = concepts()
    table = kit.Table(frame, id="tbl-x", title=TITLE, text_columns=("note",), decimals=1)
    table.save()
    pd.testing.assert_frame_equal(frame, concepts())
    assert frame.attrs == concepts().attrs
    before = table.files()
    frame.loc[0, "mentions"] = 99
    assert table.files() == before
    with pytest.raises(AttributeError):
        table.id = "tbl-y"


def test_saved_files_are_the_products_and_the_sidecar_names_their_hashes(project, monkeypatch):
    figures = project()
    monkeypatch.setenv("KIT_NOTEBOOK", "02_frequencies")
    table = kit.Table(concepts(), id="tbl-x", title=TITLE)
    assert table.save() is table
    found = {file.relative_to(figures).as_posix() for file in figures.rglob("*") if file.is_file()}
    assert found == set(exhibit.products("tbl-x", evidence=False))
    sidecar = json.loads((figures / "tbl-x.json").read_bytes())
    assert sidecar["products"] == {
        path: sha256((figures / path).read_bytes()).hexdigest() for path in sorted(found - {"tbl-x.json"})
    }
    assert sidecar["title"] == TITLE
    assert sidecar["attrs"] == {"unit": "mention", "documents": 1, "tokens": 296}
    assert sidecar["notebook"] == "02_frequencies"
    assert sidecar["note"]["id"].startswith("Yang dihitung: sebutan")
    assert [column["name"] for column in sidecar["columns"]] == ["concept", "mentions", "per_1000", "note"]


def test_texts_are_withheld_in_every_product(project):
    figures = project(evidence="ids")
    kit.Table(concepts(), id="tbl-x", title=TITLE, text_columns=("note",)).save()
    written = sha256(b"Ya, tidak").hexdigest()[:16]
    for file in figures.rglob("*"):
        if file.is_file():
            assert b"Ya, tidak" not in file.read_bytes()  # the parts of a workbook are not compressed
    for ending in ("csv", "tex", "float.tex", "compact.tex", "md", "html"):
        assert written in (figures / "tables" / f"tbl-x.{ending}").read_text(encoding="utf-8")
    assert (figures / "tables" / "tbl-x.csv").read_text(encoding="utf-8").splitlines()[2] == "partisipasi,0,0.0,"
    note = json.loads((figures / "tbl-x.json").read_bytes())["note"]["en"]
    assert "The text of note is withheld" in note
    table = kit.Table(concepts(), id="tbl-x", title=TITLE, text_columns=("note",))
    assert "Ya, tidak" not in table._repr_html_()


def test_rows_shows_the_head_and_says_so(project):
    project()
    made = save(concepts(), rows=2)
    assert made["tables/tbl-x.csv"].count("\n") == 4
    for ending in ("tex", "md", "html"):
        assert "partisipasi" in made[f"tables/tbl-x.{ending}"]
        assert "aktor-asn" not in made[f"tables/tbl-x.{ending}"]
    assert "Shown: the first 2 of 3 rows; all of them are in tbl-x.csv." in made["tables/tbl-x.html"]


def test_columns_are_what_readers_see_and_the_rest_is_in_the_csv_file(project, parse):
    figures = project()
    made = save(concepts(), columns=("mentions", "concept"), rows=2)
    assert made["tables/tbl-x.csv"].startswith("concept,mentions,per_1000,note\n")
    assert parse(made["tables/tbl-x.html"]).cells == ["2", "akuntabilitas", "0", "partisipasi"]
    assert "Mentions & Concept" in made["tables/tbl-x.tex"]
    assert "More columns are in tbl-x.csv." in made["tables/tbl-x.md"].replace("\\", "")
    kit.Table(concepts(), id="tbl-x", title=TITLE, columns=("mentions", "concept")).save()
    assert json.loads((figures / "tbl-x.json").read_bytes())["shown"] == ["mentions", "concept"]
    assert (
        "More columns" not in save(concepts(), columns=("note", "per_1000", "mentions", "concept"))["tables/tbl-x.html"]
    )


def test_the_compact_file_is_what_a_narrow_column_has_room_for(project):
    figures = project(labels="id")
    frame = made(
        pd.DataFrame(
            {"concept": [f"c-{n}" for n in range(80)], "label": "partisipasi masyarakat", "parent": "tata-kelola"}
            | dict.fromkeys(("per_1000", "low", "high", "share"), 0.123456)
            | {f"number_{n}": 123456 for n in range(9)}
        )
    )
    note = {"en": "Own.", "id": "Sendiri."}
    kit.Table(frame, id="tbl-x", title=TITLE, note=note).save()
    source = (figures / "tables" / "tbl-x.compact.tex").read_text(encoding="utf-8")
    told = json.loads((figures / "tbl-x.json").read_bytes())["compact"]
    assert told["columns"][:4] == ["label", "per_1000", "low", "high"]
    assert 2 < told["rows"] < 80
    assert source.count("partisipasi masyarakat") == told["rows"]
    assert r"\label{tbl-x-compact}" in source
    assert f"Ditampilkan: {told['rows']} baris pertama dari 80; seluruhnya ada di tbl-x.csv. Kolom lainnya" in source
    assert f"Shown: the first {told['rows']} of 80 rows" in told["note"]["en"]
    wanted = ("label", "per_1000", ("low", "high"), "share")
    source = save(frame, compact=wanted)["tables/tbl-x.compact.tex"]
    assert "Label & " in source
    assert "{[}0,1235; 0,1235{]} & 0,1235" in source
    assert "number" not in source


@pytest.mark.parametrize(
    ("option", "given", "said"),
    [
        ("columns", (), r"columns = \(\) -> name columns"),
        ("columns", ("concept", "nothing"), "columns names 'nothing', which is not a column -> use concept, mentions"),
        ("compact", (("concept", "mentions", "note"),), "or two of them as an interval"),
        ("compact", "nothing", "compact names 'nothing'"),
    ],
)
def test_columns_that_are_not_there(project, option, given, said):
    project()
    with pytest.raises(ExhibitError, match=said):
        kit.Table(concepts(), id="tbl-x", title=TITLE, **{option: given})


def test_evidence_is_linked_row_by_row(project, parse):
    figures = project()
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN akuntabel."]}), clean=False)
    mentions = pd.DataFrame(
        {"doc_id": "a", "doc": 0, "concept": ["Kab/Kota"], "start": [4], "end": [13], "sentence": [0], "gloss": [False]}
    )
    frame = pd.DataFrame({"parent": ["x", "x"], "concept": ["partisipasi", "Kab/Kota"], "hits": [0, 1]})
    kit.Table(made(frame), id="tbl-x", title=TITLE, evidence=kit.evidence(corpus, mentions)).save()
    found = {file.relative_to(figures).as_posix() for file in figures.rglob("*") if file.is_file()}
    assert found == set(exhibit.products("tbl-x", evidence=True))
    page = parse((figures / "tables" / "tbl-x.html").read_text(encoding="utf-8"))
    rows = [link for link in page.links() if ".html#" in link]
    assert len(rows) == 1
    target = parse((figures / "evidence" / "tbl-x.html").read_text(encoding="utf-8"))
    assert rows[0].partition("#")[2] in {attrs.get("id") for _, attrs in target.tags}
    assert page.cells[4:] == ["Kab/Kota", "1"]
    frame["hits"] = [0, 2]
    with pytest.raises(ExhibitError, match="Kab/Kota: hits is 2 in the table, the evidence has 1"):
        kit.Table(made(frame), id="tbl-x", title=TITLE, evidence=kit.evidence(corpus, mentions))


def test_notebook_view(project, parse):
    project(labels="id")
    page = parse(kit.Table(concepts(), id="tbl-x", title=TITLE)._repr_html_())
    assert ("strong", "Konsep") in page.texts
    assert page.cells[0] == "akuntabilitas"
    styles = [attrs.get("style") for tag, attrs in page.tags if tag in ("td", "th")]
    first, others = "text-align:left", [None, None, "text-align:left"]  # JupyterLab sets all flush right
    assert styles == [first, *others, *[f"font-weight:normal;{first}", *others] * 3]
    assert (
        "Per 1.000<br><small>kata dan bilangan</small>" in kit.Table(concepts(), id="tbl-x", title=TITLE)._repr_html_()
    )
    assert any("Yang dihitung" in data for _, data in page.texts)
    assert not page.links()


def test_notebook_view_of_a_long_table_is_its_head(project, parse):
    project()
    frame = made(pd.DataFrame({"n": range(12345)}))
    page = parse(kit.Table(frame, id="tbl-x", title=TITLE)._repr_html_())
    assert page.cells == [str(number) for number in range(100)]
    assert any("The first 100 of 12,345 rows are shown." in data for _, data in page.texts)
    page = parse(kit.Table(frame, id="tbl-x", title=TITLE, rows=3)._repr_html_())
    assert page.cells == ["0", "1", "2"]
    assert not any("rows are shown" in data for _, data in page.texts)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"id": "fig-x"}, "a table's id begins with tbl-"),
        ({"id": "Tbl"}, "id = 'Tbl'"),
        ({"title": "Concepts"}, "tbl-x: title = 'Concepts'"),
        ({"note": {"en": "x"}}, "tbl-x: note = "),
        ({"text_columns": ("passage",)}, "text_columns names 'passage'"),
        ({"decimals": {"x": 1}}, "not there: 'x'"),
        ({"decimals": -1}, "decimals = -1"),
        ({"rows": 0}, "rows = 0"),
        ({"evidence": pd.DataFrame({"a": [1]})}, "not evidence"),
    ],
)
def test_what_cannot_be_used_is_named(project, options, message):
    project()
    with pytest.raises(ExhibitError, match=re.escape(message)):
        kit.Table(concepts(), **{"id": "tbl-x", "title": TITLE, **options})


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ([1], "a list is no DataFrame"),
        (pd.DataFrame(), "columns []"),
        (pd.DataFrame({1: [2]}), "columns [1]"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "two columns have one name"),
        (concepts().set_index("concept"), "the index concept would be lost"),
    ],
)
def test_what_is_no_table_is_refused(frame, message):
    with pytest.raises(ExhibitError, match=re.escape(message)):
        kit.Table(frame, id="tbl-x", title=TITLE)


def test_a_cell_that_cannot_be_written_is_named_by_column(project):
    project()
    with pytest.raises(ExhibitError, match="tbl-x, sets: a cell of type set"):
        kit.Table(made(pd.DataFrame({"sets": [{1}]})), id="tbl-x", title=TITLE).save()


def test_an_empty_table_can_be_saved(project, parse):
    project()
    made = save(concepts().iloc[:0])
    assert made["tables/tbl-x.csv"] == "concept,mentions,per_1000,note\n"
    assert parse(made["tables/tbl-x.html"]).cells == []
    assert "\\midrule\n\\bottomrule" in made["tables/tbl-x.tex"]


def harmful(hostile: tuple[str, ...]) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    frame = pd.DataFrame({"doc_id": pd.Series(hostile, dtype=object), "n": range(len(hostile))})
    frame = frame.rename(columns={"n": "per_1000 & <b>%$#\\"})
    return made(frame), {"en": " ".join(hostile), "id": "x"}, {"en": "Note: " + " ".join(hostile), "id": "x"}


def test_hostile_text_in_html(project, hostile, parse):
    project()
    frame, title, note = harmful(hostile)
    table = kit.Table(frame, id="tbl-x", title=title, note=note)
    for source in (table.files()["tables/tbl-x.html"].decode(), table._repr_html_()):
        assert "\u202e" not in source
        page = parse(source)
        assert len(page.cells) == 2 * len(hostile)
        assert page.cells[0] == "<script>alert(1)</script>"
        assert not {tag for tag, _ in page.tags} & {"script", "img", "b"}
    parse(table.files()["tables/tbl-x.html"].decode()).check_harmless()


def test_hostile_text_in_csv(project, hostile):
    project()
    frame, title, _ = harmful(hostile)
    rows = list(csv.reader(io.StringIO(save(frame, title=title)["tables/tbl-x.csv"], newline="")))
    assert len(rows) == 1 + len(hostile)
    for text, (cell, number) in zip(hostile, rows[1:], strict=True):
        assert not cell or cell[0] not in "=+-@\t\r\n"
        assert cell.removeprefix("'").replace("[U+0000]", "\0").replace("[U+D800]", "\ud800") == text.removeprefix("'")
        assert number.isdigit()


def test_hostile_text_in_markdown(project, hostile, parse):
    project()
    frame, title, note = harmful(hostile)
    source = save(frame, title=title, note=note)["tables/tbl-x.md"]
    page = parse(mistune.create_markdown(plugins=["table", "strikethrough", "math"], escape=False)(source))
    assert len(page.cells) == 2 * len(hostile)
    assert {tag for tag, _ in page.tags} == {"table", "thead", "tr", "th", "tbody", "td", "p", "em"}
    assert page.cells[0] == "<script>alert(1)</script>"


def test_hostile_text_in_latex_has_no_command_but_the_kits_own(project, hostile):
    project()
    frame, title, note = harmful(hostile)
    source = save(frame, title=title, note=note)["tables/tbl-x.float.tex"]
    commands = set(re.findall(r"\\([A-Za-z]+|.)", source))
    layout = {"begin", "end", "centering", "caption", "label", "toprule", "midrule", "bottomrule", "linewidth", "par",
              "medskip", "fontsize", "selectfont", "noindent", "settowidth", "dimen", "discretionary", "setlength",
              "tabcolsep", "raggedright", "raggedleft", "parbox",
              "emph", "\\"}  # fmt: skip
    signs = {"textbackslash", "{", "}", "textless", "textgreater", "textasciitilde", "textasciicircum", "string",
             "`", "&", "%", "$", "#", "_"}  # fmt: skip
    assert commands <= layout | signs
    body = source.partition("\\midrule\n")[2].partition("\\bottomrule")[0].splitlines()
    assert len(body) == len(hostile)
    for line in body:
        assert line.endswith((r" \\", r" \tabularnewline"))
        assert len(re.findall(r"(?<!\\)&", line)) == 1
        assert not re.search(r"(?<!\\)[%#_]", line)
        assert not line.startswith(("[", "*"))


@pytest.mark.parametrize("engine", ["pdflatex", pytest.param("lualatex", marks=pytest.mark.slow)])
def test_hostile_text_compiles_in_latex(project, hostile, latex, engine):
    project()
    frame, title, note = harmful(hostile)
    made = kit.Table(frame, id="tbl-x", title=title, note=note).files()
    endings = (".tex", ".float.tex", ".compact.tex")
    files = {f"{number}.tex": made[f"tables/tbl-x{ending}"].decode() for number, ending in enumerate(endings)}
    fonts = r"\usepackage[T1]{fontenc}" if engine == "pdflatex" else ""
    head = rf"\documentclass{{article}}\usepackage{{booktabs,longtable}}{fonts}"
    paper = rf"{head}\begin{{document}}\input{{0}}\input{{1}}\input{{2}}\ref{{tbl-x}}\end{{document}}"
    _, pdf = latex(paper, files, engine)
    assert pdf.stat().st_size > 1000


def test_a_failing_save_leaves_the_old_table_whole(project, monkeypatch):
    figures = project()
    kit.Table(concepts(), id="tbl-x", title=TITLE).save()
    before = {file: file.read_bytes() for file in figures.rglob("*") if file.is_file()}
    real = exhibit._flushed

    def broken(file, data):
        if ".md." in file.name:
            raise OSError(28, "No space left on device", str(file))
        real(file, data)

    monkeypatch.setattr(exhibit, "_flushed", broken)
    with pytest.raises(ExhibitError, match="No space left"):
        kit.Table(concepts().iloc[:1], id="tbl-x", title=TITLE).save()
    assert {file: file.read_bytes() for file in figures.rglob("*") if file.is_file()} == before


def test_a_long_table_is_written_without_being_held_and_is_the_same(project, monkeypatch):
    figures = project()
    frame = pd.DataFrame({"doc_id": list("abcd"), "n": [1, 2, 3, 4]})
    made = kit.Table(frame, id="tbl-x", title={"id": "X", "en": "X"}, about=kit.load_codebook())
    expected = made.files()
    monkeypatch.setattr("kit.exhibits.table._HELD", 3)
    made.save()
    made.save()
    assert {name: (figures / name).read_bytes() for name in expected} == expected
    told = json.loads((figures / "tbl-x.json").read_text(encoding="utf-8"))["products"]
    assert told == {name: sha256(data).hexdigest() for name, data in expected.items()}
    assert sorted(file.name for file in (figures / "tables").iterdir()) == sorted(
        name.removeprefix("tables/") for name in expected
    )
