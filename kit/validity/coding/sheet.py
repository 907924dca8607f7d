"""The sheet of items that coders get, blind and shuffled, and apart from it the key to what was drawn from where."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.calls import recorded
from kit.index.token_index import Int64
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.settings import LANGUAGES
from kit.validity.coding.items import check_concepts, check_n, counting, draw_items
from kit.validity.coding.record import item_of
from kit.validity.coding.saving import check_language, save_sheet
from kit.validity.coding.spreadsheets import Given, answers
from kit.wording import escape
from kit.wording.words import say

#: The columns of a key's file.
KEY = (
    *("item", "doc_id", "start", "end", "code", "passage_sha256", "stratum", "population", "drawn", "weight"),
    *("sheet", "fingerprint", "codebook", "seed"),
)
#: What a coder is told of a concept.
_TOLD = ("label", "definition", "include", "exclude")
_MARKED = re.compile(r"\*([^*]+)\*")  # words quoted in a rule
#: What a coder sees of a document: the sentence and its neighbours.
_SEEN = ("preceding", "passage", "following")
_LONGEST = 30_000  # characters of a passage that are shown: a cell of a spreadsheet holds 32,767


@dataclass(frozen=True, eq=False)
class CodingSheet:
    """Passages for people to code, from `kit.coding_sheet`.

    Attributes
    ----------
    items : DataFrame, one row per item, shuffled
        `item` (str; a hash of place and code), `doc_id` (str), `start`, `end` (int64; code points of the text), `code`
        (str; the concept), `preceding`, `passage`, `following` (str; the sentence and its neighbours as a coder sees
        them). Nothing says whether the codebook has a hit there.
    key : DataFrame, one row per item, in the same order
        `item`, `doc_id`, `start`, `end`, `code`, `passage_sha256` (str; first 16 digits), `stratum` (str: ``hit``,
        ``near`` or ``rest``), `population`, `drawn` (int64; sentences of the stratum, and drawn from it), `weight`
        (float64; population / drawn), `sheet`, `fingerprint`, `codebook` (str), `seed` (int64). Keep it from the
        coders.
    labels : dict of str to dict of str to str
        For each concept its label, definition and rules (what counts, what does not) by language.
    hash : str
        Of all items and passages; each coder's file carries it.

    """

    items: pd.DataFrame
    key: pd.DataFrame
    labels: dict[str, dict[str, str]]
    hash: str

    def __repr__(self) -> str:
        """Say how many items it has."""
        return f"<CodingSheet {self.hash}: {len(self.items)} items, {self.items['code'].nunique()} concepts>"

    def save(self, folder: str | Path, coders: Sequence[str], *, language: str = "en") -> list[Path]:
        """Write the files for each coder, and the key in a folder of its own.

        Parameters
        ----------
        folder : str or Path
            Made if it is not there.
        coders : sequence of str
            A short name for each coder: letters without accents, digits, ``-`` and ``_``.
        language : {"en", "id"}
            In which the questions are put.

        Returns
        -------
        list of Path
            ``coding-NAME.xlsx``, ``.csv`` and ``.html`` for each coder: the same items, of which one file is to be
            filled in; then ``key/key.csv``. A file that is there already is not overwritten.

        Raises
        ------
        CodingError
            A name cannot be used, or a file is there already.

        Examples
        --------
        >>> import kit, tempfile
        >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Warga senang."]}))
        >>> sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=1, concepts=["melayani"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [file.name for file in sheet.save(folder, ["ani"])]
        ['coding-ani.xlsx', 'coding-ani.csv', 'coding-ani.html', 'key.csv']

        """
        check_language(language, "CodingSheet.save")
        given = Given(self._rows(language), self.hash, "", language, "coding.guide", answers(language))
        return save_sheet(folder, coders, given, self.key, "CodingSheet.save")

    def question(self, code: str, *, language: str = "en") -> str:
        """Return what a coder is asked of a concept: the question, then its definition and rules, a line each."""
        return _question(self.labels[code], language)

    def answers(self, *, language: str = "en") -> dict[str, str]:
        """Return what can be answered, as a coder reads it, by what the record has."""
        return answers(language)

    def _rows(self, language: str) -> list[dict[str, str]]:
        """Return what a coder sees of each item."""
        rows = self.items[["item", "code", *_SEEN]].to_dict("records")
        questions = {code: self.question(code, language=language) for code in self.labels}
        return [
            {"item": row["item"], "question": questions[row["code"]], **{name: row[name] for name in _SEEN}}
            for row in rows
        ]


@recorded(items=["item"], key=["item"])
def coding_sheet(
    corpus: AnyCorpus,
    codebook: Codebook,
    *,
    n: int | Mapping[str, int] = 20,
    seed: int = 0,
    mentions: pd.DataFrame | None = None,
    concepts: Sequence[str] | None = None,
) -> CodingSheet:
    """Draw passages for people to code, to learn how valid the counts of a codebook are.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    n : int or mapping of str to int
        How many sentences to draw for each concept from each stratum: ``hit`` (with a hit that counts), ``near`` (no
        hit, but the roots of a pattern's words), ``rest`` (neither). A number is taken for all three; all are drawn
        where there are fewer. Intervals need 10 of each, and a recall that is no mere upper bound needs many of the
        rest.
    seed : int
        The same seed draws and shuffles the same.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.
    concepts : sequence of str, optional
        Which concepts; all if left out.

    Returns
    -------
    CodingSheet
        `items` for the coders, who see neither stratum nor hit; `key` with strata and weights, to be kept from them.

    Raises
    ------
    CodingError
        There is no such concept or stratum.

    Notes
    -----
    The item is a sentence and a concept: *does this sentence speak of accountability?* Asking about sentences, not
    about marked words, keeps coders blind to what the codebook found. ``docs/validity.md`` has the way from here to
    corrected counts.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "ASN melayani warga. Pelayan toko tersenyum. Hujan turun."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> sheet = kit.coding_sheet(corpus, kit.load_codebook(), n=1, concepts=["melayani"])
    >>> sheet.key.sort_values("start")[["stratum", "population", "weight"]].to_numpy().tolist()
    [['hit', 1, 1.0], ['near', 1, 1.0], ['rest', 1, 1.0]]

    """
    asked, chosen = check_n(n), check_concepts(codebook, concepts)
    given = check_mentions(corpus, mentions, codebook)
    hits = counting(find_mentions(corpus, codebook) if given is None else given)
    drawn = draw_items(corpus, codebook, hits, chosen, asked, seed)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(drawn))
    drawn = drawn.iloc[order].reset_index(drop=True)
    shown: pd.DataFrame = reduce(corpus, _shown, pd.concat, np.unique(drawn["sentence"].to_numpy()))
    drawn = drawn.join(shown, on="sentence")
    places = zip(*(drawn[name].tolist() for name in ("doc_id", "start", "end", "code")), strict=True)
    drawn["item"] = pd.array([item_of(*place) for place in places], dtype="str")
    digest = [passage_hash(text) for text in drawn["passage"]]
    named = hash_of(drawn["item"].tolist(), digest)
    items = drawn[["item", "doc_id", "start", "end", "code", *_SEEN]]
    key = drawn.drop(columns=["sentence", *_SEEN]).assign(
        passage_sha256=pd.array(digest, dtype="str"),
        weight=drawn["population"] / drawn["drawn"],
        sheet=named,
        fingerprint=corpus.fingerprint,
        codebook=codebook.version,
        seed=seed,
    )
    key = key[list(KEY)].astype(dict.fromkeys(("sheet", "fingerprint", "codebook"), "str") | {"seed": "int64"})
    for table in (items, key):
        table.attrs = corpus.about(unit="item", codebook=codebook.version)
    about = codebook.concepts.set_index("concept").loc[chosen].fillna("")
    for part in ("definition", "include", "exclude"):
        about[f"{part}_en"] = about[part]
        about[f"{part}_id"] = about[f"{part}_id"].where(about[f"{part}_id"] != "", about[part])
    columns = [f"{part}_{language}" for part in _TOLD for language in LANGUAGES]
    return CodingSheet(items, key, about[columns].to_dict("index"), named)


def _question(told: Mapping[str, str], language: str) -> str:
    """Ask whether a passage speaks of a concept, with the rules of what counts, a line each."""
    label, definition, *rules = (_plain(told[f"{part}_{language}"]) for part in _TOLD)
    lines = [say("coding.question", language, label=label), definition]
    lines += [say(f"coding.{part}", language, rule=rule) for part, rule in zip(_TOLD[2:], rules, strict=True) if rule]
    return "\n".join(line for line in lines if line)


def _plain(text: str) -> str:
    """Write a rule without the marks of Markdown."""
    return _MARKED.sub(r"“\1”", text).replace("`", "")


def hash_of(items: Sequence[str], passages: Sequence[str]) -> str:
    """Return the hash of a sheet: of its items and the hashes of their passages, in any order."""
    content = json.dumps(sorted(zip(items, passages, strict=True)), separators=(",", ":"))
    return "s" + hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]


def passage_hash(text: str) -> str:
    """Return the hash of a passage as it is shown, whatever a program does to its blanks and composed letters."""
    return hashlib.sha256(unicodedata.normalize("NFC", "".join(text.split())).encode("utf-8")).hexdigest()[:16]


def _shown(part: Part, wanted: Int64) -> pd.DataFrame:
    """Return the sentences of a part that are wanted, by their rows in the whole, with what a coder sees of each."""
    corpus, of_whole = part.corpus, part.sentence_rows
    texts, sentences = corpus.stated("text"), corpus.sentences
    doc, start, end = (sentences[name].to_numpy(np.int64) for name in ("doc", "start", "end"))

    def text_of(row: int, of: int) -> str:
        if not 0 <= row < len(doc) or doc[row] != doc[of]:
            return ""
        text = escape.one_line(texts.iloc[doc[row]][start[row] : end[row]])
        return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"

    rows = np.flatnonzero(np.isin(of_whole, wanted))
    columns = {
        "doc_id": pd.array(corpus.sizes["doc_id"].to_numpy(object)[doc[rows]], dtype="str"),
        "start": start[rows],
        "end": end[rows],
    }
    seen = {
        name: pd.array([text_of(row + step, row) for row in rows.tolist()], dtype="str")
        for name, step in zip(_SEEN, (-1, 0, 1), strict=True)
    }
    return pd.DataFrame(columns | seen, index=of_whole[rows])
