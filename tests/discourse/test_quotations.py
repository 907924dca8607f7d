"""Who says what: the seed's gold to the character, made-up documents for every trap, and what holds for any text."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

import kit

ORACLES = Path(__file__).parents[1] / "oracles"
LENIENT = {"q06", "q07", "q08", "q09"}
Row = tuple[str, int, int, int | None, int | None, int | None, int | None]


def corpus_of(*texts: str) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{number:03}" for number in range(len(texts))], "text": list(texts)})
    return kit.Corpus.from_frame(frame, clean=False)


def gold(*, lenient: bool) -> list[Row]:
    """The seed's quotations: type, words, verb and speaker, in code points of the body."""
    with (ORACLES / "seed_article_quotes.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if lenient or row["quote_id"] not in LENIENT]
    names = ("content_start", "content_end", "verb_start", "verb_end", "speaker_start", "speaker_end")
    found = []
    for row in rows:
        start, end, *others = (int(row[name]) if row[name] else None for name in names)
        verb = others[0]
        found.append((row["type"], verb if start is None else start, verb if end is None else end, *others))
    return found


def places(table: pd.DataFrame) -> list[Row]:
    names = ["type", "start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end"]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)  # type: ignore[misc]
        for row in table[names].itertuples(index=False)
    ]


@pytest.fixture(scope="module")
def seed() -> kit.Corpus:
    return corpus_of((ORACLES / "seed_article_body.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mode", ["strict", "lenient"])
def test_the_seed_is_read_as_the_gold_says(seed: kit.Corpus, mode: str) -> None:
    table = kit.find_quotations(seed, mode=mode)  # type: ignore[arg-type]
    assert places(table) == gold(lenient=mode == "lenient")
    ali = table[table["type"].isin(["direct", "indirect", "indirect_command", "attribution_only"])]
    assert set(ali["speaker"]) == {"Moh Ali Kuncoro"}
    assert set(ali["role"]) == {"Pj Wali Kota Mojokerto"}
    assert len(set(ali["speaker_id"])) == 1
    nested = table[table["type"] == "nested_indirect"]
    assert nested["speaker"].tolist() == ["Gubernur Jawa Timur", "Presiden"]
    held = table.set_index("quotation").loc[nested["parent"].astype(int)]
    assert (held["type"] == "direct").all()
