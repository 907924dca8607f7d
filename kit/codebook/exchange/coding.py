"""Coded passages to and from the programs that coders use, each at its place in the corpus."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.exchange import cas, projects
from kit.codebook.exchange.chosen import choose, rows_of_texts
from kit.codebook.exchange.places import PlainText, plain_text
from kit.codebook.exchange.projects import Found
from kit.codebook.exchange.trees import guid, tree_of, walk
from kit.codebook.mentions import check_mentions, find_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.errors import CodebookError
from kit.parts.summaries import AnyCorpus, catalogue_of

_MOST = 20_000  # documents of a project of a corpus in parts
_SOME = "such as passages=kit.find_mentions(corpus, codebook).sample(1000, random_state=0)"
_ENDINGS = (".qdpx", ".zip", ".json")
_COLUMNS = ("doc_id", "doc", "sentence", "start", "end", "surface", "coder", "code", "concept", "problem")


def export_coding(
    corpus: AnyCorpus,
    codebook: Codebook,
    path: str | Path,
    *,
    passages: pd.DataFrame | None = None,
    coder: str = "kit",
    language: str = "en",
) -> None:
    """Write a corpus with its coded passages as a project for NVivo, MAXQDA, ATLAS.ti, QualCoder or INCEpTION.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        All its documents are written; of one in parts those in which `passages` lie, which have to be given.
    codebook : Codebook
        Its concepts become codes below their groups, with definitions and colours.
    path : str or Path
        The file to write: ``.qdpx`` (REFI-QDA project), ``.zip`` (CAS JSON, one file a document) or ``.json`` (CAS
        JSON of one document).
    passages : DataFrame, optional
        Passages of this corpus with the column `concept`; if left out, what `kit.find_mentions` returns.
    coder : str
        Name of the coder of these passages.
    language : {"en", "id"}
        Language of the codes' names and definitions in a project.

    Raises
    ------
    CodebookError
        The ending is of none of the formats, a ``.json`` file is to hold several documents, or of a corpus in parts no
        passages are given or those of more than 20,000 documents.
    QueryError
        The passages are not of this corpus.

    Notes
    -----
    Texts are written as UTF-8 with line ends LF, composed (NFC), without byte order mark, and places are code points of
    that text (UTF-16 units in CAS JSON), as both formats ask. Identifiers are made of names and places, files carry no
    date and are not compressed, so the same corpus gives the same bytes.

    Examples
    --------
    >>> import kit, pandas as pd, pathlib, tempfile
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]})
    >>> corpus, codebook = kit.Corpus.from_frame(frame, clean=False), kit.load_codebook()
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "study.qdpx"
    >>> kit.export_coding(corpus, codebook, file)
    >>> kit.import_coding(corpus, codebook, file)[["doc_id", "start", "end", "surface", "concept"]]
      doc_id  start  end   surface      concept
    0      a      0    3       ASN    aktor-asn
    1      a      4   12  melayani     melayani
    2      a     13   18     warga  aktor-warga

    """
    file = _known(path)
    in_parts = not isinstance(corpus, Corpus)
    if in_parts and passages is None:
        raise CodebookError(
            "passages are left out, and a project of a corpus in parts holds only the documents in which they lie",
            place="export_coding",
            remedy=f"give some, {_SOME}; or export one part, corpus.part(0), whole",
        )
    given = find_mentions(corpus, codebook) if passages is None else passages
    rows = check_mentions(corpus, given, columns=("start", "end", "concept"))
    assert rows is not None
    chosen = set(rows["doc"].tolist()) if in_parts else None
    if chosen is not None and len(chosen) > _MOST:
        problem = f"passages lie in {len(chosen):,} documents, a project holds the texts of at most {_MOST:,}"
        raise CodebookError(problem, place="export_coding", remedy=f"give fewer, {_SOME}")
    documents = choose(corpus, chosen).documents
    if file.suffix.lower() == ".qdpx":
        file.write_bytes(projects.write(documents, codebook, rows, coder, language))
    else:
        file.write_bytes(cas.write(documents, rows, single=file.suffix.lower() == ".json"))


@recorded("doc_id", "start", "end", "coder", "code")
def import_coding(corpus: AnyCorpus, codebook: Codebook, path: str | Path) -> pd.DataFrame:
    """Read the coded passages of a project, and find each in the corpus.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The texts that were coded.
    codebook : Codebook
        Whose concepts the codes are.
    path : str or Path
        A REFI-QDA project (``.qdpx``), or CAS JSON (``.json``, or several files in a ``.zip``).

    Returns
    -------
    DataFrame, one row per passage and code, in the order of the file
        `doc_id` (str), `doc`, `sentence`, `start`, `end` (Int32; code points of `documents.text`, `sentence` being that
        in which the passage begins; missing where the passage was not found), `surface` (str; as written in the
        corpus), `coder`, `code` (str; as the project names them), `concept` (str; empty if the codebook has none of
        that identifier, label or name), `problem` (str; empty, or why the passage was not found or is not sure).

    Raises
    ------
    CodebookError
        The file cannot be read, or its ending is of none of the formats.

    Notes
    -----
    Programs count characters differently (code points or UTF-16 units, a line end of two characters as one or two, a
    byte order mark counted or not), and a project does not say how. Each way is tried, and one is taken where the text
    that every selection of a document states of itself stands at its place. A document is found by its identifier, its
    name or its text, which has to be that of the corpus, up to line ends and composition.

    Examples
    --------
    See `export_coding`.

    """
    file = _known(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise CodebookError(problem, place=str(path), remedy="check the path") from error
    if file.suffix.lower() == ".qdpx":
        found = projects.read(data, file.name)
    else:
        found = cas.read(data, file.name, single=file.suffix.lower() == ".json")
    table = pd.DataFrame([*_rows(found, corpus, codebook)], columns=list(_COLUMNS))
    whole = dict.fromkeys(("doc", "sentence", "start", "end"), "Int32")
    table = table.astype({name: whole.get(name, "str") for name in _COLUMNS})
    table.attrs = corpus.about(unit="passage", codebook=codebook.version)
    return table


def _known(path: str | Path) -> Path:
    """Return a file whose ending is of one of the formats."""
    file = Path(path)
    if file.suffix.lower() not in _ENDINGS:
        remedy = f"use one of the endings {', '.join(_ENDINGS)}"
        raise CodebookError(f"has the ending {file.suffix!r}, of no known project", place=file.name, remedy=remedy)
    return file


def _docs(found: list[Found], corpus: AnyCorpus) -> list[int | None]:
    """Return in which document of the corpus each passage of a project lies: by its identifier, name or text."""
    ids = catalogue_of(corpus)["doc_id"].tolist()
    by_name = {name: doc for doc, name in enumerate(ids)} | {
        guid("document", name): doc for doc, name in enumerate(ids)
    }
    docs = [by_name.get(one.identifier, by_name.get(one.document)) for one in found]
    unnamed = {one.text for one, doc in zip(found, docs, strict=True) if doc is None and one.text}
    plain = {text: plain_text(text).text for text in unnamed}
    by_text = rows_of_texts(corpus, set(plain.values()))
    return [
        by_text.get(plain[one.text]) if doc is None and one.text else doc for one, doc in zip(found, docs, strict=True)
    ]


def _rows(found: list[Found], corpus: AnyCorpus, codebook: Codebook) -> list[tuple[object, ...]]:
    """Lay each passage of a project at its place in the corpus."""
    docs = _docs(found, corpus)
    chosen = choose(corpus, {doc for doc in docs if doc is not None})
    ids, texts = chosen.documents["doc_id"].to_dict(), chosen.documents["text"].to_dict()
    concepts = _concepts(codebook)
    plain: dict[int, PlainText] = {}
    rows: list[tuple[object, ...]] = []
    for one, doc in zip(found, docs, strict=True):
        concept = concepts.get(one.code_identifier) or concepts.get(one.code.casefold(), "")
        doc_id = one.document if doc is None else ids[doc]
        if doc is None or one.span is None:
            problem = one.problem or "no document of this name is in the corpus"
            rows.append((doc_id, doc, None, None, None, one.stated, one.coder, one.code, concept, problem))
            continue
        own = plain.setdefault(doc, plain_text(texts[doc]))
        source = plain_text(one.text)
        if source.text != own.text:
            problem = "the text of the document is not that of the corpus"
            rows.append((doc_id, doc, None, None, None, one.stated, one.coder, one.code, concept, problem))
            continue
        start, end = own.back(*(int(source.places[place]) for place in one.span))
        begins, numbers = chosen.sentences[doc]
        sentence = int(numbers[max(int(begins.searchsorted(start, side="right")) - 1, 0)])
        surface = texts[doc][start:end]
        rows.append((doc_id, doc, sentence, start, end, surface, one.coder, one.code, concept, one.problem))
    return rows


def _concepts(codebook: Codebook) -> dict[str, str]:
    """Return the concepts by identifier, and by the names that codes can have, in small letters."""
    known: dict[str, str] = {}
    for language in ("", "en", "id"):
        for node, _ in walk(tree_of(codebook, language)):
            if node.counted:
                known.setdefault(guid("code", node.key), node.key)
                known.setdefault(node.name.casefold(), node.key)
    return known
