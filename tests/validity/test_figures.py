"""The figures of validity: read as people write them, damage named, and printed with where they are from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import CodingError
from kit.wording.words import tell

CODEBOOK = kit.load_codebook()


def written(folder: Path, text: str) -> Path:
    file = folder / "validity.csv"
    file.write_text(text, "utf-8")
    return file


def said(table: pd.DataFrame) -> list[str]:
    return [tell(one, "en") for one in table.attrs["remarks"]]


def test_a_file_is_read_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    heading = "\ufeffconcept;Source;n hits read;Precision;recall estimate;alpha;date;seed"
    text = f"{heading}\nmelayani;berita 2019;20;0,85;0,7;;2026-11-29;3\n"
    table = kit.load_validity(CODEBOOK, written(tmp_path, text))
    assert table["concept"].tolist() == CODEBOOK.concepts["concept"].tolist()
    row = table.set_index("concept").loc["melayani"]
    assert row[["source", "hits_read", "precision", "recall", "date"]].tolist() == [
        "berita 2019",
        20,
        0.85,
        0.7,
        "2026-11-29",
    ]
    assert np.isnan(row["alpha"])
    assert table["hits_read"].isna().sum() == len(table) - 1
    assert said(table)[0] == "Precision and recall were measured on berita 2019, not on this corpus."
    assert said(table)[1].startswith(
        "How valid the counts are has not been measured for: good-governance, clean-government,"
    )
    assert "melayani" not in said(table)[1].replace("dilayani", "")
    assert said(table)[2].startswith("Precision is the share of the sentences with a hit that speak of the concept")
    assert len(said(table)) == 3  # nothing says that recall is but a bound


def test_scores_come_back_from_a_file(tmp_path: Path) -> None:
    text = " ".join(f"Aparatur melayani warga {n}. Pelayan toko {n}. Hujan {n}." for n in range(40))
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    sheet = kit.coding_sheet(corpus, CODEBOOK, n=20, concepts=["melayani"])
    place = sheet.key.groupby("stratum").cumcount()
    codings = sheet.key.assign(coder="ani", value=np.where(place < 3, "yes", "no"), time="")
    validity = kit.score_coding(corpus, codings, sheet.key).validity
    validity.assign(source="own texts").to_csv(tmp_path / "validity.csv", index=False)
    table = kit.load_validity(CODEBOOK, tmp_path / "validity.csv")
    assert not any("not on this corpus" in one for one in said(table)), "its fingerprint says of which corpus it is"
    printed = kit.describe_codebook(CODEBOOK, corpus, validity=table)
    assert not any("Precision and recall were measured" in one for one in said(printed))
    other = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["b"], "text": ["Warga."]}), clean=False)
    printed = kit.describe_codebook(CODEBOOK, other, validity=table)
    assert any("not on this corpus" in one for one in said(printed))
    both = [kit.concept_frequencies(corpus, CODEBOOK, validity=one) for one in (validity, table)]
    row = both[0].set_index("concept").loc["melayani"]
    assert row["difference_reason"] == ""
    pd.testing.assert_frame_equal(
        both[0].set_index("concept").loc[["melayani"]], both[1].set_index("concept").loc[["melayani"]]
    )


def test_a_workbook_is_read_as_the_same_table(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {
            "concept": ["melayani", "dilayani"],
            "source": ["berita 2019", ""],
            "n hits read": [20, None],
            "precision": [0.85, "0,5"],
            "recall": [None, 0.7],
            "recall_at_most": [True, False],
            "date": ["2026-11-29", ""],
        }
    )
    text = "\n".join(
        [",".join(rows.columns), "melayani,berita 2019,20,0.85,,true,2026-11-29", "dilayani,,,0.5,0.7,false,", ""]
    )
    wanted = kit.load_validity(CODEBOOK, written(tmp_path, text))
    file = tmp_path / "validity.xlsx"
    with pd.ExcelWriter(file, engine="xlsxwriter") as book:
        pd.DataFrame({"note": ["how it was read"]}).to_excel(book, sheet_name="about", index=False)
        rows.to_excel(book, sheet_name="figures", index=False, startrow=2)
    pd.testing.assert_frame_equal(kit.load_validity(CODEBOOK, file), wanted)
    rows.rename(columns={"concept": "konsep"}).to_excel(file, engine="xlsxwriter", index=False)
    with pytest.raises(CodingError, match=r"validity.xlsx, row 1: no column 'concept'"):
        kit.load_validity(CODEBOOK, file)
    rows.assign(precision="high").to_excel(file, engine="xlsxwriter", index=False)
    with pytest.raises(CodingError, match=r"validity.xlsx, row 2: precision = 'high' -> write a number"):
        kit.load_validity(CODEBOOK, file)
    file.write_bytes(b"PK no workbook")
    with pytest.raises(CodingError, match=r"validity.xlsx: cannot be read as a workbook .* save it again"):
        kit.load_validity(CODEBOOK, file)


def test_a_recall_that_is_but_a_bound_is_told_of(tmp_path: Path) -> None:
    heading = "concept,source,precision,recall,recall_at_most\n"
    rows = ["melayani,x,1,1,yes\n", "dilayani,x,1,.5,no\n", "konsensus,x,1,.5,no\n"]
    for n, told in ((3, "given for melayani: a part of"), (1, "given: a part of")):
        table = kit.load_validity(CODEBOOK, written(tmp_path, heading + "".join(rows[:n])))
        assert f"Recall is at most the figure {told}" in said(table)[-1], n
    shipped = said(kit.load_validity(CODEBOOK))[-1]
    assert shipped.startswith("Recall is at most the figure given for all concepts but profesionalisme,")
    figures = kit.load_validity(CODEBOOK)
    assert "diukur pada berita 2019, pidato, undang-undang, bukan" in tell(figures.attrs["remarks"][0], "id")


def test_without_figures_each_concept_is_named(tmp_path: Path) -> None:
    table = kit.load_validity(CODEBOOK, written(tmp_path, "concept\n"))
    assert len(table) == len(CODEBOOK.concepts)
    assert table[["precision", "recall", "alpha"]].isna().all(axis=None)
    assert len(said(table)) == 1


def test_the_kits_own_figures_fit_any_codebook() -> None:
    assert kit.load_validity(CODEBOOK)["concept"].tolist() == CODEBOOK.concepts["concept"].tolist()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("concept,precision\nmelayani,high\n", r"validity.csv, row 2: precision = 'high' -> write a number"),
        ("concept,precision\nmelayani,85\n", r"row 2: precision = '85' -> write a share between 0 and 1"),
        ("concept,hits_read\nmelayani,2.5\n", r"row 2: hits_read = '2.5' -> write a whole number"),
        ("concept,recall_at_most\nmelayani,maybe\n", r"row 2: recall_at_most = 'maybe' -> write true or false"),
        ("concept\nmelayani\nmelayani\n", r"row 3: concept 'melayani' stands in two rows -> keep one"),
        ("concept\nlayan\n", r"row 2: the codebook has no concept 'layan' -> write it as the codebook shipped does"),
        ("konsep\nmelayani\n", r"row 1: no column 'concept'"),
    ],
)
def test_damage_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CodingError, match=message):
        kit.load_validity(CODEBOOK, written(tmp_path, text))
    with pytest.raises(CodingError, match=r"gone.csv: cannot be read"):
        kit.load_validity(CODEBOOK, tmp_path / "gone.csv")


def test_a_study_names_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.kit]\nvalidity = "own/validity.csv"\n', "utf-8")
    assert kit.load_settings(tmp_path).validity == tmp_path / "own" / "validity.csv"
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", "utf-8")
    assert kit.load_settings(tmp_path).validity is None
