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
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from discourse_readings import ROUNDS, alpha, corpus_of_news, kit
from scipy.stats import binomtest

TABLE = Path(__file__).with_suffix(".csv")
SEED = ROUNDS[3].seed
_COMMON = {"dan", "di", "dari", "yang", "para", "ketua", "wakil", "umum", "kepala", "direktur", "menteri", "pak", "the"}
#: Short names that share no word with the full one.
_SHORT = {"jokowi": "joko widodo", "jk": "jusuf kalla"}
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


def verdicts(folder: Path, *answers: Path) -> pd.DataFrame:
    """Return the table of what was read: what the kit says beside what each reader does, without words of the texts."""
    key = [json.loads(line) for line in (folder / "st_key.jsonl").read_text(encoding="utf-8").splitlines()]
    table = pd.DataFrame(key)[["id", "doc_id", "start", "end", "sha256", "frame", "certainty", "concept"]]
    table["agreement"] = [row["agreement"] or "none" for row in key]
    for reader, file in zip("ab", answers, strict=True):
        told = {one["id"]: one for one in map(json.loads, file.read_text(encoding="utf-8").splitlines())}
        rows = [told[row["id"]] for row in key]
        table[f"speaker_{reader}"] = [who(row, one["speaker"]) for row, one in zip(key, rows, strict=True)]
        table[f"concept_{reader}"] = [str(one["concept"]) for one in rows]
        table[f"agreement_{reader}"] = [str(one["agreement"]) for one in rows]
        table[f"bearer_{reader}"] = [
            borne(row["bearer"] or "", one["bearer"]) for row, one in zip(key, rows, strict=True)
        ]
    return table


def words(text: str) -> set[str]:
    """Return the words of a name or phrase that tell it from others."""
    low = text.casefold()
    low += "".join(f" {full}" for short, full in _SHORT.items() if re.search(rf"\b{short}\b", low))
    return {word for word in re.findall(r"\w+", low) if word not in _COMMON}


def who(row: dict[str, Any], said: str) -> str:
    """Compare a speaker: right, wrong, or open where the kit leaves the narrator in doubt and the reader another."""
    article, continued = said.startswith("article"), said.endswith("(continued)") or said == "article?"
    if row["frame"] == "narrator":
        if row["certainty"] == "ambiguous" and continued:
            return "open"
        return "right" if article else "wrong"
    kit_says = words(" ".join(row[name] or "" for name in ("speaker", "organisation")))
    return "right" if kit_says & words(said.removesuffix("(continued)")) else "wrong"


def borne(kit_says: str, said: str) -> str:
    """Compare a bearer."""
    if not kit_says:
        return "right" if said.strip() in ("", "-") else "missed"
    return "right" if words(kit_says) & words(said) else "extra" if said.strip() in ("", "-") else "wrong"


def scores(table: pd.DataFrame) -> pd.DataFrame:
    """Return what is right by both readers, with Wilson's interval, by each, and how far they agree."""
    every = pd.Series(data=True, index=table.index)
    told, quoted = table["agreement"] != "none", table["frame"] != "narrator"
    speaker, bearer = ([table[f"{name}_{one}"] == "right" for one in "ab"] for name in ("speaker", "bearer"))
    concept = [table[f"concept_{one}"] == "yes" for one in "ab"]
    alike = [table[f"agreement_{one}"] == table["agreement"] for one in "ab"]
    found = [table[f"agreement_{one}"].isin(["1", "-1"]) for one in "ab"]
    asked = {
        "speaker": (every, speaker),
        "speaker, quoted": (quoted, speaker),
        "speaker, narrator and certain": (~quoted & (table["certainty"] == "certain"), speaker),
        "speaker, narrator and ambiguous": (~quoted & (table["certainty"] != "certain"), speaker),
        "concept": (every, concept),
        "agreement, where the kit gives one": (told, alike),
        "agreement, where the kit gives none": (~told, alike),
        "agreement, where both readers give one": (found[0] & found[1], alike),
        "bearer": (every, bearer),
    }
    rows: list[dict[str, Any]] = []
    for name, (some, (a, b)) in asked.items():
        both = (a & b)[some]
        low, high = binomtest(int(both.sum()), len(both)).proportion_ci(method="wilson")
        rows.append({"question": name, "items": len(both), "both": both.mean(), "low": low, "high": high})
        rows[-1] |= {"a": a[some].mean(), "b": b[some].mean()}
    for name in ("speaker", "concept", "agreement", "bearer"):
        one, two = (table[f"{name}_{reader}"].to_numpy(object) for reader in "ab")
        rows.append({"question": f"readers alike: {name}", "items": len(one), "both": (one == two).mean()})
        rows[-1]["alpha"] = alpha(one, two)
    return pd.DataFrame(rows).round(3)


def main() -> None:
    """Write the sheet, record what was read, or print the scores."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sheet", type=Path)
    asked.add_argument("--record", type=Path, nargs=3, metavar=("FOLDER", "A", "B"))
    told = asked.parse_args()
    if told.sheet:
        sheet(told.sheet)
    elif told.record:
        verdicts(*told.record).to_csv(TABLE, index=False, lineterminator="\n")
    else:
        print(scores(pd.read_csv(TABLE, dtype="str", keep_default_na=False)).to_string(index=False))


if __name__ == "__main__":
    main()
