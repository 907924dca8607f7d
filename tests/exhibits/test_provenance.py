"""What a sidecar says of the settings, and the files for Excel that one of them asks for."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import kit
from kit.exhibits.index import write_index
from kit.plots.style import new_figure, style
from kit.publish.archive.metadata import package

WORDS = {"en": "Forms", "id": "Bentuk"}


@pytest.fixture
def terms() -> pd.DataFrame:
    texts = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga kota."]})
    return kit.term_frequencies(kit.Corpus.from_frame(texts, clean=False))


def test_settings_that_are_not_the_kits_own_stand_in_every_sidecar(project, terms) -> None:
    folder = project()
    kit.Table(terms, id="tbl-x", title=WORDS).save()
    assert "settings" not in json.loads((folder / "tbl-x.json").read_bytes())
    project(repair="yes", timezone="WIT", corpus="data", validity="sah/validitas.csv")
    root = folder.parent / "pyproject.toml"
    root.write_text(root.read_text(encoding="utf-8") + '[tool.kit.study]\nby = "place"\ntime = "month"\n', "utf-8")
    kit.Table(terms, id="tbl-x", title=WORDS).save()
    assert json.loads((folder / "tbl-x.json").read_bytes())["settings"] == {
        "repair": True,
        "timezone": "WIT",
        "validity": "sah/validitas.csv",
        "study": {"by": "place"},
    }


def test_files_for_excel_stand_beside_the_others_and_change_none(project, terms) -> None:
    folder = project()
    with style():
        canvas = new_figure()[0]
    figure = kit.Figure(canvas, id="fig-x", title=WORDS, data=terms, alt=WORDS)
    kit.Table(terms, id="tbl-x", title=WORDS).save()
    figure.save()
    plain = {file: file.read_bytes() for file in folder.rglob("*.*") if file.suffix != ".json"}
    project(csv="excel")
    kit.Table(terms, id="tbl-x", title=WORDS).save()
    figure.save()
    assert all(file.read_bytes() == data for file, data in plain.items())
    for name in ("tbl-x", "fig-x"):
        read = pd.read_csv(folder / "excel" / f"{name}.csv", sep=";", decimal=",", encoding="utf-8-sig")
        assert read["per_1000"].tolist() == terms["per_1000"].tolist() == [250.0] * 4
    page = write_index(folder, "en", {""}).read_text(encoding="utf-8")
    assert 'href="excel/tbl-x.csv"' in page
    assert "CSV (Excel)" in page
    files = {"figures/excel/tbl-x.csv": (folder / "excel" / "tbl-x.csv").read_bytes()}
    (told,) = json.loads(package(files))["resources"]
    assert told["dialect"] == {"delimiter": ";"}
    assert {one["name"]: one.get("decimalChar") for one in told["schema"]["fields"]}["per_1000"] == ","
