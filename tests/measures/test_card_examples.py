"""The examples on the cards of counts, networks, intervals and plans are true; those of formulas are tested there."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import kit
from kit.measures.correction.prevalence import rogan_gladen
from kit.measures.correction.strata import Strata
from kit.measures.counts.counts import Counts
from kit.validity.agreement import coefficients
from kit.validity.intrusion.scores import exact_p
from kit.wording.measures import families

#: Families whose examples are computed elsewhere, all of them.
ELSEWHERE = {"discourse_network", "dispersion", "lexical_diversity", "reduced_frequency", "stopword_sensitivity"}
CODEBOOK = kit.load_codebook()
TOY = ("a a b b c d", "a d d d", "a a a")
GRIES = "a b a c d"
GOVERNANCE = ("good,good and clean governance,phrase,yes", "clean,clean governance,phrase,yes")


def corpus(*texts: str, clean: bool = False) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{row:03}" for row in range(len(texts))], "text": list(texts)})
    return kit.Corpus.from_frame(frame, clean=clean)


def terms(column: str, *wanted: str, texts: tuple[str, ...] = TOY) -> list[float]:
    return kit.term_frequencies(corpus(*texts)).set_index("term").loc[list(wanted), column].tolist()


def concepts(column: str, text: str) -> list[float]:
    return [kit.concept_frequencies(corpus(text), CODEBOOK).set_index("concept").loc["aktor-asn", column]]


def near(column: str, collocate: str, context: Any = (0, 3), texts: tuple[str, ...] = (GRIES,), **more: Any) -> float:
    table = kit.collocations(corpus(*texts), "a", context=context, **more)
    return table.set_index("collocate").loc[collocate, column]


def listed(table: pd.DataFrame, column: str) -> list[float]:
    return table[column].tolist()


def toy(folder: str, *patterns: str) -> kit.Codebook:
    """A codebook of patterns, each given as concept, pattern, kind and whether it is enabled."""
    concepts = dict.fromkeys(pattern.split(",")[0] for pattern in patterns)
    rows = [f"{name},g,{name},{name},d,s,yes" for name in concepts]
    tables = {
        "concepts.csv": ["concept,parent,label_id,label_en,definition,source,core", *rows],
        "patterns.csv": ["concept,pattern,kind,enabled,language", *(f"{pattern},id" for pattern in patterns)],
    }
    for name, lines in tables.items():
        (Path(folder) / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return kit.load_codebook(folder)


def covered(column: str, text: str, *patterns: str, by: Callable[..., pd.DataFrame] = kit.split_half) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        return [by(corpus(text), toy(folder, *patterns))[column].iloc[0]]


def nodes(text: str, column: str, concept: str) -> float:
    return kit.concept_network(corpus(text), CODEBOOK).nodes.set_index("concept").loc[concept, column]


def speakers(column: str, text: str) -> list[float]:
    found = corpus(text)
    return kit.list_speakers(found, kit.find_quotations(found))[column].tolist()


def edges(text: str, column: str) -> list[float]:
    return kit.concept_network(corpus(text), CODEBOOK).edges[column].tolist()


def numbered(texts: list[str]) -> list[str]:
    """The texts with a number each, so that none is a copy."""
    return [f"{text} {number}" for number, text in enumerate(texts)]


def beside(column: str, *groups: list[str], unit: Any = "form", item: str = "x") -> list[float]:
    """A column of the first group, compared with the second."""
    rows = [(name, text) for name, texts in zip("AB", groups, strict=True) for text in texts]
    frame = pd.DataFrame(rows, columns=["outlet", "text"]).assign(doc_id=[f"d{row:03}" for row in range(len(rows))])
    corpus = kit.Corpus.from_frame(frame, clean=False)
    return [kit.compare(corpus, CODEBOOK, by="outlet", unit=unit, items=[item])[column][0]]


def counted(*counts: int, size: int) -> Counts:
    number = np.arange(len(counts))
    ids = tuple(f"d{row:03}" for row in number)
    return Counts(sparse.csr_array(np.array(counts)[:, None]), ("x",), np.full(len(counts), size), ids, number)


def named(*columns: str, text: str) -> list[int]:
    """Counts of integrity, where KPK is marked as a name."""
    patterns = CODEBOOK.patterns
    patterns["is_name"] = patterns["is_name"].mask(patterns["pattern"] == "KPK", "yes")
    table = kit.concept_frequencies(corpus(text), replace(CODEBOOK, _patterns=patterns)).set_index("concept")
    return [int(table.loc["integritas-antikorupsi", column]) for column in columns]


def switched(column: str) -> list[int]:
    """What changes for effectiveness where berdampak is switched on."""
    wider = CODEBOOK.with_patterns(enable=["berdampak"])
    found = kit.compare_codebooks(corpus("Reformasi berdampak."), CODEBOOK, wider).concepts
    return [int(found.set_index("concept").loc["efektivitas", column])]


def interval(column: str, *counts: int, size: int = 10) -> list[float]:
    return kit.frequency_intervals(counted(*counts, size=size), items=["x"])[column].tolist()


def planned(column: str, *counts: int, size: int) -> list[float]:
    return kit.plan_study(counted(*counts, size=size), effect=2, concept="x").answer[column].tolist()


def size_of(*counts: int) -> list[float]:
    """k by the formula of the card: too few stories name the concept for a plan to print it."""
    mean = np.mean(counts)
    above, below = len(counts) * mean**2, sum((x - mean) ** 2 * 4 / 3 - mean for x in counts)
    return [above, below, above / below]


ASN = corpus("ASN, asn! 2024")
TAKEN = corpus("Warga dilayani.\nBaca Juga: Judul Lain", clean=True)
GLOSS = "Aparatur Sipil Negara (ASN)"
PARAGRAPHS = [" ".join(f"kata{letter}{chr(97 + word)}" for word in range(14)) for letter in "abcd"]
PRINTED = corpus("\n".join(PARAGRAPHS), "\n".join(PARAGRAPHS[1:]))
COPIES = corpus("Satu.", "Satu.")
TWO_LISTS = "Dana dikelola efektif, efisien, dan transparan. " * 2 + "Kerja efektif dan efisien. " * 3

#: What stands before the arrow of an example, and what computes the numbers behind it.
EXAMPLES: dict[str, tuple[str, Callable[[], list[Any]]]] = {
    "association o11": (
        "a b a c d, node a, 3 words to the right, collocate c",
        lambda: [near("o11", "c"), near("o11", "c", count="pairs")],
    ),
    "association before": ("a b a c d, node a, 1 word to each side, collocate b", lambda: [near("before", "b", 1)]),
    "association after": ("a b a c d, node a, 1 word to each side, collocate c", lambda: [near("after", "c", 1)]),
    "association r1": (
        "a b a c d, node a, 3 words to the right, collocate c, pairs",
        lambda: [near("r1", "c", count="pairs")],
    ),
    "association c1": (
        "a b a c d, node a, 3 words to the right",
        lambda: [near("c1", "c"), near("c1", "c", count="pairs")],
    ),
    "association n": ("a b a c d, 3 words to the right, pairs", lambda: [near("n", "c", count="pairs")]),
    "association expected": ("r1 = 10, c1 = 20, n = 100", lambda: [10 * 20 / 100]),
    "association documents": (
        "“a b”, “b c”, node a, 1 word to each side, collocate b",
        lambda: [near("documents", "b", 1, ("a b", "b c"))],
    ),
    "frequency count": ("“a a b b c d”, “a d d d”, “a a a”: a", lambda: terms("count", "a")),
    "frequency documents": ("“a a b b c d”, “a d d d”, “a a a”: a", lambda: terms("documents", "a", "d")),
    "frequency per_1000": ("3 of 5 words", lambda: terms("per_1000", "a", texts=("a a a b c",))),
    "frequency per_million": ("3 of 5 words", lambda: terms("per_million", "a", texts=("a a a b c",))),
    "frequency tokens": (
        "“ASN, asn! 2024”",
        lambda: listed(kit.lexical_diversity(ASN), "tokens"),
    ),
    "frequency hits": ("“Aparatur Sipil Negara (ASN)”", lambda: concepts("hits", GLOSS)),
    "frequency mentions": (
        "“Aparatur Sipil Negara (ASN)”",
        lambda: concepts("mentions", GLOSS),
    ),
    "frequency names": (
        "“KPK menjaga integritas.”, KPK marked as a name",
        lambda: named("names", "mentions", text="KPK menjaga integritas."),
    ),
    **{
        f"codebooks {column}": (
            "“berdampak” switched on"
            if column == "patterns_changed"
            else "“Reformasi berdampak.”, “berdampak” switched on",
            partial(switched, column),
        )
        for column in ("patterns_changed", "mentions_a", "mentions_b", "mentions_change")
    },
    "frequency sentences": ("“ASN melayani ASN.”", lambda: concepts("sentences", "ASN melayani ASN.")),
    "description documents": (
        "two articles, the second a copy of the first",
        lambda: listed(kit.describe_corpus(COPIES), "documents"),
    ),
    "description copies": (
        "two articles, the second a copy of the first",
        lambda: listed(kit.describe_corpus(COPIES), "copies"),
    ),
    "description tokens": (
        "“ASN, asn! 2024”",
        lambda: listed(kit.describe_corpus(ASN), "tokens"),
    ),
    "description types": ("“ASN, asn! 2024”", lambda: listed(kit.describe_corpus(ASN), "types")),
    "description share": (
        "2 words kept, 4 taken out",
        lambda: listed(kit.describe_removed(TAKEN), "share"),
    ),
    "description from_original": (
        "an article of four paragraphs of 14 words, printed without the first",
        lambda: listed(kit.list_copies(PRINTED).iloc[1:], "from_original"),
    ),
    "description of_original": (
        "an article of four paragraphs of 14 words, printed without the first",
        lambda: listed(kit.list_copies(PRINTED).iloc[1:], "of_original"),
    ),
    "network sentences": (
        "ASN melayani. ASN bekerja.",
        lambda: [
            nodes("ASN melayani. ASN bekerja.", "sentences", "aktor-asn"),
            *edges("ASN melayani. ASN bekerja.", "sentences"),
        ],
    ),
    "network list_sentences": (
        "Dana dikelola efektif, efisien, dan transparan.",
        lambda: sorted(set(edges("Dana dikelola efektif, efisien, dan transparan.", "list_sentences"))),
    ),
    "network other_sentences": (
        "5 shared sentences, 2 of them lists",
        lambda: edges(TWO_LISTS, "other_sentences")[:1],
    ),
    "network source_sentences": (
        "ASN bekerja. ASN melayani.",
        lambda: [
            max(edges("ASN bekerja. ASN melayani.", name)[0] for name in ("source_sentences", "target_sentences"))
        ],
    ),
    "network target_sentences": (
        "ASN bekerja. ASN melayani.",
        lambda: [
            min(edges("ASN bekerja. ASN melayani.", name)[0] for name in ("source_sentences", "target_sentences"))
        ],
    ),
    "network all_sentences": (
        "ASN bekerja. ASN melayani.",
        lambda: edges("ASN bekerja. ASN melayani.", "all_sentences"),
    ),
    "network neighbours": (
        "edges a-b and a-c",
        lambda: [nodes("Kerja efektif dan efisien. Kerja efektif dan transparan.", "neighbours", "efektivitas")],
    ),
    "planning k": ("four stories of equal size with 0 0 0 8", lambda: size_of(0, 0, 0, 8)),
    "planning articles": (
        "100 stories of 250 words, counts 0 1 0 3 in turn, effect 2, power 0.8",
        lambda: planned("articles", *(0, 1, 0, 3) * 25, size=250),
    ),
    "planning stories_with": ("four stories with 0 0 0 8", lambda: planned("stories_with", 0, 0, 0, 8, size=10)),
    "planning stories": ("four stories with 0 0 0 8", lambda: planned("stories", 0, 0, 0, 8, size=10)),
    "uncertainty low": (
        "20 stories of 10 words, 16 with x = 1: r = 80 per 1,000, s = 0.1155, t(15) = 2.1314",
        lambda: interval("low", *[1] * 16, *[0] * 4),
    ),
    "uncertainty high": ("as for low: 80 · exp(2.1314 · 0.1155)", lambda: interval("high", *[1] * 16, *[0] * 4)),
    "uncertainty stories": (
        "three articles with the item, two of them copies of each other",
        lambda: listed(kit.frequency_intervals(corpus("Satu.", "Satu.", "Satu dua."), items=["satu"]), "stories"),
    ),
    "uncertainty share": ("16 of 20 stories", lambda: interval("share", *[1] * 16, *[0] * 4)),
    "uncertainty share_low": (
        "20 of 20 stories at 95 %",
        lambda: interval("share_low", *[1] * 20),
    ),
    "uncertainty share_high": (
        "0 of 20 stories at 95 %",
        lambda: interval("share_high", *[0] * 20),
    ),
    "coverage overlapping": (
        "good and clean governance",
        lambda: covered("overlapping", "Good and clean governance.", *GOVERNANCE, by=kit.concept_overlap),
    ),
    "coverage overlap_share": (
        "1 of 4 hits",
        lambda: covered(
            "overlap_share",
            "Good governance. Good governance. Good governance. Good and clean governance.",
            "good,good governance,phrase,yes",
            *GOVERNANCE,
            by=kit.concept_overlap,
        ),
    ),
    "coverage patterns": (
        "three patterns, one switched off",
        lambda: covered("patterns", "Warga.", "x,warga,form,yes", "x,rakyat,form,yes", "x,orang,form,no"),
    ),
    "coverage firing": (
        "two of five patterns find something",
        lambda: covered(
            "firing", "Satu dan dua, satu.", *(f"x,{w},form,yes" for w in ["satu", "dua", "tiga", "empat", "lima"])
        ),
    ),
    "coverage half_share": (
        "two patterns, each finds one hit of its own",
        lambda: covered("half_share", "Satu dan dua.", "x,satu,form,yes", "x,dua,form,yes"),
    ),
    "coverage main_share": (
        "3 of 4 hits",
        lambda: covered("main_share", "Satu, satu, satu dan dua.", "x,satu,form,yes", "x,dua,form,yes"),
    ),
    "comparison log_ratio": (
        "10 of 100 words, in the other group 5 of 200",
        lambda: beside("log_ratio", ["x " * 10 + "y " * 90], ["x " * 5 + "y " * 195]),
    ),
    "comparison share_p": (
        "7 of 9 stories against 3 of 10",
        lambda: beside("share_p", numbered(["x"] * 7 + ["y"] * 2), numbered(["x"] * 3 + ["y"] * 7)),
    ),
    "comparison top_story_share": (
        "three stories with 6, 1 and 1",
        lambda: beside("top_story_share", ["x " * 6, "x a", "x b"], ["y"]),
    ),
    "comparison top_pattern_share": (
        "“ASN, ASN, pegawai”: ASN",
        lambda: beside("top_pattern_share", ["ASN, ASN, pegawai."], ["Hujan."], unit="concept", item="aktor-asn"),
    ),
    "comparison group_documents": (
        "two articles of outlet A, one a copy of the other",
        lambda: beside("group_documents", ["x a", "x a"], ["y"]),
    ),
    "comparison group_stories": (
        "two articles of outlet A, one a copy of the other",
        lambda: beside("group_stories", ["x a", "x a"], ["y"]),
    ),
    "comparison group_words": (
        "“ASN melayani.” and “Warga.”",
        lambda: beside("group_words", ["ASN melayani.", "Warga."], ["x"]),
    ),
    "intrusion found_share": ("9 of 12 answers name the intruder", lambda: [9 / 12]),
    "intrusion chance_share": ("questions of 6 options", lambda: [1 / 6]),
    "intrusion p_exact": (
        "one coder, 2 questions of 6 options, both found",
        lambda: [exact_p([np.eye(6, dtype=np.int64)[0]] * 2, 2)],
    ),
    "validity weight": (
        "20 of 50 sentences with a hit drawn",
        lambda: [
            kit.coding_sheet(corpus("Warga. " * 50), CODEBOOK, n=20, concepts=["aktor-warga"]).key["weight"].max()
        ],
    ),
    "validity agreed": (
        "two coders, 8 items alike and 2 not",
        lambda: [coefficients.agreement(np.array([[2.0, 0]] * 5 + [[0, 2.0]] * 3 + [[1, 1.0]] * 2))],
    ),
    "validity alpha": (
        "two coders: 1 item yes and yes, 1 yes and no, 2 no and no",
        lambda: [coefficients.alpha(np.array([[2.0, 0], [1, 1], [0, 2], [0, 2]]))],
    ),
    "validity kappa": (
        "yes/yes 20, yes/no 5, no/yes 10, no/no 15",
        lambda: [coefficients.cohen(np.array([[20.0, 5], [10, 15]]))],
    ),
    "quotations documents": ("“Kami siap,” kata Ali.", lambda: speakers("documents", "“Kami siap,” kata Ali.")),
    "quotations quotations": (
        "“Kami siap,” kata Ali. Ia mengatakan, warga sabar.",
        lambda: speakers("quotations", "“Kami siap,” kata Ali. Ia mengatakan, warga sabar."),
    ),
    "quotations parent": (
        "“Presiden menyampaikan bahwa ASN melayani,” ujar Ali",
        lambda: (
            kit.find_quotations(corpus("“Presiden menyampaikan bahwa ASN melayani,” ujar Ali."))["parent"]
            .dropna()
            .tolist()
        ),
    ),
    "quotations direct": (
        "“Kami siap,” kata Ali. Ia mengatakan, warga sabar.",
        lambda: speakers("direct", "“Kami siap,” kata Ali. Ia mengatakan, warga sabar."),
    ),
    "validity precision": (
        "24 of 30 sentences with a hit speak of the concept",
        lambda: [Strata((50,), (30,), (24,)).share(0).value],
    ),
    "validity sentence_share": (
        "3 of 5 sentences with a hit",
        lambda: [
            kit.concept_frequencies(
                corpus("Warga. Warga. Warga. Hujan. Angin."), CODEBOOK, validity=pd.DataFrame({"concept": []})
            )
            .set_index("concept")
            .loc["aktor-warga", "sentence_share"]
        ],
    ),
    "validity corrected": (
        "259 of 2971 sentences, recall 32/33, specificity 1",
        lambda: [rogan_gladen(259 / 2971, 2971, 32 / 33, 33, 1, 20).value],
    ),
    "validity difference": (
        "strata of 50, 150, 800 sentences; 30 of 40, 8 of 40, 0 of 100 read are yes",
        lambda: [Strata((50, 150, 800), (40, 40, 100), (30, 8, 0)).total().value],
    ),
    "validity recall": (
        "strata of 50, 150, 800 sentences; 30 of 40, 8 of 40, 0 of 100 read are yes",
        lambda: [Strata((50, 150, 800), (40, 40, 100), (30, 8, 0)).recall().value],
    ),
}
#: Examples that are tested beside the formulas, and one of a list that is tested with it.
FORMULAS = (
    r"o11 = \d+, r1 = \d+, c1 = \d+, n = \d+|\d+ of \d+ words, in the reference \d+ of \d+"
    r"|akuntabel beside general Indonesian"
)


def stated() -> dict[str, str]:
    """Return the examples that are to be computed here."""
    return {
        f"{family.name} {card.measure}": card.example
        for family in families().values()
        if family.name not in ELSEWHERE and not family.name.startswith(("topic", "cluster"))
        for card in family.cards.values()
        if card.example and not re.fullmatch(FORMULAS, card.example.split(" → ")[0])
    }


def test_every_example_is_computed_somewhere() -> None:
    assert set(EXAMPLES) == set(stated())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_the_card_is_true(name: str) -> None:
    text, _, said = stated()[name].partition(" → ")
    assert text == EXAMPLES[name][0]
    numbers = re.findall(r"(?<![\w-])\d+(?:\.\d+)?", said)
    for number, got in zip(numbers, EXAMPLES[name][1](), strict=True):
        digits = len(number.partition(".")[2])
        assert got == pytest.approx(float(number), abs=0.5 * 10**-digits if digits else 1e-9)
