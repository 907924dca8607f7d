"""A drawing holds picture, data and text together, shows itself, and is the same bytes each time."""

from __future__ import annotations

import base64
import re

import matplotlib as mpl
import pandas as pd
import pytest

import kit
from kit.corpus.facts import rows_of
from kit.errors import ExhibitError
from kit.plots.style import new_figure, style
from kit.wording.words import remark

ALT = {"en": "A <line>.", "id": "Sebuah <garis>."}
DATA = pd.DataFrame({"x": [1, 2]})
DATA.attrs["rows"] = rows_of(DATA, ["x"])


@pytest.fixture(autouse=True)
def _own_settings():
    with mpl.rc_context():
        yield


def drawing(alt=ALT) -> kit.Drawing:
    canvas, axes = new_figure("single", 40)
    axes.plot([1, 2])
    return kit.Drawing(canvas, DATA, alt)


def test_it_shows_itself_with_its_text() -> None:
    made = drawing()
    assert made._repr_png_()[:4] == b"\x89PNG"
    page = made._repr_html_()
    source, alt, width = re.fullmatch(r'<img src="([^"]+)" alt="([^"]+)" style="width:(\d+)px[^"]+">', page).groups()
    assert base64.b64decode(source.partition(",")[2]) == made._repr_png_()
    assert alt == "A &lt;line&gt;."
    assert int(width) == round(89 * 5.2)
    assert repr(made) == "Drawing(89 × 40 mm, 2 rows: A <line>.)"


def test_without_a_picture_it_says_why(project) -> None:
    project(labels="id")
    made = kit.Drawing(None, DATA.head(0), ALT)
    assert made._repr_png_() is None
    assert made._repr_html_() == "<p>Sebuah &lt;garis&gt;.</p>"
    assert repr(made) == "Drawing(nothing to draw: Sebuah <garis>.)"
    with pytest.raises(ExhibitError, match="nothing to draw"):
        made.picture("png")


def test_it_keeps_a_copy_of_the_data_and_nothing_can_be_exchanged() -> None:
    frame = DATA.copy()
    made = kit.Drawing(None, frame, ALT)
    frame.loc[0, "x"] = 9
    assert made.data["x"].tolist() == [1, 2]
    with pytest.raises(AttributeError):
        made.data = frame


def test_a_remark_is_told_in_both_languages() -> None:
    made = drawing(remark("plot_network.cut", minimum=12_000))
    assert made.alt == {
        "en": "Drawn: pairs that share at least 12,000 sentences.",
        "id": "Digambar: pasangan dengan sedikitnya 12.000 kalimat bersama.",
    }


@pytest.mark.parametrize("name", ["svg", "pdf", "png"])
def test_the_same_bytes_whatever_the_settings_and_they_stay(name: str) -> None:
    first = drawing().picture(name, {"Date": None} if name == "svg" else {})
    made = drawing()
    mpl.rcParams["font.size"] = 33
    mpl.rcParams["savefig.dpi"] = 20
    again = made.picture(name, {"Date": None} if name == "svg" else {})
    if name != "pdf":  # which has a date unless it is told not to
        assert again == first
    assert mpl.rcParams["font.size"] == 33


@pytest.mark.parametrize(
    ("canvas", "data", "alt", "named"),
    [
        ("x", DATA, ALT, "a str is no matplotlib figure"),
        (None, [1], ALT, "a list is no DataFrame"),
        (None, DATA, {"en": "x"}, "alt = "),
        (None, DATA, "x", "alt = "),
    ],
)
def test_what_cannot_be_used_is_named(canvas, data, alt, named) -> None:
    with pytest.raises(ExhibitError, match=named):
        kit.Drawing(canvas, data, alt)


def test_a_figure_takes_it_or_a_canvas_with_data_and_text() -> None:
    title = {"en": "Line", "id": "Garis"}
    with style():
        whole = kit.Figure(drawing(), id="fig-x", title=title).files()
        canvas, axes = new_figure("single", 40)
        axes.plot([1, 2])
        assert kit.Figure(canvas, id="fig-x", title=title, data=DATA, alt=ALT).files() == whole
    with pytest.raises(ExhibitError, match=r"has its data and alt.*leave data= and alt= out"):
        kit.Figure(drawing(), id="fig-x", title=title, data=DATA)
    with pytest.raises(ExhibitError, match="fig-x: a NoneType is no DataFrame"):
        kit.Figure(canvas, id="fig-x", title=title, alt=ALT)
