"""What moved, and why: told from values alone."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.publish.diff.causes import Cause, cause_of
from kit.publish.diff.page import Told, lines_of, write_pages
from kit.publish.diff.places import Move, Place, moves_of, values_of, widths_of


def files(csv, id_="tbl-x", **more):
    return {f"tables/{id_}.csv": csv.encode(), f"{id_}.json": b"{}", **more}


def told(before, now):
    return [("/".join(filter(None, move.place)), move.old, move.new) for move in moves_of(before, now)]


@pytest.mark.parametrize(
    ("before", "now", "moves"),
    [
        ("t,n\na,1\n", "t,n\na,1\n", []),
        ("t,n\na,12\nb,2\n", "t,n\na,14\nb,2\n", [("tbl-x/a/n", "12", "14")]),
        ("t,n\na,1\nb,2\n", "t,n\nb,2\na,1\n", []),  # rows in another order have the same values
        ("t,n\na,1\n", "t,n\na,1\nb,2\n", [("tbl-x/b", None, "there")]),  # a row once, not cell by cell
        ("t,n\na,1\n", "t,m\na,1\n", [("tbl-x/m", None, "there"), ("tbl-x/n", "there", None)]),
        ("t,n\na,'=1\n", "t,n\na,2\n", [("tbl-x/a/n", "=1", "2")]),  # without what guards it in a spreadsheet
        ("n\n1\n1\n", "n\n1\n2\n", [("tbl-x/2/n", "1", "2")]),  # by number, where nothing tells rows apart
    ],
)
def test_what_differs_is_told_once(before, now, moves):
    assert told(files(before), files(now)) == moves


def test_an_exhibit_that_is_new_gone_or_empty_is_told_whole():
    table = files("t,n\na,1\n")
    nothing = {"tbl-x.json": json.dumps({"missing": {"en": "no dates"}}).encode()}
    assert told({}, table) == [("tbl-x", None, "shown")]
    assert told(table, {}) == [("tbl-x", "shown", None)]
    assert told(nothing, table) == [("tbl-x", "nothing", "shown")]
    drawn = [{"fig-y.csv": f"x,y\n1,{value}\n".encode(), "fig-y.json": b"{}"} for value in (2, 3)]
    assert told(*drawn) == [("fig-y/1/y", "2", "3")]
    assert told(files("t,t\na,1\n"), files("t,t\na,2\n")) == []  # two columns of one name are no table


def test_a_third_version_is_read_by_the_same_rows():
    before, now = files("t,u,n\na,x,1\nb,x,1\n"), files("t,u,n\na,x,2\nb,x,1\n")
    widths = widths_of(before, now)
    third = values_of(files("t,u,n\na,x,5\na,y,6\n"), widths)
    assert widths == {"tbl-x": 1}
    assert (third[Place("tbl-x", "a", "n")], third[Place("tbl-x", "a / 2", "n")]) == ("5", "6")


@pytest.mark.parametrize(
    ("old", "new", "swapped", "whole", "aside", "said"),
    [
        ("12", "14", {"texts": "14", "codebook": "12"}, None, [], "codebook"),
        (None, "there", {"texts": "there", "code": None}, None, [], "code"),
        ("there", None, {"texts": "there"}, None, [], "texts"),
        ("1", "2", {"texts": "1", "code": "1"}, None, [], "each alone: texts, code"),
        ("12", "14", {"texts": "11", "code": "15"}, None, [], "texts (+3), code (−1)"),
        ("0.5", "0.8", {"texts": "0.6", "code": "0.7"}, None, [], "texts (+0.2), code (+0.1)"),
        ("4", "9", {"texts": "6", "code": "6", "files": "9"}, "4", [], "together: texts, code"),
        ("a", "b", {"texts": "b", "code": "b"}, "a", [], "together, some of: texts, code"),
        ("1", "2", {"texts": "2"}, None, ["versions"], "versions (not put back)"),
        ("1", "2", {}, None, ["versions"], "versions (not put back)"),
        ("1", "9", {"texts": "5", "code": "9"}, "5", ["versions"], "together: texts, versions (not put back)"),
        ("1", "9", {"texts": "5", "code": "9"}, "5", [], "texts, and something that is not in git"),
        ("1", "2", {"texts": "2"}, None, [], "nothing that is in git: the old value does not come back"),
        ("1", "2", {}, None, [], "nothing that is in git: the old value does not come back"),
    ],
)
def test_the_cause_is_the_input_that_brings_the_old_value_back(old, new, swapped, whole, aside, said):
    assert cause_of(old, new, swapped, whole, aside, tried=whole is not None).told("en") == said


@given(st.dictionaries(st.sampled_from(["texts", "code", "codebook"]), st.integers(-9, 9), min_size=1))
def test_steps_that_add_up_are_all_named(steps):
    new = sum(steps.values())
    cause = cause_of("0", str(new), {name: str(new - step) for name, step in steps.items()})
    if new and cause.how == "sum":
        assert dict(zip(cause.inputs, (int(share.replace("−", "-")) for share in cause.shares), strict=True)) == {
            name: step for name, step in steps.items() if step
        }
    elif new:
        assert cause.how == ("one" if list(steps.values()).count(new) == 1 else "either")


def test_hostile_text_stays_text(hostile, parse, tmp_path):
    told = [Told(Move(Place(text, text, text), text, text), Cause("one", ("code",))) for text in hostile]
    page, table = write_pages(tmp_path, "since-0", told, hostile[0], " ".join(hostile), "en")
    shown = parse(page.read_text(encoding="utf-8"))
    shown.check_harmless()
    assert len(shown.cells) == 6 * len(hostile)
    assert not {tag for tag, _ in shown.tags} & {"script", "img", "b"}
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == 1 + len(hostile)
    assert not any(cell[:1] in tuple("=+-@\t\r\n") for row in rows for cell in row if cell)
    assert all(len(line.splitlines()) <= 1 for line in lines_of(told, hostile[0], "en", 99))


def test_what_moved_is_written_for_people_and_machines_and_hostile_text_stays_text(tmp_path):
    moves = [
        Told(Move(Place("tbl-x", '=HYPERLINK("x")', "n"), "<script>1</script>", ""), Cause("one", ("codebook",))),
        Told(Move(Place("tbl-x", "b", ""), None, "there"), Cause("sum", ("texts", "code"), ("+3", "−1"))),
    ]
    page, table = write_pages(tmp_path, "since-1234567", moves, "HEAD~1", "Note <b>.", "en")
    assert table.read_text(encoding="utf-8").splitlines() == [
        "exhibit,row,column,old,new,why",
        'tbl-x,"\'=HYPERLINK(""x"")",n,<script>1</script>,empty,codebook',
        'tbl-x,b,,not there,there,"texts (+3), code (−1)"',
    ]
    shown = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;1&lt;/script&gt;" in shown
    assert "<script" not in shown
    assert "Note &lt;b&gt;." in shown
    assert "http" not in shown.replace("http-equiv", "")
    lines = list(lines_of(moves, "HEAD~1", "id", 1))
    assert lines[0] == "2 sel, baris atau kolom dari 1 gambar dan tabel berubah sejak HEAD~1"
    assert lines[-2:] == [
        'tbl-x/=HYPERLINK("x")/n: <script>1</script> → kosong: buku kode',
        "Ditampilkan 1 baris pertama dari 2.",
    ]
    assert list(lines_of([], "v1", "en", 9)) == ["No cell has moved since v1"]
    empty, _ = write_pages(tmp_path, "since-0", [], "v1", "", "en")
    assert "No cell has moved since v1" in empty.read_text(encoding="utf-8")
