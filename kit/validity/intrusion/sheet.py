"""The sheet of intrusion tests: options of which one does not belong, in random order, and apart from it which one.

References
----------
Chang, J., Boyd-Graber, J., Gerrish, S., Wang, C. & Blei, D. 2009. Reading tea leaves. NeurIPS 22.
Ying, L., Montgomery, J. & Stewart, B. 2022. Topics, concepts, and measurement. Political Analysis 30, 570-589.

"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import CodingError
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.topics.models.result import Topics
from kit.validity.coding.record import item_of
from kit.validity.coding.saving import check_language, save_sheet
from kit.validity.coding.sheet import hash_of, passage_hash
from kit.validity.coding.spreadsheets import Given
from kit.wording import escape
from kit.wording.words import say, tell

#: What the intruder is: a word among those of a topic, a set among sets of them, a topic among those of a text.
Kind: TypeAlias = Literal["word", "set", "topic"]
_WORDS, _NEAR, _SET, _SETS, _OF_TEXT, _SHOWN = 5, 10, 4, 3, 3, 1500


class _Question(NamedTuple):
    """A question: its topic and document, the options that belong, the intruder, and where that comes from."""

    topic: int
    doc_id: str
    belong: list[str]
    intruder: str
    source: int
    text: str = ""


@dataclass(frozen=True, eq=False)
class IntrusionSheet:
    """Questions in each of which one option is an intruder, from `kit.intrusion_sheet`.

    Attributes
    ----------
    items : DataFrame, one row per question, shuffled
        `item` (str), `passage` (str; the options, numbered, for topics of a text below it).
    key : DataFrame, one row per question, in the same order
        `item`, `doc_id` (str; empty where there is no text), `start`, `end` (int64; 0), `code` (str; kind and digits
        of a hash), `passage_sha256` (str), `topic` (int64; whose words they are, or the text's first topic),
        `intruder` (int64; the number of the option), `options` (int64), `from_topic` (int64; the intruder's), `sheet`,
        `fingerprint` (str), `seed` (int64). Keep it from the coders.
    kind : str
        ``word``, ``set`` or ``topic``.
    hash : str
        Of all questions; each coder's file carries it.

    """

    items: pd.DataFrame
    key: pd.DataFrame
    kind: str
    hash: str

    def __repr__(self) -> str:
        """Say how many questions it has."""
        return f"<IntrusionSheet {self.hash}: {len(self.items)} questions of {self.kind} intrusion>"

    def save(self, folder: str | Path, coders: Sequence[str], *, language: str = "en") -> list[Path]:
        """Write the files for each coder, and the key in a folder of its own, as `CodingSheet.save` does.

        Parameters
        ----------
        folder : str or Path
            Made if it is not there.
        coders : sequence of str
            A short name for each coder.
        language : {"en", "id"}
            In which the questions are put.

        Returns
        -------
        list of Path

        Raises
        ------
        CodingError
            A name cannot be used, or a file is there already.

        """
        check_language(language, "IntrusionSheet.save")
        question = self.question(language=language)
        rows = [
            {"item": item, "question": question, "preceding": "", "passage": passage, "following": ""}
            for item, passage in zip(self.items["item"], self.items["passage"], strict=True)
        ]
        given = Given(rows, self.hash, "", language, "coding.guide_intrusion", self.answers(language=language))
        return save_sheet(folder, coders, given, self.key, "IntrusionSheet.save")

    def question(self, code: str = "", *, language: str = "en") -> str:  # noqa: ARG002 - all items ask the same
        """Return what a coder is asked of each item."""
        return say(f"coding.intrusion.{self.kind}", language)

    def answers(self, *, language: str = "en") -> dict[str, str]:  # noqa: ARG002 - numbers read alike
        """Return what can be answered, as a coder reads it, by what the record has: the options' numbers."""
        many = int(self.key["options"].max()) if len(self.key) else 0
        return {str(number): str(number) for number in range(1, many + 1)}


@recorded(items=["item"], key=["item"])
def intrusion_sheet(
    corpus: AnyCorpus, topics: Topics, *, kind: Kind = "word", n: int | None = None, seed: int = 0
) -> IntrusionSheet:
    """Make an intrusion test, which asks people to tell what does not belong to a topic.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The one the topics were fitted to.
    topics : Topics
        From `kit.fit_topics`.
    kind : {"word", "set", "topic"}
        ``word``: the first five terms of a topic and a first term of another, of which the topic has no use. ``set``:
        three sets of four of a topic's first terms, and one of another's. ``topic``: a text with its three strongest
        topics and one that it hardly has, each as its first terms.
    n : int, optional
        How many questions; as many as there are topics if left out, 20 texts for ``topic``.
    seed : int
        The same seed makes the same questions.

    Returns
    -------
    IntrusionSheet
        `items` for the coders; `key`, which tells the intruders, to be kept from them. Files are saved, filled in and
        read as those of `kit.coding_sheet`; `kit.score_intrusion` scores them.

    Raises
    ------
    CodingError
        There are too few topics or terms for such questions, or the topics are of another corpus.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ["warga antre beras pasar harga", "pemain mencetak gol pelatih bola"] * 10
    >>> frame = pd.DataFrame({"doc_id": [str(n) for n in range(20)], "text": [f"{t} {n}" for n, t in enumerate(texts)]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> sheet = kit.intrusion_sheet(corpus, kit.fit_topics(corpus, 2))
    >>> len(sheet.items), sheet.key["options"].tolist()
    (2, [6, 6])

    """
    if kind not in get_args(Kind):
        remedy = "use one of " + ", ".join(get_args(Kind))
        raise CodingError(f"kind = {kind!r}", place="intrusion_sheet", remedy=remedy)
    if topics.attrs.get("fingerprint") != corpus.fingerprint:
        raise CodingError("the topics are of another corpus", place="intrusion_sheet", remedy="pass theirs")
    if n is not None and n < 1:
        raise CodingError(f"n = {n!r}", place="intrusion_sheet", remedy="ask for one question or more")
    generator = np.random.Generator(np.random.PCG64(seed))
    made = list(_MAKERS[kind](corpus, topics, generator, n))
    if not made:
        missing = topics.attrs.get("missing")
        remedy = "fit more topics, or ask for another kind" if missing is None else tell(missing, "en")
        raise CodingError(f"no question of {kind} intrusion can be made", place="intrusion_sheet", remedy=remedy)
    rows = [_row(one, kind, generator) for one in made]
    order = generator.permutation(len(rows))
    key = pd.DataFrame([rows[place] for place in order])
    named = hash_of(key["item"].tolist(), key["passage_sha256"].tolist())
    items = key[["item", "passage"]].astype("str")
    key = key.drop(columns="passage").assign(sheet=named, fingerprint=corpus.fingerprint, seed=seed)
    texts = ("item", "doc_id", "code", "passage_sha256", "sheet", "fingerprint")
    key = key.astype({name: "str" if name in texts else "int64" for name in key.columns})
    for table in (items, key):
        table.attrs = corpus.about(unit="question")
    return IntrusionSheet(items, key, kind, named)


def _row(one: _Question, kind: str, generator: np.random.Generator) -> dict[str, Any]:
    """Put a question's options in random order."""
    place = int(generator.integers(len(one.belong) + 1))
    belong = [one.belong[row] for row in generator.permutation(len(one.belong))]
    options = [*belong[:place], one.intruder, *belong[place:]]
    listed = "\n".join(f"{number}. {escape.one_line(text)}" for number, text in enumerate(options, start=1))
    passage = f"{one.text}\n\n{listed}" if one.text else listed
    code = f"{kind}-intrusion {passage_hash(passage)[:8]}"
    return {
        "item": item_of(one.doc_id, 0, 0, code),
        "doc_id": one.doc_id,
        "start": 0,
        "end": 0,
        "code": code,
        "passage_sha256": passage_hash(passage),
        "topic": one.topic,
        "intruder": place + 1,
        "options": len(options),
        "from_topic": one.source,
        "passage": passage,
    }


def _terms(topics: Topics) -> dict[int, list[str]]:
    """Return the terms of each topic, the most telling first."""
    ordered = topics.terms.sort_values(["topic", "rank"])
    return {int(topic): own["term"].tolist() for topic, own in ordered.groupby("topic", sort=True)}


def _cycled(topics: Sequence[int], n: int | None, generator: np.random.Generator) -> Iterator[int]:
    """Yield so many topics, each as often as the others, as near as can be."""
    many = len(topics) if n is None else n
    while many > 0:
        yield from (int(topic) for topic in generator.permutation(topics)[:many])
        many -= len(topics)


def _other(
    terms: dict[int, list[str]], topic: int, first: int, least: int, generator: np.random.Generator
) -> tuple[list[str], int]:
    """Return, of a random other topic, those of its first terms that the topic does not list, and which it is."""
    own = set(terms[topic])
    for other in generator.permutation([one for one in terms if one != topic]):
        strange = [term for term in terms[int(other)][:first] if term not in own]
        if len(strange) >= least:
            return strange, int(other)
    return [], -1


def _word_questions(_: AnyCorpus, topics: Topics, generator: np.random.Generator, n: int | None) -> Iterator[_Question]:
    """Yield the first terms of topics with a stranger among them."""
    terms = _terms(topics)
    for topic in _cycled([one for one in terms if len(terms[one]) >= _WORDS], n, generator):
        strange, other = _other(terms, topic, _NEAR, 1, generator)
        if strange:
            yield _Question(topic, "", terms[topic][:_WORDS], str(generator.choice(strange)), other)


def _set_questions(_: AnyCorpus, topics: Topics, generator: np.random.Generator, n: int | None) -> Iterator[_Question]:
    """Yield sets of a topic's first terms with a set of another's."""
    terms, needed = _terms(topics), _SET * _SETS
    for topic in _cycled([one for one in terms if len(terms[one]) >= needed], n, generator):
        strange, other = _other(terms, topic, 2 * _NEAR, _SET, generator)
        if strange:
            drawn = generator.choice(terms[topic], needed, replace=False).tolist()
            belong = [", ".join(drawn[first : first + _SET]) for first in range(0, needed, _SET)]
            yield _Question(topic, "", belong, ", ".join(generator.choice(strange, _SET, replace=False)), other)


def _topic_questions(
    corpus: AnyCorpus, topics: Topics, generator: np.random.Generator, n: int | None
) -> Iterator[_Question]:
    """Yield texts with their strongest topics and one that they hardly have."""
    terms = {topic: ", ".join(words[:_WORDS]) for topic, words in _terms(topics).items()}
    weights = topics.documents.pivot_table(index="doc_id", columns="topic", values="weight", aggfunc="mean")
    weights = weights[[topic for topic in weights.columns if topic in terms]]
    if weights.shape[1] <= _OF_TEXT:
        return
    many = min(20 if n is None else n, len(weights))
    rows = generator.choice(len(weights), many, replace=False).tolist()
    texts: dict[str, str] = reduce(corpus, _texts, _join, {str(weights.index[row]) for row in rows})
    for row in rows:
        ranked = weights.iloc[row].sort_values(ascending=False, kind="stable")
        low = ranked.index[max(_OF_TEXT, len(ranked) // 2) :].tolist()
        source, doc_id = int(generator.choice(low)), str(weights.index[row])
        text = escape.one_line(texts[doc_id])
        shown = text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
        belong = [terms[int(topic)] for topic in ranked.index[:_OF_TEXT]]
        yield _Question(int(ranked.index[0]), doc_id, belong, terms[source], source, shown)


def _texts(part: Part, wanted: set[str]) -> dict[str, str]:
    """Return the texts of those documents of a part that are wanted."""
    ids = part.corpus.stated("doc_id")
    those = ids.isin(wanted)
    return dict(zip(ids[those].tolist(), part.corpus.stated("text")[those].tolist(), strict=True))


def _join(parts: Sequence[dict[str, str]]) -> dict[str, str]:
    """Put the texts of several parts together."""
    return {doc_id: text for part in parts for doc_id, text in part.items()}


_MAKERS: dict[str, Callable[..., Iterator[_Question]]] = {
    "word": _word_questions,
    "set": _set_questions,
    "topic": _topic_questions,
}
