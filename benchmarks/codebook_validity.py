"""How valid the shipped codebook is on news of 2019, presidential speeches and laws, by what two readers coded.

Two readers (sessions of a language model, not people) read passages apart, by the rules in ``concepts.csv`` alone. Round 1:
hits of the codebook as it was before (seed 0), of which those count here that the codebook still finds; near misses of these
(words with a root of a pattern, and words that the rules name, in sentences without a hit); and whole governance articles of
the news, sentence by sentence. Round 2, by the rules as sharpened after round 1: hits of the codebook of then and other
articles. Round 3, after the codebook was widened: hits in news not read before (seed 20261203), articles of the news of 2019
and 2020 chosen without the codebook (seed 20261130), and whole sentences of the news, of governance documents (hits of four
core concepts) and of others, in which every concept was looked for. Round 4, after the codebook was sharpened and widened once
more: hits in news not read before (seed 20261205) and articles chosen without the codebook (seed 20261204). Round 5, after
patterns were asked what the whole document is about: likewise (seeds 20261311 and 20261310). Round 6, after patterns were
asked whether the text speaks of Indonesia: likewise (seeds 20261611 and 20261610). Round 7, after what round 6 showed was
mended: hits in news of 2019, 70 at random and up to 6 of each concept, and up to 3 of each in news of 2020 (seeds 20261711 to
20261713), and articles (seed 20261710). Round 8, after what round 7 showed was
mended: articles (seed 20261810). Precision is that of rounds 2 to 7, of the hits that the codebook still finds.
``tests/oracles/coding/`` has the answers with places and hashes, no texts: these are in ``../shared/data``.

Writes ``kit/codebook/validity.csv`` and the tables of ``docs/codebook.md``; a test marked data compares.

Run: ``python benchmarks/codebook_validity.py`` (half a minute)
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import kit  # noqa: E402
from kit.codebook.codebook import Codebook  # noqa: E402
from kit.codebook.loading import load_codebook  # noqa: E402
from kit.measures.correction.strata import NONE, Strata  # noqa: E402
from kit.validity.agreement.coefficients import alpha  # noqa: E402

CODED = ROOT / "tests" / "oracles" / "coding"
FIGURES = ROOT / "kit" / "codebook" / "validity.csv"
DOCS = ROOT / "docs" / "codebook.md"
DATE = "2026-11-30"
SOURCES = {
    "news": ("clickid_news/kompas", "clickid_news/tempo"),
    "speech": ("pidato_jokowi_2017/pidato",),
    "law": ("peraturan_governance/peraturan",),
}
#: News of 2020, in words: whole articles from round 3 on, hits of round 7.
QUOTED = "pfsa_id_dev/dev40.tsv.gz"
MEASURED = "news of 2019, speeches, laws"
_BEGIN, _END = "<!-- validity: made by benchmarks/codebook_validity.py -->", "<!-- end of validity -->"


def read_texts(data: Path) -> pd.DataFrame:
    """Return the texts as given: `doc_id`, `kind` (news, speech, law) and `text`."""
    rows = []
    for kind, files in SOURCES.items():
        for file in files:
            with gzip.open(data / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
                given = (json.loads(line) for line in lines)
                rows += [(f"{Path(file).name}-{row['id']}", kind, row["text"]) for row in given if row["text"].strip()]
    texts = pd.DataFrame(rows, columns=["doc_id", "kind", "text"])
    return pd.concat([texts, read_quoted(data)]).drop_duplicates("doc_id", ignore_index=True)


def read_quoted(data: Path) -> pd.DataFrame:
    """Return the articles that are given word by word, a line for each sentence, signs joined to the words before them."""
    words = pd.read_csv(data / QUOTED, sep="\t", quoting=csv.QUOTE_NONE, keep_default_na=False, dtype={"token": str})
    lines = words.groupby(["article", "sent"])["token"].agg(" ".join)
    lines = lines.str.replace(r" ([,.;:?!%)”])", r"\1", regex=True).str.replace(r"([(“]) ", r"\1", regex=True)
    texts = lines.groupby("article").agg("\n".join)
    return pd.DataFrame(
        {"doc_id": [f"pfsa-{number}" for number in texts.index], "kind": "quoted", "text": texts.to_numpy()}
    )


def read_coded(name: str) -> pd.DataFrame:
    """Return a table of what the readers coded: spans, sentences or marked."""
    return pd.read_csv(CODED / f"{name}.csv", keep_default_na=False)


def check_hashes(texts: pd.DataFrame, coded: pd.DataFrame) -> None:
    """Refuse coded passages of other texts."""
    given = texts.set_index("doc_id")["text"]
    for doc_id, of_doc in coded.groupby("doc_id"):
        digest = hashlib.sha256(given[doc_id].encode()).hexdigest()
        if set(of_doc["sha256"]) != {digest} or of_doc["end"].max() > len(given[doc_id]):
            raise SystemExit(f"{doc_id} is not the text that was coded")


def found_in(texts: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the hits that count, names left out, with the kind of text; glosses are marked."""
    corpus = kit.Corpus.from_frame(texts, clean=False)
    mentions = kit.find_mentions(corpus, codebook)
    mentions = mentions[~mentions["is_name"]]
    return mentions.assign(kind=corpus.documents["kind"].to_numpy()[mentions["doc"]])


def covered(spans: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """Tell which spans share a character with another span of their document and concept."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for doc_id, concept, start, end in others[["doc_id", "concept", "start", "end"]].itertuples(index=False):
        places.setdefault((doc_id, concept), []).append((start, end))
    return np.array(
        [
            any(start < stop and begin < end for begin, stop in places.get((doc_id, concept), ()))
            for doc_id, concept, start, end in spans[["doc_id", "concept", "start", "end"]].itertuples(index=False)
        ],
        bool,
    )


def judged(spans: pd.DataFrame) -> pd.DataFrame:
    """Add whether both readers counted a span (`yes`) and whether they agree (`decided`)."""
    one, other = spans["a"] == "yes", spans["b"] == "yes"
    return spans.assign(yes=one & other, decided=one == other)


def agreement_of(spans: pd.DataFrame) -> float:
    """Return Krippendorff's alpha of counted and not counted."""
    yes = (spans["a"] == "yes").astype(float) + (spans["b"] == "yes")
    return alpha(np.column_stack([yes, 2 - yes]))


def marked_sentences() -> pd.DataFrame:
    """Return the sentences in which every concept was looked for, by concept that a reader marked: how many readers did."""
    marked = read_coded("marked")
    marked = marked[(marked["sure"] != "name") & marked["id"].str.startswith("v")]
    return marked.pivot_table(index="id", columns="concept", values="coder", aggfunc="nunique", fill_value=0)


def strata_of(concept: str, hits: pd.DataFrame, mentions: pd.DataFrame, counts: pd.DataFrame) -> tuple[Strata, int]:
    """Return the strata of a concept in the news (sentences with a hit, others of governance documents, the rest), and misses."""
    sizes = read_coded("strata").query("round == 3").set_index("stratum")["size"]
    governance = set(read_coded("governance")["doc_id"])
    own = mentions[(mentions["concept"] == concept) & (mentions["kind"] == "news")].drop_duplicates(["doc", "sentence"])
    inside = int(own["doc_id"].isin(governance).sum())
    whole = read_coded("sentences").query("stratum != 'article'")
    known = own.merge(whole, on="doc_id", suffixes=("_hit", ""))
    with_hit = set(known.loc[(known["start_hit"] >= known["start"]) & (known["end_hit"] <= known["end"]), "id"])
    whole = whole[~whole["id"].isin(with_hit)]
    readers = whole["id"].map(counts.get(concept, {})).fillna(0)
    of = [whole["stratum"] == stratum for stratum in ("governance", "other")]
    read = tuple(int((those & (readers != 1)).sum()) for those in of)
    yes = tuple(int((those & (readers == 2)).sum()) for those in of)
    sizes_of = (len(own), int(sizes["governance"]) - inside, int(sizes["other"]) - (len(own) - inside))
    read_of_hits = min(len(hits), len(own))
    right = min(int(hits["yes"].sum()), read_of_hits)
    return Strata(sizes_of, (read_of_hits, *read), (right, *yes)), sum(yes)


def by_concept(spans: pd.DataFrame, mentions: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the figures of each concept, in the form of the validity table of `kit.score_coding`."""
    spans = judged(spans).assign(found=covered(spans, mentions))
    counts = marked_sentences()
    rows = []
    for concept in codebook.concepts["concept"]:
        own = spans[spans["concept"] == concept]
        read = own[(own["round"] > 1) & (own["what"] == "hit") & own["found"]]
        hits = read[read["decided"]]
        there = max(int((mentions["concept"] == concept).sum()), len(hits))
        right = (int(hits["yes"].sum()), 0, 0)
        precision = Strata((there, 0, 0), (len(hits), 0, 0), right).share(0) if len(hits) else NONE
        strata, misses = strata_of(concept, hits[hits["kind"] == "news"], mentions, counts)
        recall, specificity, n_recall, n_specificity = strata.test_figures()
        near = own[(own["round"] == 1) & (own["what"] == "near")]
        rows.append(
            {
                "concept": concept,
                "source": MEASURED,
                "hits_read": len(read),
                "hits_yes": int(hits["yes"].sum()),
                "precision": precision.value,
                "precision_low": precision.low,
                "precision_high": precision.high,
                "near_read": len(near),
                "near_yes": int((near["decided"] & near["yes"]).sum()),
                "rest_read": sum(strata.read[1:]),
                "rest_yes": misses,
                "recall": recall,
                "recall_at_most": strata.at_most,
                "n_recall": n_recall,
                "specificity": specificity,
                "n_specificity": n_specificity,
                "alpha": agreement_of(own),
                "undecided": int((~own["decided"]).sum()),
                "codebook": codebook.version,
                "date": DATE,
                "seed": 0,
            }
        )
    return pd.DataFrame(rows)


def by_kind(spans: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return precision by kind of text: the mean over concepts, and by hits (each concept weighs as its hits do)."""
    spans = judged(spans)
    spans = spans[(spans["what"] == "hit") & spans["decided"] & covered(spans, mentions)]
    rows = []
    for number, kind in product((1, 2, 3, 4, 5, 6, 7), (*SOURCES, "quoted")):
        own = spans[(spans["round"] == number) & (spans["kind"] == kind)]
        if own.empty:
            continue
        share = own.groupby("concept")["yes"].agg(["mean", "size"])
        weight = mentions.loc[mentions["kind"] == kind, "concept"].value_counts().reindex(share.index).fillna(0)
        by_hits = np.average(share["mean"], weights=weight)
        rows.append((number, kind, int(share["size"].sum()), len(share), share["mean"].mean(), by_hits))
    return pd.DataFrame(rows, columns=["round", "kind", "hits_read", "concepts", "macro", "by_hits"])


def before_and_after(spans: pd.DataFrame, mentions: pd.DataFrame) -> tuple[float, float]:
    """Return precision by hits of the codebook before, on news, and the share of its right hits that are kept."""
    spans = judged(spans).assign(found=covered(spans, mentions))
    old = spans[(spans["round"] == 1) & (spans["what"] == "hit") & (spans["kind"] == "news") & spans["decided"]]
    sizes = pd.read_csv(CODED / "strata.csv")
    weight = sizes[(sizes["stratum"] == "hit") & (sizes["kind"] == "news") & (sizes["round"] == 1)].set_index(
        "concept"
    )["size"]
    share = (
        old.groupby("concept")[["yes", "found"]]
        .mean()
        .assign(kept=(old["yes"] & old["found"]).groupby(old["concept"]).mean())
    )
    weight = weight.reindex(share.index)
    right = (share["yes"] * weight).sum()
    return right / weight.sum(), (share["kept"] * weight).sum() / right


def by_articles(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return precision and recall on whole governance articles of the news, by round; glosses count, as readers mark both."""
    sentences, marked = read_coded("sentences").query("stratum == 'article'"), read_coded("marked")
    marked = marked[marked["id"].isin(sentences["id"])]
    rows = []
    for number in sorted(sentences["round"].unique()):
        inside = sentences[sentences["round"] == number]
        spans = marked[(marked["round"] == number) & (marked["sure"] != "name")]
        one, other = (spans[spans["coder"] == coder] for coder in ("a", "b"))
        both = one[covered(one, other)]
        sure = both[(both["sure"] == "sure") & covered(both, other[other["sure"] == "sure"])]
        within = inside.merge(mentions, on="doc_id", suffixes=("_sentence", ""))
        within = within[(within["start"] >= within["start_sentence"]) & (within["end"] <= within["end_sentence"])]
        rows.append(
            {
                "round": number,
                "articles": inside["doc_id"].nunique(),
                "sentences": len(inside),
                "hits": len(within),
                "precision": covered(within, spans).mean(),
                "spans_both": len(both),
                "recall_both": covered(both, mentions).mean(),
                "spans_sure": len(sure),
                "recall_sure": covered(sure, mentions).mean(),
                "readers_f1": 2 * covered(one, other).sum() / (len(one) + len(other)),
            }
        )
    return pd.DataFrame(rows)


def as_markdown(table: pd.DataFrame) -> str:
    """Write a table, shares with two digits."""
    shown = table.map(lambda cell: ("–" if np.isnan(cell) else f"{cell:.2f}") if isinstance(cell, float) else str(cell))
    lines = [shown.columns.tolist(), ["---"] * len(shown.columns), *shown.to_numpy().tolist()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def measure(data: Path) -> tuple[pd.DataFrame, str]:
    """Return the figures of each concept, and the tables of the documentation."""
    texts, spans, codebook = read_texts(data), read_coded("spans"), load_codebook()
    check_hashes(texts, spans)
    check_hashes(texts, read_coded("sentences"))
    found = found_in(texts, codebook)
    mentions = found[~found["gloss"]]
    figures = by_concept(spans, mentions, codebook)
    shares = figures.select_dtypes("float").columns
    figures[shares] = figures[shares].round(3)
    old, kept = before_and_after(spans, mentions)
    told = figures.assign(concept="`" + figures["concept"] + "`")
    told = told[["concept", "hits_read", "precision", "near_read", "recall", "alpha", "undecided"]]
    parts = [
        as_markdown(told),
        f"On news the codebook before had precision {old:.2f} by hits; {kept:.2f} of its right hits are kept.",
        as_markdown(by_kind(spans, mentions)),
        as_markdown(by_articles(found)),
    ]
    return figures, "\n\n".join(parts)


def documented(tables: str) -> str:
    """Return the documentation with these tables in it."""
    before, rest = DOCS.read_text(encoding="utf-8").split(_BEGIN)
    return f"{before}{_BEGIN}\n\n{tables}\n\n{_END}{rest.split(_END)[1]}"


if __name__ == "__main__":
    found, tables = measure(ROOT.parent / "shared" / "data")
    found.to_csv(FIGURES, index=False, lineterminator="\n")
    DOCS.write_text(documented(tables), encoding="utf-8", newline="\n")
    print(tables)
