"""How two versions of a file are told apart."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.build.differences import compare, inputs, report


def csv_lines(before, now):
    found = compare({"tables/tbl-x.csv": before.encode()}, {"tables/tbl-x.csv": now.encode()})
    return [line.removeprefix("tables/tbl-x.csv: ") for line in found["tbl-x"]]


def json_lines(before, now):
    found = compare({"tbl-x.json": json.dumps(before).encode()}, {"tbl-x.json": json.dumps(now).encode()})
    return [line.removeprefix("tbl-x.json: ") for line in found["tbl-x"]]


def test_the_same_bytes_do_not_differ():
    assert compare({"a.csv": b"1"}, {"a.csv": b"1"}) == {}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("t,n\na,1\nb,2\n", "t,n\na,1\nb,3\n", ["row 'b', column 'n': was '2', is '3'"]),
        ("t,n\na,1\n", "t,n\na,1\nb,2\n", ["row 'b' is new"]),
        ("t,n\na,1\nb,2\n", "t,n\nb,2\n", ["row 'a' is gone"]),
        ("t,n\na,1\nb,2\n", "t,n\nb,2\na,1\n", ["the rows stand in another order"]),
        ("t,n\na,1\n", "t,m\na,1\n", ["column 'n' is gone", "column 'm' is new"]),
        ("t,n\na,1\n", "t,n,m\na,2,9\n", ["column 'm' is new", "row 'a', column 'n': was '1', is '2'"]),
        # one column does not tell the rows apart, two do
        ("t,u,n\na,x,1\na,y,2\n", "t,u,n\na,x,1\na,y,3\n", ["row 'a / y', column 'n': was '2', is '3'"]),
        # nothing does: rows are matched by number
        ("t\na\na\n", "t\na\nb\n", ["row 2, column 't': was 'a', is 'b'"]),
        ("t,n\na,1\nb,2", "t,n\na,1\nb,2\n", ["bytes differ, first at byte 12 (line 3)"]),
        ("t,n\na,1\n", "t,n\r\na,1\r\n", ["bytes differ, first at byte 4 (line 1)"]),
        ("", "t\n", ["bytes differ, first at byte 1 (line 1)"]),
        ("t,t\na,1\n", "t,t\na,2\n", ["bytes differ, first at byte 7 (line 2)"]),
    ],
)
def test_cells_of_a_table_are_named(before, now, said):
    assert csv_lines(before, now) == said


def test_many_cells_are_counted():
    before = "t,n\n" + "".join(f"w{number},0\n" for number in range(13))
    lines = csv_lines(before, before.replace(",0", ",1"))
    assert len(lines) == 11
    assert lines[-1] == "and 3 more"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, ["a.b[1]: was 2, is 3"]),
        ({"a": 1}, {"b": 1}, ["a is gone (was 1)", "b is new (1)"]),
        ({"a": [1]}, {"a": [1, 2]}, ["a: was [1], is [1, 2]"]),
        ({"a": 1}, {"a": True}, ["a: was 1, is true"]),
        ({"a": "é"}, {"a": None}, ['a: was "é", is null']),
        ([1], {"a": 1}, ['the value: was [1], is {"a": 1}']),
    ],
)
def test_keys_of_a_sidecar_are_named(before, now, said):
    assert json_lines(before, now) == said


def sidecar(fingerprint, codebook, **products):
    attrs = {"fingerprint": fingerprint, "codebook": codebook}
    return json.dumps({"attrs": attrs, "kit": "0.1.0", "products": products}).encode()


def test_hashes_of_files_that_are_named_anyway_are_not_repeated():
    before = {"tbl-x.json": sidecar("a", "c", **{"x.csv": "1", "x.md": "1"}), "x.csv": b"n\n1\n", "x.md": b"m"}
    now = {"tbl-x.json": sidecar("a", "c", **{"x.csv": "2", "x.md": "1"}), "x.csv": b"n\n2\n", "x.md": b"m"}
    assert set(compare(before, now)) == {"x"}
    # a hash that differs although its file does not: somebody wrote it
    assert compare(before, before | {"tbl-x.json": now["tbl-x.json"]}) == {
        "tbl-x": ['tbl-x.json: products.x.csv: was "1", is "2"']
    }


def test_inputs_that_sidecars_disagree_on():
    before = {"a.json": sidecar("1" * 64, "c1"), "b.json": sidecar("1" * 64, "c1"), "c.json": b"{", "d.json": b"[]"}
    now = {"a.json": sidecar("2" * 64, "c1"), "b.json": sidecar("2" * 64, "c2"), "c.json": b"{}", "e.json": b"{}"}
    assert inputs(before, now) == [
        "corpus fingerprint: was 111111111111, is 222222222222",
        "codebook version: was c1, is c2",
    ]
    assert inputs(before, before) == []


def test_other_files_and_broken_ones_by_their_bytes():
    before = {"fig-a.svg": b"<svg>\n<a/>", "fig-a.png": b"\x89PNG", "x.csv": b"\xff\n", "y.json": b"{"}
    now = {"fig-a.svg": b"<svg>\n<b/>", "fig-a.png": b"\x89PNGx", "x.csv": b"a\n", "y.json": b"{}"}
    assert compare(before, now) == {
        "fig-a": [
            "fig-a.png: bytes differ, first at byte 5 (line 1)",
            "fig-a.svg: bytes differ, first at byte 8 (line 2)",
        ],
        "x": ["x.csv: bytes differ, first at byte 1 (line 1)"],
        "y": ["y.json: bytes differ, first at byte 2 (line 1)"],
    }


def test_files_on_one_side_alone_and_the_report():
    found = compare({"tables/tbl-a.csv": b""}, {"fig-b.svg": b""})
    assert list(report(found, {"tbl-a": "01"})) == [
        "fig-b",
        "  fig-b.svg: is not there, but a notebook makes it",
        "tbl-a (01)",
        "  tables/tbl-a.csv: is there, but no notebook makes it",
    ]


tables = st.lists(st.lists(st.text('ab,"\n é', max_size=3), max_size=4), max_size=5)


@given(tables, tables)
def test_what_differs_is_always_said_and_what_does_not_never(before, now):
    import csv
    import io

    def raw(rows):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        return text.getvalue().encode()

    found = compare({"a.csv": raw(before)}, {"a.csv": raw(now)})
    assert bool(found) == (raw(before) != raw(now))
    assert all(found.values())


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=6,
)


@given(values, values)
def test_json_likewise(before, now):
    raw = [json.dumps(value, sort_keys=True).encode() for value in (before, now)]
    found = compare({"a.json": raw[0]}, {"a.json": raw[1]})
    assert bool(found) == (raw[0] != raw[1])
    assert all(found.values())
