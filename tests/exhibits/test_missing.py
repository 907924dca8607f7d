"""An exhibit that has nothing to show leaves a sidecar with the reason, and a line on the page of exhibits."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import kit
from kit.corpus.facts import rows_of
from kit.errors import ExhibitError
from kit.exhibits import exhibit
from kit.exhibits.index import write_index
from kit.plots.style import new_figure

TITLE = {"en": "Topics", "id": "Topik"}
NEEDS = {"en": "Needs 50 articles.", "id": "Perlu 50 artikel."}


def frame(rows: int) -> pd.DataFrame:
    made = pd.DataFrame({"topic": range(rows)})
    made.attrs = {"documents": 1, "missing": NEEDS, "rows": rows_of(made, ["topic"])}
    return made


def figure(*, drawn: bool) -> kit.Figure:
    canvas = new_figure("single", 30)[0] if drawn else None
    return kit.Figure(kit.Drawing(canvas, frame(2 * drawn), NEEDS), id="fig-x", title=TITLE)


def table(*, drawn: bool) -> kit.Table:
    return kit.Table(frame(2 * drawn), id="tbl-x", title=TITLE)


def files(folder) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("make", [figure, table])
def test_only_the_sidecar_is_left(project, make) -> None:
    folder = project()
    make(drawn=True).save()
    name = make(drawn=True).id
    assert files(folder) == set(exhibit.products(name, evidence=False))
    (folder / "evidence").mkdir()
    if make is table:
        (folder / "evidence" / "tbl-x.csv").touch()
    made = make(drawn=False)
    assert made.save() is made
    assert made.files() == {}
    assert files(folder) == {f"{name}.json"}
    sidecar = json.loads((folder / f"{name}.json").read_bytes())
    assert exhibit.missing(sidecar)
    assert (sidecar["missing"], sidecar["products"], sidecar["attrs"]) == (NEEDS, {}, {"documents": 1})
    make(drawn=True).save()
    assert files(folder) == set(exhibit.products(name, evidence=False))
    assert not exhibit.missing(json.loads((folder / f"{name}.json").read_bytes()))


@pytest.mark.parametrize("language", ["en", "id"])
def test_it_is_a_line_on_the_page(project, parse, language) -> None:
    folder = project(labels=language)
    figure(drawn=False).save()
    table(drawn=True).save()
    page = parse(write_index(folder, language).read_text(encoding="utf-8"))
    page.check_harmless()
    lines = " ".join(" ".join(text for _, text in page.texts).split())
    assert {"en": "Topics fig-x : Needs 50 articles.", "id": "Topik fig-x : Perlu 50 artikel."}[language] in lines
    assert [attrs.get("id") for tag, attrs in page.tags if tag == "section" and attrs.get("id")] == ["tbl-x"]
    assert not [link for link in page.links() if "fig-x." in link]


@pytest.mark.parametrize("make", [figure, table])
def test_a_notebook_shows_the_reason(project, parse, make) -> None:
    project()
    assert "Nothing to show yet: Needs 50 articles." in make(drawn=False)._repr_html_()
    assert figure(drawn=False)._repr_png_() is None


def test_rows_that_are_rightly_absent_are_a_table(project) -> None:
    folder = project()
    empty = pd.DataFrame({"file": []})
    empty.attrs = {"rows": rows_of(empty, ["file"])}
    kit.Table(empty, id="tbl-x", title=TITLE).save()
    assert "tables/tbl-x.csv" in files(folder)


def test_hostile_reasons_stay_text(project, parse, hostile) -> None:
    folder = project()
    for number, text in enumerate(hostile):
        words = {"en": text, "id": text}
        kit.Figure(kit.Drawing(None, frame(0), words), id=f"fig-x{number}", title=words).save()
    page = parse(write_index(folder, "en").read_text(encoding="utf-8"))
    page.check_harmless()
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert sum(tag == "li" for tag, _ in page.tags) == 1 + 2 * len(hostile)  # of one notebook; each with its reason


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [("missing", {"en": "x"}, "missing"), ("products", {"fig-x.csv": "0" * 64}, "products"), ("title", "x", "title")],
)
def test_a_sidecar_of_another_form_is_named(project, parse, key, value, named) -> None:
    folder = project()
    figure(drawn=False).save()
    (folder / "fig-x.csv").touch()
    sidecar = json.loads((folder / "fig-x.json").read_bytes())
    (folder / "fig-x.json").write_text(json.dumps({**sidecar, key: value}), encoding="utf-8")
    page = parse(write_index(folder, "en").read_text(encoding="utf-8"))
    assert f"lacks {named}" in " ".join(text for _, text in page.texts)


def test_a_file_that_cannot_be_removed_is_named(project) -> None:
    folder = project()
    (folder / "fig-x.csv").mkdir(parents=True)
    with pytest.raises(ExhibitError, match=r"fig-x.csv: cannot be removed.*close the programs"):
        figure(drawn=False).save()
