"""The page of a coding sheet in a real browser: answered by keys, saved, gone on with; it asks nobody for anything."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit

pytestmark = pytest.mark.browser


def saved(page, act, file: Path) -> str:
    """Let a page save a file; the name it gives it."""
    with page.expect_download() as waiting:
        act()
    waiting.value.save_as(file)
    return waiting.value.suggested_filename


def test_a_coder_answers_saves_and_goes_on(opens, tmp_path: Path) -> None:
    texts = ["Aparatur melayani <b>warga</b></script>. Hujan turun. Pelayan toko."] * 2
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": texts}), clean=False)
    sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=2, concepts=["melayani"])
    address = sheet.save(tmp_path / "lembar é", ["ani"])[2].as_uri()
    page = opens(address)
    assert page.text_content("#passage") == sheet.items["passage"][0]
    for key in ("y", "n", "u", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.locator('button[aria-pressed="true"]').all_text_contents() == ["unsure"]
    page.keyboard.press("y")
    assert page.text_content("#progress") == "3 of 6 answered"
    first = tmp_path / "first.json"
    assert saved(page, lambda: page.keyboard.press("s"), first) == "coding-ani.json"
    codings = kit.read_codings(first, sheet.key)
    assert codings["item"].tolist() == sheet.items["item"].tolist()[:3]
    assert codings["value"].tolist() == ["yes", "no", "yes"]  # the answer taken back counts
    assert codings["time"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()
    again = opens(address)
    again.set_input_files("#load", first)
    again.locator("#progress", has_text="3 of 6").wait_for()
    again.locator("#answers button").first.click()
    second = tmp_path / "second.json"
    saved(again, again.locator("#save").click, second)
    assert kit.read_codings(second, sheet.key)["value"].tolist() == ["yes", "no", "yes", "yes"]
