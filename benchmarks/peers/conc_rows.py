"""Conc, run in an environment of its own on the same texts: frequencies, keyness, collocates, concordance lines."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from rows import HERE, Row, corpora, documents

import kit
from kit.measures.association import formulas
from kit.measures.counts import contingency
from kit.measures.keyness import effects

VERSION = "0.1.13"
PEER = "conc " + VERSION
#: Conc leaves the versions of what it needs open; these are the ones that it was run with.
_WITH = ("spacy==3.8.18", "polars==1.31.0")

TERMS = ("warga", "melayani", "pelayanan", "publik", "dan", "harga")
NODES = {"melayani": ("warga", "asn", "harus"), "pelayanan publik": ("yang", "transparan", "warga")}
QUERIES = ("melayani", "warga", "tata kelola", "pelayanan publik")
WINDOW = 5

_TOTALS = "other totals: Conc takes the node's occurrences, the kit the words near the node (in pairs: the meetings)"


def run(folder: Path | None) -> dict[str, Any] | None:
    """Run Conc in `folder`, where its environment is made if it is not there; None without a folder."""
    if folder is None:
        return None
    folder = folder.resolve()
    python = folder / "environment" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(folder / "environment", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", f"conc=={VERSION}", *_WITH], check=True)
    texts = {name: corpus.documents["text"].tolist() for name, corpus in corpora().items()}
    asked = {"texts": texts, "nodes": list(NODES), "queries": list(QUERIES), "window": WINDOW}
    (folder / "input.json").write_text(json.dumps(asked), encoding="utf-8")
    subprocess.run([python, str(HERE / "conc_peer.py"), str(folder)], check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / "output.json").read_text(encoding="utf-8"))


def rows(found: dict[str, Any] | None) -> list[Row]:
    """Compare; without Conc's numbers the rows say so."""
    return [*_frequencies(found), *_keyness(found), *_collocates(found), *_lines(found)]


def _cell(
    table: list[dict[str, Any]] | None, token: str, column: str, *, absent: float | str = 0.0
) -> float | str | None:
    """Return a number of a table of Conc; None where Conc was not run."""
    if table is None:
        return None
    return next((float(row[column]) for row in table if row["token"] == token), absent)


def _frequencies(found: dict[str, Any] | None) -> list[Row]:
    """Counts, rates and document frequency; and what is a word."""
    result = []
    texts = corpora()
    for term in TERMS[:-1]:
        own = kit.term_frequencies(texts["layanan"]).set_index("term").loc[term]
        table = found and found["frequencies"]["layanan"]
        for theirs, card in (
            ("frequency", "count"),
            ("normalized_frequency", "per_million"),
            ("document_frequency", "documents"),
        ):
            number = _cell(table, term, theirs)
            result.append(Row(PEER, f"frequencies {theirs}", card, f"layanan: {term}", float(own[card]), number))
    own = kit.term_frequencies(texts["tanda"]).set_index("term")["count"]
    table = found and found["frequencies"]["tanda"]
    for term, why, rule in (
        ("undang-undang", "", 1.0),
        ("tugas-tugas", "spaCy's Indonesian rules keep listed reduplications together and split all others", 0.0),
        ("tp-pkk", "spaCy's Indonesian rules split at the hyphen", 0.0),
    ):
        number = _cell(table, term, "frequency")
        result.append(
            Row(PEER, "frequencies frequency", "count", f"tanda: {term}", float(own[term]), number, rule, why)
        )
    return result


def _keyness(found: dict[str, Any] | None) -> list[Row]:
    """Keywords of `layanan` against `umum`."""
    texts = corpora()
    table = kit.keyness(texts["layanan"], texts["umum"]).set_index("item")
    sizes = [sum(map(len, documents(texts[name]).values())) for name in ("layanan", "umum")]
    theirs = found and found["keywords"]
    result = []
    for term in TERMS:
        own, example = table.loc[term], f"layanan against umum: {term}"
        a, b = float(own["count_target"]), float(own["count_reference"])
        lists = "Conc lists words of the target alone" if a == 0 else ""
        absent = "not listed"
        for column, card in (
            ("frequency", "count_target"),
            ("frequency_reference", "count_reference"),
            ("log_ratio", "log_ratio"),
        ):
            rule = absent if a == 0 else float(own[card])
            number = _cell(theirs, term, column, absent=absent)
            result.append(Row(PEER, f"keywords {column}", card, example, float(own[card]), number, rule, lists))
        result.append(
            Row(
                PEER,
                "keywords relative_risk",
                "relative_risk",
                example,
                float(own["relative_risk"]),
                _cell(theirs, term, "relative_risk", absent=absent),
                absent if a == 0 else (a / sizes[0]) / ((b or effects.ZERO) / sizes[1]),
                lists or "a count of zero is 0.5 in Conc; the kit leaves the ratio infinite",
            )
        )
        for card, why in (
            ("g2_2cell", ""),
            ("g2_4cell", "Conc has the two-cell form alone (the kit's g2_2cell)"),
        ):
            result.append(
                Row(
                    PEER,
                    "keywords log_likelihood",
                    card,
                    example,
                    float(own[card]),
                    _cell(theirs, term, "log_likelihood", absent=absent),
                    absent if a == 0 else contingency.g2_2cell(a, a + b, sizes[0], sum(sizes)).item(),
                    lists or why,
                )
            )
    return result


def _collocates(found: dict[str, Any] | None) -> list[Row]:
    """Collocates within five words to both sides."""
    corpus = corpora()["layanan"]
    frequency = kit.term_frequencies(corpus).set_index("term")["count"]
    n = int(frequency.sum())
    result = []
    for node, collocates in NODES.items():
        occurrences = len(kit.concordance(corpus, node))
        wide = kit.collocations(corpus, node, context=WINDOW, count="pairs", cross_sentences=True).set_index(
            "collocate"
        )
        usual = kit.collocations(corpus, node, context=WINDOW).set_index("collocate")
        near = int(wide["c1"].iloc[0])
        for collocate in collocates:
            own, f = wide.loc[collocate], int(frequency[collocate])
            example = f"layanan: {node} + {collocate}, {WINDOW} words to both sides"
            dice = found and found["collocates"][node]["logdice"]
            mi = found and found["collocates"][node]["mutual_information"]
            pairs = float(own["o11"])
            same = f"{example}, count='pairs', cross_sentences=True"
            outside = max(f - pairs - (occurrences if collocate in node.split() else 0), 0)
            size = n - occurrences * len(node.split())
            result += [
                Row(
                    PEER,
                    "collocates collocate_frequency",
                    "o11",
                    same,
                    pairs,
                    _cell(dice, collocate, "collocate_frequency"),
                ),
                Row(
                    PEER,
                    "collocates collocate_frequency",
                    "o11",
                    f"{example}, as the kit counts unless told otherwise",
                    float(usual["o11"].get(collocate, 0)),
                    _cell(dice, collocate, "collocate_frequency"),
                    pairs,
                    "Conc's windows cross ends of sentences and count a word in two windows twice "
                    "(count='pairs', cross_sentences=True)",
                ),
                Row(
                    PEER,
                    "collocates logdice",
                    "log_dice",
                    same,
                    float(own["log_dice"]),
                    _cell(dice, collocate, "logdice"),
                    14 + math.log2(2 * pairs / (occurrences + f)),
                    _TOTALS + ("; so logDice can pass 14" if 2 * pairs > occurrences + f else ""),
                ),
                Row(
                    PEER,
                    "collocates mutual_information",
                    "pmi",
                    same,
                    float(own["pmi"]),
                    _cell(mi, collocate, "mutual_information"),
                    math.log2(pairs * n / (occurrences * f)),
                    _TOTALS,
                ),
                Row(
                    PEER,
                    "collocates log_likelihood",
                    "g2",
                    same,
                    float(own["g2"]),
                    _cell(dice, collocate, "log_likelihood"),
                    contingency.g2_2cell(pairs, pairs + outside, near, size).item(),
                    "two-cell form; outside = the collocate's other occurrences, not below 0; sizes without the node",
                ),
            ]
            if pairs <= min(occurrences, f):  # a table that can be: the kit's formula gives Conc's number
                totals = f"{node} + {collocate}: o11 = {pairs:.0f}, r1 = {f}, c1 = {occurrences}, n = {n}"
                result += [
                    Row(
                        PEER,
                        "collocates logdice",
                        "log_dice",
                        totals,
                        formulas.log_dice(pairs, f, occurrences, n).item(),
                        _cell(dice, collocate, "logdice"),
                    ),
                    Row(
                        PEER,
                        "collocates mutual_information",
                        "pmi",
                        totals,
                        formulas.pmi(pairs, f, occurrences, n).item(),
                        _cell(mi, collocate, "mutual_information"),
                    ),
                ]
    return result


def _lines(found: dict[str, Any] | None) -> list[Row]:
    """Lines of a concordance."""
    corpus = corpora()["layanan"]
    return [
        Row(
            PEER,
            "concordance total_count",
            "count",
            f"layanan: {query}",
            float(len(kit.concordance(corpus, query))),
            None if found is None else float(found["lines"][query]),
        )
        for query in QUERIES
    ]
