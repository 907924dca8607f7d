"""Dates at one door: forms, zones, and the one order that a column has."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import ReadingError
from kit.reading.dates import ZONES, Calendar, Convention, parse_date

FORMS = [
    ("5 Februari 2024 pukul 19.21 WIB", "2024-02-05"),
    ("Senin (5/2/2024) pukul 19.21 WIB", "2024-02-05"),
    ("5 Februari 2024, 23.59 WITA", "2024-02-05"),
    ("5 Februari 2024 - 10:15", "2024-02-05"),
    ("Jumat, 2 Feb 2024 | 01:10 WIT", "2024-02-02"),
    *((f"Jum{sign}at, 2 Februari 2024", "2024-02-02") for sign in "'’‘`ʼ´"),
    ("February 5, 2024 Monday", "2024-02-05"),
    ("Monday, February 5, 2024", "2024-02-05"),
    ("Feb. 5, 2024", "2024-02-05"),
    ("Feb 5, 2024, 10:15 PM", "2024-02-05"),
    ("20240205", "2024-02-05"),
    ("20240205183000", "2024-02-05"),
    ("20240205T183000Z", "2024-02-06"),
    ("Mon, 05 Feb 2024 18:30:00 GMT", "2024-02-06"),
    ("Mon, 05 Feb 2024 18:30:00 +0000", "2024-02-06"),
    ("Mon, 05 Feb 2024 18:30:00 +0700", "2024-02-05"),
    ("2024-02-05T18:30:00.123Z", "2024-02-06"),
    ("2024-02-05 18:30:00+00:00", "2024-02-06"),
    ("2024-02-05 01:30:00 UTC", "2024-02-05"),
    ("2024-02-05T23:30:00-05:00", "2024-02-06"),
    ("Mon Feb 05 2024 23:15:00 GMT+0700 (Western Indonesia Time)", "2024-02-05"),
    ("NaN", ""),
    ("-", ""),
    ("None", ""),
]


@pytest.mark.parametrize(("text", "iso"), FORMS)
def test_forms(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4/2/24", "its year has two digits"),
        ("30/2/2024", "there is no day 30 in month 2 of 2024"),
        ("2/13/2024", "there is no month 13"),
        ("2024", "it names no day"),
        ("Februari 2024", "it names no day"),
        ("4 Bulan 2024", "'Bulan' is no month the kit knows"),
        ("2024-02-04T25:10", "there is no time 25:10"),
        ("Diterbitkan pada 4/2/2024", "it begins or ends with other words"),
        ("1707091200", "read"),
        ("45326", "read"),
        ("kemarin", "read"),
        ("3 jam yang lalu", "read"),
    ],
)
def test_a_refusal_names_the_true_reason(text: str, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_date(text)
    assert caught.value.problem.endswith(reason)


@given(st.integers(1, 4 * 10**9), st.sampled_from(sorted(ZONES)), st.integers(-12, 14))
def test_a_moment_moves_to_the_day_of_the_zone(seconds: int, zone: str, hours: int) -> None:
    """Against the standard library's own arithmetic of zones, in the form of RSS and in ISO 8601."""
    stamp = dt.datetime.fromtimestamp(seconds, dt.timezone(dt.timedelta(hours=hours)))
    expected = stamp.astimezone(dt.timezone(dt.timedelta(hours=ZONES[zone]))).date().isoformat()
    for text in (stamp.isoformat(), stamp.isoformat(sep=" "), format_datetime(stamp)):
        assert parse_date(text, "day", zone) == expected
    assert Calendar(zone).day("date", stamp) == expected


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(["WIB", "WITA", "WIT"]), st.times())
def test_a_printed_time_keeps_its_day(date: dt.date, zone: str, clock: dt.time) -> None:
    for other in ZONES:
        assert parse_date(f"{date:%d/%m/%Y} {clock:%H.%M} {zone}", "day", other) == date.isoformat()


DATES = st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), min_size=1, max_size=30)


@given(DATES, st.booleans())
def test_a_column_is_read_in_the_order_that_it_proves(dates: list[dt.date], month_first: bool) -> None:
    cells = [f"{d.month}/{d.day}/{d.year}" if month_first else f"{d.day}/{d.month}/{d.year}" for d in dates]
    column = Convention()
    for row, cell in enumerate(cells):
        column.see(cell, f"row {row}")
    proven = any(d.day > 12 for d in dates)
    assert column.order == ("month" if month_first and proven else "day")
    if proven or not month_first:
        assert [parse_date(cell, column.order) for cell in cells] == [d.isoformat() for d in dates]


MIXED = ["2/3/2024", "13/2/2024", "2/14/2024", "4/4/2024", "Senin, 5/2/2024", "2024-02-05"]
READ = ["", "2024-02-13", "2024-02-14", "2024-04-04", "2024-02-05", "2024-02-05"]


@pytest.mark.parametrize(
    ("cells", "read", "told"),
    [
        (["2/3/2024", "2/13/2024"], ["2024-02-03", "2024-02-13"], "is read month first, as '2/13/2024'"),
        (["2/3/2024", "13/2/2024"], ["2024-03-02", "2024-02-13"], ""),
        (["2/3/2024", "4/5/2024"], ["2024-03-02", "2024-05-04"], ""),
        (MIXED, READ, "cells that can be both are left empty"),
    ],
)
def test_every_door_decides_over_the_whole_column(tmp_path: Path, cells: list[str], read: list[str], told: str) -> None:
    frame = pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(cells))], "text": "Warga dilayani.", "date": cells})
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_json(tmp_path / "b.jsonl", orient="records", lines=True)
    frame.to_parquet(tmp_path / "c.parquet")
    frame.to_excel(tmp_path / "d.xlsx", index=False)
    (tmp_path / "e" / "articles").mkdir(parents=True)
    for name in frame["doc_id"]:
        (tmp_path / "e" / "articles" / f"{name}.txt").write_text("Warga dilayani.", encoding="utf-8")
    frame.assign(file=frame["doc_id"] + ".txt")[["file", "date"]].to_csv(tmp_path / "e" / "articles.csv", index=False)
    corpora = [kit.Corpus.from_frame(frame), *(kit.load_corpus(path) for path in sorted(tmp_path.iterdir()))]
    kit.add_articles(frame, tmp_path / "f")
    for corpus in [*corpora, kit.open_corpus(tmp_path / "f")]:
        assert corpus.documents["date"].tolist() == read
        problems = corpus.set_aside["problem"].tolist()
        assert any(told in problem for problem in problems) if told else not problems


def test_the_zone_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.kit]\ntimezone = "WIT"\n', encoding="utf-8")
    (tmp_path / "a.csv").write_text("text,date\nWarga.,2024-02-05T15:30:00Z\n", encoding="utf-8")
    assert kit.read_articles(tmp_path / "a.csv")["date"].tolist() == ["2024-02-05"]
    monkeypatch.chdir(tmp_path)
    assert kit.read_articles(tmp_path / "a.csv")["date"].tolist() == ["2024-02-06"]
    assert kit.read_articles(tmp_path / "a.csv", timezone="WIB")["date"].tolist() == ["2024-02-05"]
    with pytest.raises(ReadingError, match="timezone = 'UTC' -> use one of WIB, WITA, WIT"):
        kit.read_articles(tmp_path / "a.csv", timezone="UTC")
