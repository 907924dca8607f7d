"""Whether statements of open news are right, as readers code them who see nothing of what the kit says.

Round 3 of `benchmarks/discourse_readings.py`: 1,500 articles of CLICK-ID that no earlier round has (seed 202619). Of the
statements in them, at most one of an article, 100 are drawn: up to 15 that object, with others that agree to 60, and 40
without agreement, so that recall is seen too. A reader gets the passage, the concept with its definition, and the marked
words, and answers who says it, whether the words name the concept, agreement, and who bears what is demanded. ``--sheet
FOLDER`` writes the sheet and, apart, the key; ``--record FOLDER A B`` puts both readers' answers into
``discourse_blind.csv`` (no text is kept); without either, scores are printed.

Run: ``python benchmarks/discourse_blind.py``
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
from discourse_readings import ROUNDS, Round, corpus_of_news, kit

TABLE = Path(__file__).with_suffix(".csv")
SEED = 2026_19
ROUNDS[3] = Round(SEED, {"statement": 100}, TABLE)
#: How many of each: those that object at most, with those that agree, and the rest.
OBJECTING, TOLD, REST = 15, 60, 40


def drawn(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of the sheet, one of an article, in random order."""
    generator = np.random.Generator(np.random.PCG64(SEED))
    table = statements.iloc[generator.permutation(len(statements))]
    told = table["agreement"].fillna(0)
    objecting = table[told < 0].drop_duplicates("doc").head(OBJECTING)
    agreeing = table[(told > 0) & ~table["doc"].isin(objecting["doc"])].drop_duplicates("doc")
    chosen = pd.concat([objecting, agreeing.head(TOLD - len(objecting))])
    rest = table[(told == 0) & ~table["doc"].isin(chosen["doc"])].drop_duplicates("doc").head(REST)
    chosen = pd.concat([chosen, rest])
    return chosen.iloc[generator.permutation(len(chosen))]


def sheet(folder: Path) -> None:
    """Write what the readers see, and the key."""
    corpus, codebook = corpus_of_news(3), kit.load_codebook()
    concepts = codebook.concepts.set_index("concept")
    sentences = corpus.sentences
    items, key = [], []
    for number, row in enumerate(drawn(kit.statements(corpus, codebook)).itertuples()):
        document = corpus.documents.iloc[row.doc]
        own = sentences[sentences["doc"] == row.doc]
        place = int(row.sentence - own.index[0])
        begin = int(own["start"].iloc[max(place - 7, 0)])
        stop = int(own["end"].iloc[min(place + 2, len(own) - 1)])
        text = document["text"]
        concept = concepts.loc[row.concept]
        told = f"{concept['label_en']} ({concept['label_id']}): {concept['definition']}"
        items.append(
            {
                "id": f"s{number:03}",
                "title": document["title"],
                "concept": row.concept,
                "definition": told,
                "include": concept["include"],
                "exclude": concept["exclude"],
                "text": f"{text[begin : row.start]}[[{text[row.start : row.end]}]]{text[row.end : stop]}",
            }
        )
        said = {name: None if pd.isna(value) else str(value) for name, value in row._asdict().items()}
        key.append(
            {
                "id": f"s{number:03}",
                "sha256": hashlib.sha256(text[row.start : row.end].encode()).hexdigest(),
                **{name: value for name, value in said.items() if name not in ("Index", "seal", "date", "outlet")},
            }
        )
    for name, rows in (("st_sheet", items), ("st_key", key)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sheet", type=Path)
    told_ = asked.parse_args()
    if told_.sheet:
        sheet(told_.sheet)
