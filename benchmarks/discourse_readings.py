"""Whether what is found in open news is right, as readers see it: indirect quotations, modals, statements.

Of the news of CLICK-ID (William and Sari 2020, doi 10.1016/j.dib.2020.106231; CC BY 4.0), 1,500 articles are drawn, and
of what the kit finds in them some of each type, at most one of an article (PCG64). There are rounds (`ROUNDS`), each of
articles that no other has: 100 of each type, read by two readers; 40 modals and 60 statements, read by one reader after
the rules were mended on the first; a third, read by `discourse_blind.py`; and 60 reported and 40 direct quotations, then
40 and 60, each read by two who do not know the rules. The texts are not kept here: the table of a round (``discourse_readings.csv``,
``…_2.csv``, ``…_4.csv``, ``…_5.csv``) has for each item its document, its place, the SHA-256 of its words, and what each reader said,
blind to each other. ``--sheet FILE`` writes the sheet they read, ``--record SHEET A B`` puts their answers into the table
(one reader's, if the other's are not there); without either, the scores are printed: precision with Wilson's 95 %
interval, each reader and both, and Krippendorff's alpha (nominal).

Run: ``python benchmarks/discourse_readings.py [--round 2]``
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binomtest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import kit  # noqa: E402

NEWS = ROOT.parent / "shared" / "data" / "clickid_news"
ARTICLES = 1_500


class Round(NamedTuple):
    """One round: its seed, how many of each type, and its table."""

    seed: int
    each: dict[str, int]
    table: Path


ROUNDS = {
    1: Round(2026_17, {"indirect": 100, "modal": 100, "statement": 100}, Path(__file__).with_suffix(".csv")),
    2: Round(2026_18, {"modal": 40, "statement": 60}, Path(__file__).with_name("discourse_readings_2.csv")),
    3: Round(
        2026_19, {"statement": 100}, Path(__file__).with_name("discourse_blind.csv")
    ),  # read by discourse_blind.py
    4: Round(2026_20, {"indirect": 60, "direct": 40}, Path(__file__).with_name("discourse_readings_4.csv")),
    5: Round(2026_21, {"indirect": 40, "direct": 60}, Path(__file__).with_name("discourse_readings_5.csv")),
}
#: From this round on a reader sees more of what stands before, since an epithet may point far back.
_LONGER = 4
#: What is asked of each type, and the answers there are; the first is the one that is right.
ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "indirect": {
        "report": ("yes", "no", "unsure"),
        "words": ("right", "short", "long", "wrong"),
        "speaker": ("right", "partly", "wrong"),
    },
    "direct": {"words": ("right", "short", "long", "wrong"), "speaker": ("right", "partly", "wrong")},
    "modal": {"category": ("right", "wrong", "unsure"), "bearer": ("right", "partly", "wrong", "missed")},
    "statement": {
        "concept": ("yes", "no", "unsure"),
        "speaker": ("right", "partly", "wrong"),
        "agreement": ("right", "opposite", "none", "unsure"),
    },
}


def corpus_of_news(number: int = 1) -> kit.Corpus:
    """Return the articles that are drawn for a round: none that an earlier one has."""
    rows: list[dict[str, str]] = []
    for outlet in ("kompas", "tempo"):
        with gzip.open(NEWS / f"{outlet}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    left = np.arange(len(rows))
    for one in range(1, number + 1):
        drawn = np.random.Generator(np.random.PCG64(ROUNDS[one].seed)).permutation(len(left))[:ARTICLES]
        chosen, left = np.sort(left[drawn]), np.delete(left, drawn)
    frame = pd.DataFrame([rows[place] for place in chosen])
    frame = frame.rename(columns={"id": "doc_id"})[["doc_id", "title", "text"]]
    return kit.Corpus.from_frame(frame, clean=False)


def sheet(number: int) -> Iterator[dict[str, Any]]:
    """Yield the items of a round, in random order."""
    corpus = corpus_of_news(number)
    quotations = kit.find_quotations(corpus)
    modals = kit.find_modality(corpus, quotations=quotations)
    statements = kit.statements(corpus, kit.load_codebook(), quotations=quotations)
    reports = ("indirect", "indirect_command", "nested_indirect")
    tables = {
        "indirect": quotations[quotations["type"].isin(reports)],
        "direct": quotations[quotations["type"] == "direct"],
        "modal": modals,
        "statement": statements[statements["agreement"].notna()],
    }
    generator = np.random.Generator(np.random.PCG64(ROUNDS[number].seed))
    items = []
    for kind, each in ROUNDS[number].each.items():
        table = tables[kind]
        drawn = table.iloc[generator.permutation(len(table))].drop_duplicates("doc").head(each)
        items += [_item(corpus, kind, row, number) for row in drawn.itertuples()]
    for row, place in enumerate(generator.permutation(len(items)).tolist()):
        yield {"id": f"d{row:03}", **items[place]}


def _item(corpus: kit.Corpus, kind: str, row: Any, number: int) -> dict[str, Any]:
    """Return what a reader sees of one row, and where it stands."""
    document, sentences = corpus.documents.iloc[row.doc], corpus.sentences
    own = sentences[sentences["doc"] == row.doc]
    place = int(row.sentence - own.index[0])
    # A quotation may run over sentences.
    last = int(np.searchsorted(own["start"].to_numpy(), row.end, side="left"))
    before = 9 if number >= _LONGER else 2 if kind == "indirect" else 3
    begin = int(own["start"].iloc[max(place - before, 0)])
    stop = int(own["end"].iloc[min(max(last, place + 1), len(own) - 1)])
    text = document["text"]
    shown = f"{text[begin : row.start]}[[{text[row.start : row.end]}]]{text[row.end : stop]}"
    found: dict[str, Any] = {}

    def stated(value: Any) -> str:
        """Return a cell as a reader sees it."""
        return "-" if pd.isna(value) or value == "" else str(value)

    if kind in ("indirect", "direct"):
        found = {"speaker": stated(row.speaker), "role": stated(row.role), "organisation": stated(row.organisation)}
    elif kind == "modal":
        found = {"category": row.category, "polarity": row.polarity, "bearer": stated(row.bearer)}
    else:
        speaker = "(the article itself)" if row.frame == "narrator" else stated(row.speaker)
        agreement = "supports, demands" if row.agreement > 0 else "objects to, forbids"
        found = {"speaker": speaker, "concept": row.concept, "agreement": agreement, "basis": row.basis}
    return {
        "type": kind,
        "title": document["title"],
        "text": shown,
        "found": found,
        "doc_id": document["doc_id"],
        "start": int(row.start),
        "end": int(row.end),
        "sha256": hashlib.sha256(text[row.start : row.end].encode()).hexdigest(),
    }


def record(number: int, items: Path, *answers: Path) -> None:
    """Write the table of what was read."""
    rows = [json.loads(line) for line in items.read_text(encoding="utf-8").splitlines()]
    table = pd.DataFrame(rows)[["id", "type", "doc_id", "start", "end", "sha256"]]
    for reader, file in zip("ab", answers, strict=False):
        told = {one["id"]: one for one in map(json.loads, file.read_text(encoding="utf-8").splitlines())}
        for question in dict.fromkeys(name for asked in ASKED.values() for name in asked):
            table[f"{question}_{reader}"] = [told[name].get(question, "") for name in table["id"]]
    table.to_csv(ROUNDS[number].table, index=False, lineterminator="\n")


def scores(table: pd.DataFrame) -> pd.DataFrame:
    """Return precision and agreement by type and question; unsure counts as not right."""
    rows = []
    for kind, asked in ASKED.items():
        own = table[table["type"] == kind]
        if own.empty:
            continue
        for question, answers in asked.items():
            told = [own[f"{question}_{name}"].to_numpy(object) for name in "ab" if f"{question}_{name}" in own]
            right = np.all([one == answers[0] for one in told], axis=0)
            low, high = binomtest(int(right.sum()), len(right)).proportion_ci(method="wilson")
            two = len(told) == 2
            rows.append(
                {
                    "type": kind,
                    "question": question,
                    "items": len(right),
                    "readers": len(told),
                    **{name: (one == answers[0]).mean() for name, one in zip("ab", told, strict=False)},
                    "all": right.mean(),
                    "low": low,
                    "high": high,
                    "alike": (told[0] == told[1]).mean() if two else np.nan,
                    "alpha": alpha(*told) if two else np.nan,
                }
            )
    return pd.DataFrame(rows).round(3)


def alpha(a: Any, b: Any) -> float:
    """Return Krippendorff's alpha of two readers, nominal."""
    values = np.concatenate([a, b])
    shares = np.unique(values, return_counts=True)[1]
    n = len(values)
    expected = 1 - float((shares * (shares - 1)).sum()) / (n * (n - 1))
    return 1 - float((a != b).mean()) / expected if expected else float("nan")


def main() -> None:
    """Write the sheet, record what was read, or print the scores."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--round", type=int, choices=ROUNDS, default=1)
    asked.add_argument("--sheet", type=Path)
    asked.add_argument("--record", type=Path, nargs="+", metavar="FILE")
    told = asked.parse_args()
    if told.sheet:
        lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in sheet(told.round)]
        told.sheet.write_text("".join(lines), encoding="utf-8")
    elif told.record:
        record(told.round, *told.record)
    else:
        table = pd.read_csv(ROUNDS[told.round].table, dtype="str", keep_default_na=False)
        print(scores(table).to_string(index=False))


if __name__ == "__main__":
    main()
