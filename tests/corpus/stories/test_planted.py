"""Changed copies planted among real articles: how many are found, and how many of those found are copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kit

pytestmark = pytest.mark.data

Paragraphs = list[str]
Change = Callable[[Paragraphs, np.random.Generator, Paragraphs], Paragraphs]


def cut_lead(text: Paragraphs, _: np.random.Generator, __: Paragraphs) -> Paragraphs:
    return text[1:]


def cut_end(text: Paragraphs, _: np.random.Generator, __: Paragraphs) -> Paragraphs:
    return text[: max(len(text) // 3, 2)]


def add_sentence(text: Paragraphs, generator: np.random.Generator, sentences: Paragraphs) -> Paragraphs:
    place = int(generator.integers(len(text)))
    added = sentences[int(generator.integers(len(sentences)))]
    return [*text[:place], f"{text[place]} {added}", *text[place + 1 :]]


def swap(text: Paragraphs, generator: np.random.Generator, _: Paragraphs) -> Paragraphs:
    one, other = generator.choice(len(text), 2, replace=False).tolist()
    changed = list(text)
    changed[one], changed[other] = text[other], text[one]
    return changed


def new_title(text: Paragraphs, generator: np.random.Generator, sentences: Paragraphs) -> Paragraphs:
    words = sentences[int(generator.integers(len(sentences)))].split()[:9]
    return [" ".join(words).title(), *text]


def all_at_once(text: Paragraphs, generator: np.random.Generator, sentences: Paragraphs) -> Paragraphs:
    return new_title(add_sentence(swap(text[1:], generator, sentences), generator, sentences), generator, sentences)


def edit(text: Paragraphs, generator: np.random.Generator, _: Paragraphs) -> Paragraphs:
    """Replace one word in a hundred."""
    return [
        " ".join("kemudian" if generator.random() < 0.01 else word for word in paragraph.split()) for paragraph in text
    ]


CHANGES: dict[str, Change] = {
    change.__name__: change for change in (cut_lead, cut_end, add_sentence, swap, new_title, all_at_once, edit)
}


def articles(shared_data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, date and clean text of real news."""
    for outlet in ("kompas", "tempo"):
        frame = pd.read_json(shared_data / "clickid_news" / f"{outlet}.jsonl.gz", lines=True)
        documents = kit.Corpus.from_frame(frame.rename(columns={"id": "doc_id"})[["doc_id", "text"]]).documents
        yield from zip(documents["doc_id"], frame["date"].astype(str).str[:10], documents["text"], strict=True)


@pytest.fixture(scope="module")
def planted(shared_data: Path) -> pd.DataFrame:
    """2,100 real articles, and 150 copies of each kind, each of another article and a day later than any."""
    generator = np.random.default_rng(11)
    known = [(name, date, text.splitlines()) for name, date, text in articles(shared_data)]
    long = [article for article in known if len(article[2]) >= 4 and sum(len(p.split()) for p in article[2]) >= 80]
    chosen = [long[row] for row in generator.permutation(len(long))[:2100].tolist()]
    pool = " ".join(paragraph for _, _, text in chosen[1500:] for paragraph in text)
    sentences = re.findall(r"[A-Z][^.!?]{50,150}\.", pool)
    rows = [(name, date, text, "", "") for name, date, text in chosen]
    for number, (kind, change) in enumerate(CHANGES.items()):
        for name, _, text in chosen[150 * number : 150 * (number + 1)]:
            rows.append((f"x-{kind}-{name}", "2020-01-01", change(text, generator, sentences), kind, name))
    frame = pd.DataFrame(rows, columns=["doc_id", "date", "text", "kind", "source"])
    return frame.assign(text=["\n".join(text) for text in frame["text"]])


def test_planted_copies_are_found_and_hardly_anything_else(planted: pd.DataFrame) -> None:
    corpus = kit.Corpus.from_frame(planted, clean=False)
    table = corpus.documents.set_index("doc_id")
    copy_of = table["copy_of"]
    first = copy_of.mask(copy_of == "", copy_of.index.to_series())
    source = table.loc[table["source"] != "", "source"]
    right = first[source.index].to_numpy() == first[source].to_numpy()
    recall = pd.Series(right).groupby(table.loc[source.index, "kind"].to_numpy()).mean()
    assert recall[["cut_lead", "add_sentence", "swap", "new_title"]].min() >= 0.99, recall.to_dict()
    assert recall[["cut_end", "edit"]].min() >= 0.95, recall.to_dict()
    assert recall["all_at_once"] >= 0.9, recall.to_dict()
    assert right.mean() >= 0.95
    assert right.sum() / (copy_of != "").sum() >= 0.99


def test_regulations_and_speeches_are_told_apart(shared_data: Path) -> None:
    """Standard clauses and greetings make no copies; a regulation printed twice does, and yearly ones to the letter."""
    for name, most in (("peraturan_governance/peraturan", 8), ("pidato_jokowi_2017/pidato", 0)):
        frame = pd.read_json(shared_data / f"{name}.jsonl.gz", lines=True).rename(columns={"id": "doc_id"})
        corpus = kit.Corpus.from_frame(frame[["doc_id", "text"]], clean=False)
        assert (corpus.copy_of != "").sum() <= most
