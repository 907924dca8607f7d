from __future__ import annotations

import io
import json
import re
import struct
import sys
import warnings
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.font_manager import findfont
from PIL import Image

import kit
from kit.corpus.facts import rows_of
from kit.errors import ExhibitError
from kit.exhibits import exhibit
from kit.plots import style

TITLE = {"en": "Mentions “here”", "id": "Sebutan"}
ALT = {"en": "One <dot> & a line.", "id": "Satu titik."}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _own_settings():
    with mpl.rc_context():
        yield


def data() -> pd.DataFrame:
    frame = pd.DataFrame({"term": ["akuntabel", "-nya"], "rate": [0.5, 1.25]})
    frame.attrs = {"unit": "form", "documents": 1, "rows": rows_of(frame, ["term"])}
    return frame


def dots() -> mpl.figure.Figure:
    figure, axes = style.new_figure("single", 50)
    axes.plot(data()["rate"], [0, 1], "o")
    axes.set_yticks([0, 1], list(data()["term"]))
    axes.set_xlabel("per $1000$ words")
    return figure


def make(**options) -> kit.Figure:
    return kit.Figure(dots(), **{"id": "fig-x", "title": TITLE, "data": data(), "alt": ALT, **options})


def test_saved_files_are_the_products_and_the_sidecar_names_their_hashes(project):
    folder = project()
    figure = make(note={"en": "Own.", "id": "Sendiri."})
    assert figure.save() is figure
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert found == set(exhibit.products("fig-x", evidence=False))
    sidecar = json.loads((folder / "fig-x.json").read_bytes())
    assert sidecar["products"] == {
        path: sha256((folder / path).read_bytes()).hexdigest() for path in sorted(found - {"fig-x.json"})
    }
    assert sidecar["alt"] == ALT
    assert sidecar["size"] == {"width_mm": 89.0, "height_mm": 50.0}
    assert sidecar["note"]["en"] == "Own. Counted: word forms. Corpus: 1 document."
    assert (folder / "fig-x.csv").read_text(encoding="utf-8") == "term,rate\nakuntabel,0.5\n'-nya,1.25\n"


def test_svg_can_be_read_aloud_searched_and_cited(project):
    project()
    source = make().files()["fig-x.svg"].decode()
    tree = ET.fromstring(source)
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby").split() == ["fig-x-title", "fig-x-desc"]
    named = {element.get("id"): element.text for element in tree}
    assert named["fig-x-title"] == "Mentions “here”"
    assert named["fig-x-desc"] == "One <dot> & a line."
    assert next(iter(tree)).tag == f"{SVG}title"
    texts = {"".join(element.itertext()) for element in tree.iter(f"{SVG}text")}
    assert {"akuntabel", "-nya", "per $1000$ words"} <= texts
    assert "<dc:identifier>fig-x</dc:identifier>" in source
    assert tree.get("width") == f"{89 / 25.4 * 72:.6f}".rstrip("0") + "pt"


def test_pdf_and_png_carry_title_and_id(project):
    project()
    made = make().files()
    pdf = made["fig-x.pdf"]
    assert b"/Keywords (fig-x)" in pdf
    assert "Mentions “here”".encode("utf-16-be") in pdf
    assert b"/Type0" in pdf
    assert b"/FlateDecode" not in pdf
    with Image.open(io.BytesIO(made["fig-x.png"])) as image:
        assert image.text["Title"] == "Mentions “here”"
        assert image.text["Identifier"] == "fig-x"
        assert image.size == (int(89 / 25.4 * 300), int(50 / 25.4 * 300))
        assert round(image.info["dpi"][0]) == 300


def test_a_journal_that_asks_for_600_dots_gets_them_in_the_png_alone(project):
    project()
    settings = kit.load_settings()
    files, finer = (make().files(replace(settings, dpi=dpi)) for dpi in (300, 600))
    assert {name for name in files if files[name] != finer[name]} == {"fig-x.png"}
    assert finer == make().files(replace(settings, dpi=600))
    for png, dpi in ((files["fig-x.png"], 300), (finer["fig-x.png"], 600)):
        place = png.index(b"pHYs") + 4
        across, down, unit = struct.unpack(">IIB", png[place : place + 9])
        assert (across, down, unit) == (round(dpi / 0.0254), round(dpi / 0.0254), 1)  # dots a metre
        wide, high = struct.unpack(">II", png[16:24])
        assert (wide, high) == (int(89 / 25.4 * dpi), int(50 / 25.4 * dpi))


def test_no_date_no_path_and_nothing_from_elsewhere(project):
    project()
    made = make().files()
    for file in made.values():
        assert not re.search(rb"CreationDate|ModDate|dc:date|DOCTYPE", file)
        assert str(Path.cwd()).encode() not in file
        assert b"/tmp" not in file
        assert sys.prefix.encode() not in file
    tree = ET.fromstring(made["fig-x.svg"].decode())
    references = [value for element in tree.iter() for name, value in element.attrib.items() if name.endswith("href")]
    assert all(value.startswith("#") for value in references)


def test_the_font_is_matplotlibs_own_whatever_the_system_has(project):
    project()
    with style.style():
        assert mpl.rcParams["font.sans-serif"][0] == "DejaVu Sans"
        assert Path(findfont("DejaVu Sans")).is_relative_to(mpl.get_data_path())
    assert b"DejaVuSans" in make().files()["fig-x.pdf"]


def test_style_overrules_every_setting_and_gives_them_back(project):
    project()
    mpl.rcParams["font.size"] = 33
    mpl.rcParams["timezone"] = "Asia/Jakarta"
    mpl.rcParams["savefig.bbox"] = "tight"
    before = dict(mpl.rcParams)
    with style.style("double"):
        assert mpl.rcParams["font.size"] == 7
        assert mpl.rcParams["timezone"] == "UTC"
        assert mpl.rcParams["savefig.bbox"] is None
        assert mpl.rcParams["figure.figsize"][0] * 25.4 == pytest.approx(183)
    assert dict(mpl.rcParams) == before
    make().files()
    assert mpl.rcParams["font.size"] == 7  # new_figure's, for what is drawn later


def test_saving_does_not_touch_the_settings(project):
    project()
    figure = make()
    mpl.rcParams["font.size"] = 33
    before = dict(mpl.rcParams)
    figure.save()
    figure._repr_html_()
    assert dict(mpl.rcParams) == before


def test_bytes_do_not_depend_on_what_was_done_with_the_figure_before(project):
    project()
    fresh = make().files()
    used = make()
    used.drawing.savefig(io.BytesIO(), format="png", dpi=77)
    used.drawing.draw_without_rendering()
    mpl.rcParams["svg.fonttype"] = "path"
    mpl.rcParams["pdf.compression"] = 9
    assert used.files() == fresh


def test_two_figures_on_one_page_share_no_names(project):
    """Clip paths in two SVG files must not have one name, or one picture would cut the other."""
    project()
    one, two = make().files()["fig-x.svg"], make(id="fig-y").files()["fig-y.svg"]
    clips = [set(re.findall(rb'clipPath id="(\w+)"', source)) for source in (one, two)]
    assert clips[0]
    assert not clips[0] & clips[1]


def test_many_figures_leave_nothing_open_and_stay_visible(project):
    project()
    plt.close("all")
    with warnings.catch_warnings(), plt.rc_context({"figure.max_open_warning": 3}):
        warnings.simplefilter("error")
        saved = []
        for number in range(5):
            canvas, axes = plt.subplots(figsize=(1, 1))
            axes.plot([1, 2])
            saved.append(kit.Figure(canvas, id=f"fig-{number}", title=TITLE, data=data(), alt=ALT).save())
    assert plt.get_fignums() == []
    assert saved[0]._repr_png_().startswith(b"\x89PNG")


def test_notebook_view(project, parse):
    folder = project(labels="id")
    figure = make()
    page = parse(figure._repr_html_())
    images = [attrs for tag, attrs in page.tags if tag == "img"]
    assert images[0]["alt"] == "Satu titik."
    assert images[0]["src"].startswith("data:image/png;base64,")
    assert ("strong", "Sebutan") in page.texts
    figure.save()
    assert figure._repr_png_() == (folder / "fig-x.png").read_bytes()


def test_decimal_comma_on_the_axes(project):
    for language, mark in (("id", ","), ("en", ".")):
        project(labels=language)
        figure, axes = style.new_figure()
        axes.plot([0, 1], [0, 0.5])
        figure.draw_without_rendering()
        labels = [text.get_text() for text in axes.get_xticklabels()]
        assert f"0{mark}2" in labels


def test_categories_keep_their_names(project):
    project(labels="id")
    figure, axes = style.new_figure()
    axes.plot(["a.b", "c"], [1, 2])
    figure.draw_without_rendering()
    assert "a.b" in [text.get_text() for text in axes.get_xticklabels()]


def test_words_for_axes(project):
    project(labels="id")
    assert style.label("mentions") == "Sebutan"
    assert style.label({"en": "Share", "id": "Bagian"}) == "Bagian"


def contrast(one: str, two: str) -> float:
    """Contrast of two colours by WCAG 2.1's formula."""

    def luminance(colour: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted([luminance(one), luminance(two)], reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_are_okabe_and_itos_and_text_is_dark_enough():
    # Okabe & Ito (2008) give the colours in RGB: 0,114,178 ... ; the order is the kit's.
    rgb = {"black": (0, 0, 0), "orange": (230, 159, 0), "sky": (86, 180, 233), "green": (0, 158, 115),
           "yellow": (240, 228, 66), "blue": (0, 114, 178), "vermillion": (213, 94, 0),
           "purple": (204, 121, 167)}  # fmt: skip
    assert {name: tuple(round(part * 255) for part in to_rgb(code)) for name, code in style.COLOURS.items()} == rgb
    assert contrast(style.COLOURS["blue"], "white") > 4.5
    with style.style():
        assert contrast(mpl.rcParams["text.color"], "white") > 7
        assert contrast(mpl.rcParams["xtick.labelcolor"], "white") > 7


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"id": "tbl-x"}, "a figure's id begins with fig-"),
        ({"title": "x"}, "fig-x: title = 'x'"),
        ({"alt": {"en": "x", "id": ""}}, "fig-x: alt = "),
        ({"note": "x"}, "fig-x: note = 'x'"),
        ({"data": [1]}, "a list is no DataFrame"),
    ],
)
def test_what_cannot_be_used_is_named(project, options, message):
    project()
    with pytest.raises(ExhibitError, match=re.escape(message)):
        make(**options)


def test_what_is_no_figure_is_refused(project):
    project()
    with pytest.raises(ExhibitError, match="a str is no drawing and no matplotlib figure"):
        kit.Figure("x", id="fig-x", title=TITLE, data=data(), alt=ALT)


@pytest.mark.parametrize(("width", "height"), [("wide", None), ("single", 0), ("single", -3), ("single", float("nan"))])
def test_sizes_that_are_none(width, height):
    with pytest.raises(ExhibitError, match=r"width = |height = "):
        style.new_figure(width, height)


def test_hostile_text_in_the_drawing_stays_text(project, hostile):
    project()
    shown = [text for text in hostile if not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e\ud800\uffff]", text)]
    figure, axes = style.new_figure("double", 150)
    for number, text in enumerate(shown):
        axes.text(0, number / len(shown), text).set_in_layout(False)
    axes.set_yticks([0], ["$x^2$ & <b>"])
    source = kit.Figure(figure, id="fig-x", title=TITLE, data=data(), alt=ALT).files()["fig-x.svg"].decode()
    tree = ET.fromstring(source)
    assert not {element.tag for element in tree.iter()} & {f"{SVG}script", f"{SVG}img", f"{SVG}foreignObject"}
    texts = ["".join(element.itertext()).strip() for element in tree.iter(f"{SVG}text")]
    assert len(shown) > 15
    for text in [*shown, "$x^2$ & <b>"]:
        assert text.splitlines()[0].strip() in texts


def test_hostile_titles_that_no_xml_can_hold(project, hostile):
    project()
    words = {"en": " ".join(hostile), "id": "x"}
    made = make(title=words, alt=words, note=words).files()
    tree = ET.fromstring(made["fig-x.svg"].decode())
    assert "[U+202E]" in next(iter(tree)).text
    assert "\u202e" not in made["fig-x.svg"].decode()
    with Image.open(io.BytesIO(made["fig-x.png"])) as image:
        assert "[U+0000]" in image.text["Title"]


@pytest.mark.parametrize("bad", ["a\x00b", "a\u202eb", "a\ud800b", "a\tb", "a\rb"])
def test_a_label_that_cannot_be_seen_is_an_error_with_a_remedy(project, bad):
    folder = project()
    figure, axes = style.new_figure()
    axes.set_title(bad)
    with pytest.raises(ExhibitError, match=r"fig-x: the text .*escape.one_line"):
        kit.Figure(figure, id="fig-x", title=TITLE, data=data(), alt=ALT).save()
    assert not folder.exists()
