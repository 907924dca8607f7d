"""Tables: names of columns, cells that are no text, quotation marks that are not closed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import ReadingError
from kit.reading.columns import Naming, aliases
from kit.reading.metadata import KNOWN
from kit.reading.sheet import Row, Sheet


def test_what_news_watch_writes_is_read_as_it_is(tmp_path: Path) -> None:
    row = {
        "title": "Loket Dibuka", "publish_date": "2024-02-05 10:00:00", "author": "Ratri", "content": "Warga dilayani.",
        "keyword": "loket", "category": "Nasional", "source": "contoh.example", "link": "https://contoh.example/1",
    }  # fmt: skip
    pd.DataFrame([row]).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame([row]).to_excel(tmp_path / "b.xlsx", index=False)
    (tmp_path / "c.json").write_text(json.dumps([row]), encoding="utf-8")
    for file in sorted(tmp_path.iterdir()):
        [found] = kit.read_articles(file).to_dict("records")
        assert {name: found[name] for name in ("title", "date", "author", "outlet", "url", "text")} == {
            "title": "Loket Dibuka", "date": "2024-02-05", "author": "Ratri", "outlet": "contoh.example",
            "url": "https://contoh.example/1", "text": "Warga dilayani.",
        }  # fmt: skip
        assert (found["keyword"], found["category"]) == ("loket", "Nasional")


def test_the_list_of_aliases_is_sound() -> None:
    names = [alias for alias, _ in aliases()]
    assert len(names) == len(set(names))
    assert all(alias == alias.casefold() for alias in names)
    assert {column for _, column in aliases()} <= {*KNOWN, "text", "file"}
    assert not set(names) & {*KNOWN, "text", "file", "id"}


def test_the_kit_s_own_name_goes_before_that_of_others() -> None:
    assert Naming().of(["isi", "text"]) == {"isi": "isi", "text": "text"}
    assert Naming().of(["Content", "ISI"]) == {"Content": "text", "ISI": "ISI"}
    assert Naming({"text": "uraian"}).of(["Uraian", "text"]) == {"Uraian": "text", "text": "text_stated"}


def test_a_message_names_the_columns_and_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("judul,isi_brita,tgl\nA,Warga.,5/2/2024\n", encoding="utf-8")
    with pytest.raises(ReadingError) as caught:
        kit.read_articles(tmp_path / "a.csv")
    assert "the first row is: judul, isi_brita, tgl" in str(caught.value)
    assert "--columns text=isi_brita or columns={'text': 'isi_brita'}" in str(caught.value)
    assert kit.read_articles(tmp_path / "a.csv", columns={"text": "isi_brita"})["text"].tolist() == ["Warga."]
    (tmp_path / "b.csv").write_text("judul,Konten Berita\nA,Warga.\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r'--columns "text=Konten Berita" or columns='):
        kit.read_articles(tmp_path / "b.csv")


@pytest.mark.parametrize(
    ("cell", "text", "told"),
    [
        (["Satu.", " ", "Dua."], "Satu.\nDua.", ""),
        ({"a": "Satu."}, "", "text holds named values"),
        (["Satu.", 2], "", "text holds a list"),
        (7, "", "text is no text, but '7'"),
        ("7", "", "text is no text, but '7'"),
        (True, "", "text is no text"),
        ("NaN", "", "has no text, but 'NaN'"),
        ("None", "", "has no text, but 'None'"),
        ("-", "", "has no text, but '-'"),
        ("null", "", "has no text, but 'null'"),
        ("<p>Warga &amp; ASN.</p><p>Dua<br/>tiga.</p><script>x()</script>", "Warga & ASN.\nDua\ntiga.", ""),
        ("Jika a < b dan c > d.", "Jika a < b dan c > d.", ""),
        ("12 warga hadir.", "12 warga hadir.", ""),
        ("['Satu.', 'Warga\\'s', \"Dua.\"]", "Satu.\nWarga's\nDua.", ""),
        ("['Satu.'\n 'Dua.']", "Satu.\nDua.", ""),
        ('["Kata \\"warga\\".", "Kaf\\u00e9"]', 'Kata "warga".\nKafé', ""),
        ("[]", "", "has no text, but '[]'"),
        ("{'isi': 'Satu.'}", "", "text is no text, but named values spelt out"),
        ("[JAKARTA] Warga hadir [sic]", "[JAKARTA] Warga hadir [sic]", ""),
    ],
)
def test_cells_that_are_no_text(tmp_path: Path, cell: object, text: str, told: str) -> None:
    rows = [{"id": "a", "text": cell}, {"id": "b", "text": "Loket."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    frame = kit.read_articles(tmp_path / "a.jsonl")
    assert frame["text"].tolist() == ([text] if text else []) + ["Loket."]
    problems = [row["problem"] for row in frame.attrs["set_aside"]]
    assert len(problems) == bool(told)
    assert all(problem.startswith(told) for problem in problems)


QUOTED = st.text(st.sampled_from("ab1 ,;\"\n'é|"), max_size=12).filter(lambda text: text.strip())


@given(st.lists(st.tuples(QUOTED, QUOTED, QUOTED), min_size=1, max_size=8), st.sampled_from(",;\t|"), st.booleans())
def test_what_the_standard_library_writes_is_read_back(rows: list[tuple[str, ...]], sign: str, stated: bool) -> None:
    stream = io.StringIO(newline="")
    stream.write(f"sep={sign}\r\n" if stated else "")
    writer = csv.writer(stream, delimiter=sign)
    writer.writerow(["title", "text", "url"])
    writer.writerows([(f"x{one}", two, three) for one, two, three in rows])  # no number in front: see the next test
    found = [row.cells for row in Sheet(stream.getvalue().encode(), "", "a.csv").rows() if isinstance(row, Row)]
    assert [tuple(cells.values()) for cells in found] == [(f"x{one}", two, three) for one, two, three in rows]


BROKEN = (
    'id,text,date\n1,Satu.,2024-02-05\n2,"Dua,2024-02-05\n3,Tiga.,2024-02-05\n4,Empat",2024-02-05\n5,Lima.,2024-02-05\n'
)


@pytest.mark.parametrize(
    ("content", "ids", "lines"),
    [
        (BROKEN, ["1", "3", "4", "5"], [3]),
        (BROKEN.replace('Empat"', "Empat"), ["1", "3", "4", "5"], [3]),
        ('id,text\na,"Kata "warga" itu"\nb,Dua.\n', ["b"], [2]),
        ('id,text\na,Kata "warga" itu\nb,Dua.\n', ["a", "b"], []),
        ('id,text\na,"Satu.\n\nDua, tiga."\nb,Dua.\n', ["a", "b"], []),
        ('id,text,x\n1,"Satu.\n12, tiga.",\n2,Dua.,\n', ["1", "2"], []),
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_nothing(
    tmp_path: Path, content: str, ids: list[str], lines: list[int]
) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    frame = kit.read_articles(tmp_path / "a.csv")
    assert frame["doc_id"].tolist() == ids
    assert [row["source"] for row in frame.attrs["set_aside"]] == [f"a.csv, line {line}" for line in lines]


def test_workbooks_name_their_sheets(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"isi": ["Satu.", "Dua."]}).to_excel(book, sheet_name="Januari", index=False)
        pd.DataFrame({"isi": ["Tiga."]}).to_excel(book, sheet_name="Februari", index=False)
        pd.DataFrame({"catatan": ["x"]}).to_excel(book, sheet_name="Catatan", index=False)
    frame = kit.read_articles(tmp_path / "a.xlsx")
    assert frame["source"].tolist() == ["a.xlsx#Januari#2", "a.xlsx#Januari#3", "a.xlsx#Februari#2"]
    assert frame["doc_id"].is_unique
    [aside] = frame.attrs["set_aside"]
    assert aside["source"] == "a.xlsx#Catatan, row 1"
    assert frame.attrs["found"] == 3


def test_a_missing_library_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.rtf").write_text("{\\rtf1 Warga.}", encoding="ascii")
    (tmp_path / "b.txt").write_text("Warga dilayani.", encoding="ascii")
    monkeypatch.setitem(__import__("sys").modules, "striprtf.striprtf", None)
    monkeypatch.setitem(__import__("sys").modules, "striprtf", None)
    frame = kit.read_articles(tmp_path)
    [aside] = frame.attrs["set_aside"]
    assert aside["remedy"] == 'pip install "governance-discourse-kit[formats]"'
    assert frame["text"].tolist() == ["Warga dilayani."]
