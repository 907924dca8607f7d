from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.corpus.facts import rows_of
from kit.exhibits.index import write_index
from kit.exhibits.notes import compose, folded
from kit.plots.style import new_figure, style

WORDS = {"en": "Word list", "id": "Daftar kata"}


def fill(texts: tuple[str, ...] = ("akuntabilitas",)) -> None:
    """Save a figure, a table, and a table with evidence."""
    title = {"en": " ".join(texts), "id": "Judul"}
    frame = pd.DataFrame({"doc_id": pd.Series(texts, dtype=object), "n": range(len(texts))})
    frame.attrs = {"fingerprint": "ab" * 32, "documents": 2, "rows": rows_of(frame, ["doc_id"])}
    kit.Table(frame, id="tbl-a", title=title, note=title).save()
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN akuntabel."]}), clean=False)
    mentions = pd.DataFrame(
        {"doc_id": "a", "doc": 0, "concept": ["x"], "start": [4], "end": [13], "sentence": [0], "gloss": [False]}
    )
    counts = pd.DataFrame({"concept": ["x"], "hits": [1]})
    counts.attrs["rows"] = rows_of(counts, ["concept"])
    kit.Table(counts, id="tbl-b", title=WORDS, evidence=kit.evidence(corpus, mentions)).save()
    with style():
        figure, axes = new_figure("single", 30)
        axes.plot([1, 2])
    kit.Figure(figure, id="fig-z", title=WORDS, data=frame, alt=title).save()


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    root = tmp_path_factory.mktemp("index")
    (root / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        fill()
    return root / "figures"


@pytest.fixture
def folder(filled, tmp_path):
    """A copy of the saved exhibits, to be spoilt."""
    return Path(shutil.copytree(filled, tmp_path / "figures"))


def check_links(file: Path, parse) -> None:
    """Every link of a page leads to a file in the folder, and to a place in it."""
    for link in parse(file.read_text(encoding="utf-8")).links():
        name, _, anchor = link.partition("#")
        target = (file.parent / name).resolve() if name else file
        assert target.is_file(), f"{file.name}: {link}"
        if anchor:
            assert anchor in {attrs.get("id") for _, attrs in parse(target.read_text(encoding="utf-8")).tags}


def test_sentences_of_several_notes_stand_under_the_first_and_nothing_is_lost() -> None:
    attrs = {"unit": "document", "documents": 3, "codebook": "1", "remarks": []}
    own = [dict.fromkeys(WORDS, text) for text in ("Copies count once. None is left out. Drawn.", "")]
    notes = [compose(one, attrs | {"documents": n})["en"] for one, n in ((own[0], 3), (own[0], 3), (own[1], 4))]
    seen: dict[str, str] = {}
    parted = [folded(note, seen, f"tbl-{at}", attrs, "en") for at, note in enumerate(notes)]
    assert parted[0] == (notes[0], "", [])
    kept, again, under = parted[1]
    assert (kept, under) == ("Counted: documents.", ["tbl-0"])
    assert again == notes[1].replace("Counted: documents. ", "")
    assert parted[2] == (notes[2], "", [])  # one sentence again is shorter than a reference to it


@pytest.mark.parametrize("language", ["en", "id"])
def test_everything_is_shown_and_every_link_leads_to_a_file(project, parse, language):
    folder = project(labels=language)
    fill()
    page = parse(write_index(folder, language).read_text(encoding="utf-8"))
    page.check_harmless()
    assert [attrs["id"] for tag, attrs in page.tags if tag == "section"] == ["fig-z", "tbl-a", "tbl-b"]
    for file in folder.rglob("*.html"):
        check_links(file, parse)
    links = page.links()
    written = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} - {"index.html"}
    assert written <= set(links)
    assert page.cells == ["akuntabilitas", "0", "x", "1"]
    text = " ".join(data for _, data in page.texts)
    assert {"en": "Word list. Table tbl-b.", "id": "Daftar kata. Tabel tbl-b."}[language] in text
    assert "@misc{fig-z," in text
    assert "abababababab" in text
    assert [attrs["alt"] for tag, attrs in page.tags if tag == "img"] == [
        {"en": "akuntabilitas", "id": "Judul"}[language]
    ]


def test_hostile_text_stays_text(project, parse, hostile):
    folder = project()
    fill(hostile)
    source = write_index(folder, "en").read_text(encoding="utf-8")
    assert "\u202e" not in source
    page = parse(source)
    page.check_harmless()
    assert len(page.cells) == 2 * len(hostile) + 2
    assert sum(tag == "img" for tag, _ in page.tags) == 1


def name_notebooks(folder, **notebooks):
    """Say in the sidecars which notebook made each exhibit."""
    for id_, notebook in notebooks.items():
        file = folder / f"{id_.replace('_', '-')}.json"
        file.write_text(json.dumps({**json.loads(file.read_bytes()), "notebook": notebook}), encoding="utf-8")


def test_exhibits_stand_in_the_order_of_their_notebooks(folder, parse):
    name_notebooks(folder, tbl_b="01_corpus", fig_z="02_frequencies")
    page = parse(write_index(folder, "en").read_text(encoding="utf-8"))
    assert [attrs["id"] for tag, attrs in page.tags if tag == "section"] == ["tbl-b", "fig-z", "tbl-a"]
    listed = [link for link in page.links() if link.startswith("#") and link != "#_main"]
    assert listed == ["#tbl-b", "#fig-z", "#tbl-a"]
    named = [data for tag, data in page.texts if tag == "span" and data.startswith("0")]
    assert named == ["01_corpus", "02_frequencies"]


@pytest.mark.parametrize(("language", "mark"), [("en", "out of date"), ("id", "belum mutakhir")])
def test_what_is_out_of_date_is_marked_in_the_contents_and_where_it_stands(folder, parse, language, mark):
    name_notebooks(folder, tbl_a="01_corpus", tbl_b="02_x<b>")
    source = write_index(folder, language, {"02_x<b>", "03"}).read_text(encoding="utf-8")
    page = parse(source)
    page.check_harmless()
    assert [data for tag, data in page.texts if tag == "em" and data == mark] == [mark]
    contents, _, sections = source.partition("</nav>")
    assert contents.index("tbl-b") < contents.index(f">{mark}<") < contents.index("fig-z")
    assert sections.count('class="stale"') == 1
    assert "1 " in next(data for tag, data in page.texts if tag == "p" and mark in data.lower())
    assert mark not in write_index(folder, language).read_text(encoding="utf-8").lower()


def test_what_has_nothing_to_show_is_marked_in_the_contents(project, parse):
    folder = project()
    frame = pd.DataFrame({"file": []})
    frame.attrs = {"rows": rows_of(frame, ["file"])}
    kit.Table(frame, id="tbl-none", title=WORDS).save()
    frame.attrs = {**frame.attrs, "missing": {"en": "Needs 50 articles.", "id": "Perlu 50 artikel."}}
    kit.Table(frame, id="tbl-wants", title=WORDS).save()
    page = parse(write_index(folder, "en").read_text(encoding="utf-8"))
    assert [text for text in page.texts if text == ("em", "nothing to show")] == [("em", "nothing to show")] * 2
    assert {"#tbl-none", "#tbl-wants"} <= set(page.links())
    assert [attrs["id"] for tag, attrs in page.tags if tag == "section" and "id" in attrs] == ["tbl-none"]


def test_same_bytes_each_time_and_other_files_are_left_alone(folder):
    (folder / "package.json").write_text("{}", encoding="utf-8")
    first = write_index(folder, "en").read_bytes()
    assert write_index(folder, "en").read_bytes() == first
    assert b"package.json" not in first


def test_long_tables_show_their_head(project, parse):
    folder = project()
    frame = pd.DataFrame({"term": [f"a\n</tr>{number}" for number in range(50)], "n": range(50)})
    frame.attrs["rows"] = rows_of(frame, ["term"])
    kit.Table(frame, id="tbl-long", title=WORDS).save()
    page = parse(write_index(folder, "en").read_text(encoding="utf-8"))
    assert len(page.cells) == 2 * 40
    assert any("The first 40 of 50 rows are shown." in data for _, data in page.texts)


def change(**entries):
    return lambda content: {**content, **entries}


def without(key):
    return lambda content: {name: value for name, value in content.items() if name != key}


BREAKS = [
    (lambda _: None, "has schema version ?"),
    (lambda _: [], "has schema version ?"),
    (change(schema=2), "has schema version 2"),
    (without("products"), "lacks products"),
    (without("title"), "lacks title"),
    (change(title="x"), "lacks title"),
    (change(title={"en": "x"}), "lacks title"),
    (change(note={"en": 1, "id": 2}), "lacks note"),
    (change(id="tbl-b"), "lacks id"),
    (change(kind="figure"), "lacks alt"),
    (change(attrs={"fingerprint": 3}), "lacks attrs"),
    (change(products={"../../etc/passwd": "0" * 64}), "lacks products"),
    (change(products={"javascript:alert(1)": "0" * 64}), "lacks products"),
    (change(products={}), "lacks products"),
]


@pytest.mark.parametrize(("breaks", "reason"), BREAKS)
def test_a_broken_sidecar_is_named_and_the_rest_is_shown(folder, parse, breaks, reason):
    file = folder / "tbl-a.json"
    file.write_text(json.dumps(breaks(json.loads(file.read_bytes()))), encoding="utf-8")
    check_broken(folder, parse, "tbl-a.json", reason)


def check_broken(folder, parse, name, reason):
    page = parse(write_index(folder, "en").read_text(encoding="utf-8"))
    page.check_harmless()
    items = "".join(data for tag, data in page.texts if tag in ("li", "code"))
    assert name in items
    assert reason in items
    sections = [attrs.get("id") for tag, attrs in page.tags if tag == "section"]
    assert sections == [None, *sorted({"fig-z", "tbl-a", "tbl-b"} - {name.removesuffix(".json")})]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"schema": NaN}'])
def test_a_sidecar_that_is_no_json(folder, parse, data):
    (folder / "fig-z.json").write_bytes(data)
    reason = "schema version nan" if b"NaN" in data else "not readable JSON"
    check_broken(folder, parse, "fig-z.json", reason)


@pytest.mark.parametrize(
    "size", [None, 3, {}, {"width_mm": "89"}, {"width_mm": -1}, {"width_mm": float("nan")}, {"width_mm": 1e300}]
)
def test_a_figure_without_a_size(folder, parse, size):
    file = folder / "fig-z.json"
    file.write_text(json.dumps({**json.loads(file.read_bytes()), "size": size}), encoding="utf-8")
    check_broken(folder, parse, "fig-z.json", "lacks size")


def test_a_missing_or_edited_product(folder, parse):
    (folder / "tables" / "tbl-a.csv").unlink()
    check_broken(folder, parse, "tbl-a.json", "tables/tbl-a.csv is missing")
    (folder / "tables" / "tbl-a.csv").write_bytes(b"doc_id,n\n")
    check_broken(folder, parse, "tbl-a.json", "tables/tbl-a.csv is not the file the sidecar describes")


def test_an_empty_folder_has_an_index_too(project, parse):
    folder = project()
    page = parse(write_index(folder, "id").read_text(encoding="utf-8"))
    page.check_harmless()
    assert ("h1", "Gambar dan tabel") in page.texts
