"""A table fits its line and page by arithmetic; that TeX agrees, test_typesetting.py shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.exhibits.formats import layout
from kit.exhibits.grid import Column, Grid
from kit.wording import escape

LINE, PAGE = 344.0, 540.0


def column(heading: str, *, number: bool = False) -> Column:
    return Column(heading, heading, number=number)


def numbers(many: int) -> Grid:
    return Grid(tuple(column(f"Heading number {n}", number=True) for n in range(many)), (("123456",) * many,))


@pytest.mark.parametrize(
    ("word", "printed"),
    [("Start", 2.227), ("Documents", 4.88), ("Word", 2.476), ("Million", 3.085), ("kalimat", 3.306)],
)
def test_a_word_is_hardly_narrower_than_it_is_taken_to_be(word, printed):
    """The widths are those of the AFM file of cmr10, in em: no word may be wider than told."""
    assert printed <= layout.width(word) + 0.05
    assert layout.width(word) <= printed + 0.12


def test_pieces_are_what_tex_does_not_break():
    assert list(filter(None, layout.pieces("tata-kelola yang baik"))) == ["tata-", "kelola", "yang", "baik"]
    assert list(filter(None, layout.pieces("x" * 26))) == ["x" * 26]
    assert list(filter(None, layout.pieces("x" * 27))) == ["x" * 12, "x" * 12, "x" * 3]


def test_a_small_table_is_set_in_the_type_round_it():
    chosen = layout.lay_out(Grid((column("Term"), column("Count", number=True)), (("asn", "10"),)), LINE, PAGE)
    assert chosen == layout.Layout(layout.SIZES[0], (layout.Panel((0, 1), ("", ""), (0.0, 0.0)),), long=False)


def test_the_type_gets_smaller_where_that_saves_a_page():
    one = Grid((column("n", number=True),), (("1",),) * 40)
    assert layout.lay_out(one, LINE, 700).size is layout.SIZES[0]  # 40 rows and 2 lines of 14.5 points: 609
    assert layout.lay_out(one, LINE, 600).size is layout.SIZES[1]  # of 11 points: 462
    assert layout.lay_out(one, LINE, 460).size is layout.SIZES[2]
    long = layout.lay_out(one, LINE, 100)
    assert (long.size, long.long) == (layout.SIZES[0], True)


def test_numbers_are_never_broken_but_go_to_another_panel():
    chosen = layout.lay_out(numbers(30), LINE, PAGE)
    assert len(chosen.panels) > 1
    assert all(panel.places[0] == 0 for panel in chosen.panels)
    assert [place for panel in chosen.panels for place in panel.places[1:]] == list(range(1, 30))
    assert not any(share for panel in chosen.panels for share in panel.shares)


def test_two_columns_stand_in_each_panel_where_one_does_not_tell_rows_apart():
    columns = (column("Outlet"), column("Label"), *numbers(20).columns)
    apart = Grid(columns, (("a", "x", *("1234567",) * 20), ("b", "x", *("1234567",) * 20)))
    together = Grid(columns, (("a", "x", *("1234567",) * 20), ("a", "y", *("1234567",) * 20)))
    assert {panel.places[:2] for panel in layout.lay_out(together, LINE, PAGE).panels} == {(0, 1)}
    assert {panel.places[0] for panel in layout.lay_out(apart, LINE, PAGE).panels} == {0}
    assert [1 in panel.places for panel in layout.lay_out(apart, LINE, PAGE).panels].count(True) == 1


def test_a_compact_table_has_the_columns_that_fit():
    assert layout.fitting(numbers(1), 250) == 1
    assert layout.fitting(numbers(30), 250) == layout.fitting(numbers(31), 250) < 10


TEXTS = st.text(alphabet="ab -ëW1", max_size=60).map(escape.one_line)
TABLES = st.integers(1, 12).flatmap(
    lambda wide: st.tuples(
        st.lists(st.tuples(TEXTS, st.booleans()), min_size=wide, max_size=wide),
        st.lists(st.lists(TEXTS, min_size=wide, max_size=wide), max_size=6),
    )
)


@given(TABLES, st.sampled_from([250.0, LINE, 455.0]))
def test_every_table_fits_and_keeps_all_its_columns(table, line):
    headed, rows = table
    columns = tuple(Column("c", heading, number=number) for heading, number in headed)
    cells = tuple(
        tuple(cell[:14].strip() if headed[place][1] else cell for place, cell in enumerate(row)) for row in rows
    )
    grid = Grid(columns, cells)
    chosen = layout.lay_out(grid, line, PAGE)
    places = [place for panel in chosen.panels for place in panel.places]
    assert set(places) == set(range(len(columns)))
    for panel in chosen.panels:
        used = 2 * chosen.size.edge * len(panel.places)
        for place, widest, share in zip(panel.places, panel.headings, panel.shares, strict=True):
            if share:
                assert not columns[place].number
                used += share * line
            else:
                inner = [widest or columns[place].heading, *(row[place] for row in cells)]
                used += max(map(layout.width, inner)) * chosen.size.em
        assert used <= line + 0.01
