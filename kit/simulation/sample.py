"""The demonstration corpus: simulated news of three outlets and two years in which a reader can find what was planted.

What is planted stands in ``sample.toml``; `SampleCorpus.planted` and `SampleCorpus.truth` say it in tables.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from kit.codebook.loading import load_codebook
from kit.corpus.assembly import assemble
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.reading.article import RawArticle
from kit.reading.metadata import KNOWN
from kit.reading.news import clean
from kit.simulation.articles import SIMULATED, dressed, filled, paragraphs
from kit.simulation.corpus import LICENCE, SPREAD, WORDS, truth_table
from kit.simulation.draws import draw_counts
from kit.simulation.plan import Floats, Integers, Plan, read_plan
from kit.simulation.stock import Stock, stock_of
from kit.simulation.voices import Voiced, said_table, voiced
from kit.storage.articles import metadata_of

_PER = 1_000
_LAST = 28  # day of a month that every month has
_LATER = 4  # days after the original, at the most, that a copy appears


@dataclass(frozen=True, eq=False, repr=False)
class SampleCorpus(Corpus):
    """A `Corpus` that knows what was planted in it; a selection from it is a plain `Corpus`.

    Attributes
    ----------
    planted : DataFrame, one row per thing that a reader can find
        `kind` (str: ``rate``, ``together``, ``theme``, ``speaker``, ``copies`` or ``furniture``), `what` (str: a
        concept, concepts, a theme, a speaker, or a rule of cleaning), `outlet` (str: where; empty: everywhere), `since`
        (int64: from which year on; 0: from the first), `months` (str: in which; empty: all), `size` (float64) and
        `unit` (str): by what the rate or weight is multiplied, sentences per 1,000 words, or how many articles or
        passages.
    truth : DataFrame, one row per outlet, year and concept
        As `kit.simulate_corpus` describes it: the rate planted, and the mentions and documents that the kit must find.
    said : DataFrame, one row per quotation that was planted
        `doc_id`, `speaker`, `role` (str; empty: none), `type` (str: ``direct``, ``indirect`` or ``indirect_command``),
        `surface` (str; what is said, empty where the speaker is named inside of it). In the order of the articles.

    """

    planted: pd.DataFrame = field(kw_only=True)
    truth: pd.DataFrame = field(kw_only=True)
    said: pd.DataFrame = field(kw_only=True)


@recorded()
def sample_corpus(*, seed: int = 2) -> SampleCorpus:
    """Write the demonstration corpus: 240 simulated articles with planted differences, copies, themes and furniture.

    Parameters
    ----------
    seed : int
        Seed of numpy's Generator(PCG64). The shipped figures of the demonstration are those of seed 2.

    Returns
    -------
    SampleCorpus
        Articles ``sim-001`` to ``sim-240`` by date. Their furniture (datelines, links, initials, pagers, footers) has
        been taken out. `title`, `licence` and the column `simulated` say that they are simulated, and so does the note
        under every exhibit; `theme` is the theme that was planted. Outlets, years and themes are crossed: a difference
        between outlets is never due to the years.

    Notes
    -----
    Planted (``kit/simulation/sample.toml``):

    - *melayani* three times as often in Simulasi B, *dilayani* 0.3 times as often in Simulasi A, *transparansi* three
      times as often from 2025 on, *akuntabilitas* five times as often in Simulasi C from 2025 on;
    - ten themes with a vocabulary of their own; *olahraga* in Simulasi C only, *pasar* twice as frequent in Simulasi B,
      *sekolah* twice as frequent from 2025 on, *banjir* four times as frequent from December to February;
    - groups of concepts that appear in some themes only, and concepts that share sentences;
    - six speakers, who are quoted and reported; *Rangga Wisesa* speaks three times as often in Simulasi A, *Ratri
      Palupi*, who holds no office, four times as often in Simulasi B; some of what they say cites somebody else;
    - 18 copies, 12 of them in another outlet;
    - datelines, links, initials, pagers and footers, which cleaning takes out; an article with a pager is flagged.

    It needs no codebook: its sentences are checked against the shipped one.

    Examples
    --------
    >>> import kit
    >>> corpus = kit.sample_corpus()
    >>> corpus
    <Corpus: 240 documents, 6,219 sentences, 64,354 words and numbers, 555 types>
    >>> corpus.planted.loc[corpus.planted["kind"] == "rate", ["what", "outlet", "since", "size"]]
                what      outlet  since  size
    0       melayani  Simulasi B      0   3.0
    1       dilayani  Simulasi A      0   0.3
    2   transparansi              2025   3.0
    3  akuntabilitas  Simulasi C   2025   5.0

    """
    articles, rules, truth, said = _written(seed)
    cleaned = [clean(article.text) for article in articles]
    planted = pd.concat([read_plan().planted(), _furniture(rules)], ignore_index=True)
    return SampleCorpus(*assemble(metadata_of(articles), cleaned), planted=planted, truth=truth, said=said)


def write_sample(folder: Path, *, seed: int = 2) -> None:
    """Write the articles of the demonstration corpus as a researcher has them: text files and ``articles.csv``."""
    articles = _written(seed)[0]
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    names = ["file", "doc_id", *articles[0].metadata]
    table = io.StringIO()
    rows = csv.DictWriter(table, names, lineterminator="\n")
    rows.writeheader()
    for article in articles:
        (folder / article.source).write_text(article.text, encoding="utf-8", newline="\n")
        rows.writerow({"file": Path(article.source).name, "doc_id": article.doc_id, **article.metadata})
    (folder / "articles.csv").write_text(table.getvalue(), encoding="utf-8", newline="\n")


def _written(seed: int) -> tuple[list[RawArticle], list[str], pd.DataFrame, pd.DataFrame]:
    """Write the articles; tell which rules their furniture falls under, the truth about them, and who says what."""
    plan = read_plan()
    generator = np.random.Generator(np.random.PCG64(seed))
    codebook = load_codebook()
    stock = stock_of(codebook, plan, generator)
    drawn = _draw(plan, stock, generator)
    originals = np.flatnonzero(drawn.original == np.arange(len(drawn.original)))
    voices = voiced(codebook, plan, stock, [drawn.orders[row] for row in originals], drawn.outlet[originals])
    spoken = [voices[row] for row in drawn.original.tolist()]
    written = list(_articles(plan, stock, drawn, spoken, generator))
    cell = drawn.outlet * len(plan.years) + drawn.year
    words = np.array([article.words for article in spoken], np.int64)
    found = drawn.counts, words
    truth = truth_table(stock.concepts, plan.outlets, plan.years, cell, _cell_rates(plan, stock), *found)
    said = said_table([(article.doc_id, voice) for article, _, voice in written])
    return [article for article, _, _ in written], [rule for _, rules, _ in written for rule in rules], truth, said


@dataclass(frozen=True)
class _Drawn:
    """The articles before they are written out, originals first; each array has one value per article.

    `original` is the row of the article that it repeats, or its own; `counts` has concepts in columns.
    """

    outlet: Integers
    year: Integers
    month: Integers
    day: Integers
    theme: Integers
    original: Integers
    counts: Integers
    words: Integers
    orders: list[Integers]


def _draw(plan: Plan, stock: Stock, generator: np.random.Generator) -> _Drawn:
    """Draw the originals cell by cell, then the copies."""
    originals = int(plan.table["originals"])
    cell = np.arange(originals) % (len(plan.outlets) * len(plan.years))
    outlet, year = np.divmod(cell, len(plan.years))
    month, day = generator.integers(1, 13, originals), generator.integers(1, _LAST + 1, originals)
    shares = [plan.theme_shares(*when) for when in zip(outlet.tolist(), year.tolist(), month.tolist(), strict=True)]
    theme = np.array([generator.choice(len(share), p=share) for share in shares], np.int64)
    length = np.exp(generator.normal(np.log(WORDS), SPREAD, originals))
    rate = {place: plan.rates(stock.concepts, *divmod(place, len(plan.years))) for place in set(cell.tolist())}
    mean = np.array([rate[place][about] for place, about in zip(cell.tolist(), theme.tolist(), strict=True)])
    size = 1 / float(plan.table["overdispersion"])
    alone = draw_counts(generator, mean / _PER * length[:, None], size, mean.shape)
    each = np.array([group["rate"] for group in plan.together]) / _PER * length[:, None]
    together = draw_counts(generator, each, size, each.shape)
    orders = [
        _sentences(plan, stock, generator, (alone[row], together[row]), int(theme[row]), float(length[row]))
        for row in range(originals)
    ]
    base, row = np.arange(originals), np.arange(originals)
    for kind, number in plan.table["copies"].items():
        for source in generator.permutation(np.setdiff1d(base, row[originals:]))[:number].tolist():
            others = [
                other for other in range(len(plan.outlets)) if (other == outlet[source]) == (kind == "same_outlet")
            ]
            row, outlet = np.append(row, source), np.append(outlet, generator.choice(others))
    day = np.append(day, np.minimum(day[row[originals:]] + generator.integers(1, _LATER, len(row) - originals), _LAST))
    counts = np.array([stock.counts[order].sum(axis=0) for order in orders])
    words = np.array([stock.words[order].sum() for order in orders])
    return _Drawn(
        outlet, year[row], month[row], day, theme[row], row, counts[row], words[row], [orders[n] for n in row]
    )


def _sentences(
    plan: Plan,
    stock: Stock,
    generator: np.random.Generator,
    counts: tuple[Integers, Integers],
    theme: int,
    length: float,
) -> Integers:
    """Choose the sentences of an article: those that name concepts, alone and together, and others of its theme."""
    of, many = [*stock.of_concept, *stock.together], np.concatenate(counts)
    needed = [generator.choice(of[place], many[place]) for place in np.flatnonzero(many).tolist()]
    about = stock.of_theme[theme]
    themed = float(plan.table["themed"])
    weights = np.repeat([themed / len(about), (1 - themed) / len(stock.fillers)], [len(about), len(stock.fillers)])
    return filled(
        generator,
        stock.words,
        np.concatenate([np.zeros(0, np.int64), *needed]),
        length,
        np.concatenate([about, stock.fillers]),
        weights,
        again=False,
    )


def _articles(
    plan: Plan, stock: Stock, drawn: _Drawn, spoken: list[Voiced], generator: np.random.Generator
) -> Iterator[tuple[RawArticle, list[str], Voiced]]:
    """Write the articles out in the order of their dates, with metadata, which furniture each has, and who speaks."""
    order = np.lexsort([drawn.original != np.arange(len(drawn.original)), drawn.day, drawn.month, drawn.year])
    for number, row in enumerate(order.tolist(), start=1):
        outlet, theme = plan.outlets[drawn.outlet[row]], int(drawn.theme[row])
        body = paragraphs(spoken[row].texts)
        text, rules = dressed(generator, body, plan, outlet, stock.links[theme])
        name = f"sim-{number:03}"
        stated = {
            "title": f"Teks simulasi {number}",
            "date": f"{plan.years[drawn.year[row]]:04}-{drawn.month[row]:02}-{drawn.day[row]:02}",
            "outlet": outlet,
            "licence": LICENCE,
            **SIMULATED,
            "theme": plan.themes[theme]["name"],
        }
        metadata = dict.fromkeys(KNOWN[1:], "") | stated
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        yield RawArticle(name, f"articles/{name}.txt", digest, "utf-8", text, metadata), rules, spoken[row]


def _cell_rates(plan: Plan, stock: Stock) -> Floats:
    """Return the rates of each cell (outlet, year), concepts in columns: the mean over months and themes."""
    shared = np.array([[concept in group["concepts"] for concept in stock.concepts] for group in plan.together])
    extra = np.array([group["rate"] for group in plan.together]) @ shared
    rows = []
    for cell in product(range(len(plan.outlets)), range(len(plan.years))):
        share = np.mean([plan.theme_shares(*cell, month) for month in range(1, 13)], axis=0)
        rows.append(share @ plan.rates(stock.concepts, *cell) + extra)
    return np.array(rows)


def _furniture(rules: list[str]) -> pd.DataFrame:
    """Count the furniture that was put on, by the rule that takes it off."""
    found = pd.Series(rules, dtype="str").value_counts().sort_index()
    rows = {
        "kind": "furniture",
        "what": found.index,
        "outlet": "",
        "since": 0,
        "months": "",
        "size": found.to_numpy(float),
    }
    return pd.DataFrame({**rows, "unit": "passages"})
