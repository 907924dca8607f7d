"""Projects of REFI-QDA (.qdpx): texts, codes and coded passages in one zip file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.exchange.codes import ORIGIN, add_codes, local, node_of
from kit.codebook.exchange.documents import packed, parsed, unpacked, written
from kit.codebook.exchange.places import PlainText, places_of, plain_text
from kit.codebook.exchange.trees import guid, tree_of, walk
from kit.errors import CodebookError, ReadingError
from kit.reading.text import decode

PROJECT = "urn:QDA-XML:project:1.0"
_NEVER = "1980-01-01T00:00:00Z"  # programs ask for a date; one that never changes keeps the bytes the same
_LONGEST = 255  # characters of a passage that its selection states


class Found(NamedTuple):
    """A coded passage in a project.

    Attributes
    ----------
    document : str
        Name of the source.
    identifier : str
        Its identifier.
    text : str
        The source's text as the file has it.
    span : (int, int) or None
        Code points of it.
    stated : str
        What the selection states of itself.
    code, code_identifier, coder : str
    problem : str
        Why there is no place, or what is not sure of it.

    """

    document: str
    identifier: str
    text: str
    span: tuple[int, int] | None
    stated: str
    code: str
    code_identifier: str
    coder: str
    problem: str


def write(documents: pd.DataFrame, codebook: Codebook, passages: pd.DataFrame, coder: str, language: str) -> bytes:
    """Write a project: documents by their rows in a corpus, and passages with the column `concept`."""
    user = guid("user", coder)
    root = Element(
        "Project",
        xmlns=PROJECT,
        name=ORIGIN,
        origin=ORIGIN,
        creatingUserGUID=user,
        creationDateTime=_NEVER,
    )
    SubElement(SubElement(root, "Users"), "User", guid=user, name=coder)
    add_codes(SubElement(root, "CodeBook"), tree_of(codebook, language))
    sources = SubElement(root, "Sources")
    by_doc = dict(list(passages.groupby("doc")))
    members: dict[str, bytes] = {}
    for doc, doc_id, text in documents.itertuples(name=None):
        plain = plain_text(text)
        own = guid("document", doc_id)
        members[f"Sources/{own}.txt"] = plain.text.encode("utf-8", "replace")
        source = SubElement(
            sources,
            "TextSource",
            guid=own,
            name=doc_id,
            plainTextPath=f"internal://{own}.txt",
            creatingUser=user,
            creationDateTime=_NEVER,
        )
        if doc in by_doc:
            source.extend(_selections(by_doc[doc], doc_id, plain, user))
    return packed({"project.qde": written(root), **members})


def _selections(passages: pd.DataFrame, doc_id: str, plain: PlainText, user: str) -> Iterator[Element]:
    """Yield the selections of a document, each with the codes of its passages."""
    for (start, end), rows in passages.groupby(["start", "end"], sort=True):
        first, last = int(plain.places[start]), int(plain.places[end])
        name = f"{doc_id} {start} {end}"
        text = plain.text[first:last]
        selection = Element(
            "PlainTextSelection",
            guid=guid("selection", name),
            name=text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…",
            startPosition=str(first),
            endPosition=str(last),
            creatingUser=user,
            creationDateTime=_NEVER,
        )
        for concept in dict.fromkeys(rows["concept"]):
            own = guid("coding", f"{name} {concept}")
            coding = SubElement(selection, "Coding", guid=own, creatingUser=user, creationDateTime=_NEVER)
            SubElement(coding, "CodeRef", targetGUID=guid("code", concept))
        yield selection


def read(data: bytes, place: str) -> list[Found]:
    """Read the coded passages of a project's texts."""
    members = unpacked(data, place)
    name = next((name for name in sorted(members) if name.lower().endswith(".qde")), "")
    if not name:
        remedy = "export the project (.qdpx) from its program"
        raise CodebookError("is no REFI-QDA project: it holds no .qde file", place=place, remedy=remedy)
    root = parsed(members[name], f"{place}, {name}")
    codes = {}
    for part in (element for element in root.iter() if local(element) == "Codes"):
        for node, _ in walk([node_of(code) for code in part if local(code) == "Code"]):
            codes[node.key] = node.name
    users = {_own(element): element.get("name", "") for element in root.iter() if local(element) == "User"}
    files = {file.rpartition("/")[2].lower(): content for file, content in members.items()}
    found: list[Found] = []
    for source in (element for element in root.iter() if local(element).endswith("Source")):
        found += _of_source(source, files, codes, users, place)
    return found


def _of_source(
    source: Element, files: dict[str, bytes], codes: dict[str, str], users: dict[str, str], place: str
) -> list[Found]:
    """Read the coded passages of one source."""
    name, own = source.get("name", ""), _own(source)
    selections = [element for element in source if local(element) == "PlainTextSelection"]
    others = [
        element for element in source if local(element).endswith("Selection") and local(element) != "PlainTextSelection"
    ]
    text, problem = _text(source, files, place) if selections else ("", "")
    spans = [(_whole(one, "startPosition"), _whole(one, "endPosition"), one.get("name", "")) for one in selections]
    places, ways = places_of(text, spans) if not problem else ([None] * len(spans), 1)
    rows = []
    for selection, span, (_, _, stated) in zip(selections, places, spans, strict=True):
        doubt = problem
        if not problem and span is None:
            doubt = "the text that the selection states does not stand where it points, however one counts"
        elif ways > 1 and not stated:
            doubt = "nothing tells how its program counts characters: taken as code points"
        rows += [
            Found(name, own, text, span, stated, codes.get(code, ""), code, users.get(coder, coder), doubt)
            for code, coder in _codings(selection)
        ]
    for selection in others:
        doubt = f"{local(selection)} is no passage of a plain text"
        rows += [
            Found(name, own, "", None, "", codes.get(code, ""), code, users.get(coder, coder), doubt)
            for code, coder in _codings(selection)
        ]
    return rows


def _text(source: Element, files: dict[str, bytes], place: str) -> tuple[str, str]:
    """Return the text of a source as the file has it, or why there is none."""
    content = next((element.text for element in source if local(element) == "PlainTextContent"), None)
    if content:
        return content, ""
    path = source.get("plainTextPath", "")
    data = files.get(path.rpartition("/")[2].lower())
    if data is None:
        return "", f"its text {path!r} is not in the file"
    try:
        text, encoding = decode(data, place)
    except ReadingError as error:
        return "", f"its text {error.problem}"
    return ("\ufeff" + text if encoding in ("utf-8-sig", "utf-16", "utf-32") else text), ""


def _codings(selection: Element) -> Iterator[tuple[str, str]]:
    """Yield the code and the coder of each coding of a selection."""
    for coding in selection:
        if local(coding) == "Coding":
            coder = (coding.get("creatingUser") or selection.get("creatingUser") or "").strip("{}").lower()
            for reference in coding:
                if local(reference) == "CodeRef":
                    yield reference.get("targetGUID", "").strip("{}").lower(), coder


def _own(element: Element) -> str:
    """Return the identifier of an element in one spelling."""
    return element.get("guid", "").strip("{}").lower()


def _whole(element: Element, name: str) -> int:
    """Return a whole number, -1 if it is none."""
    value = element.get(name, "")
    return int(value) if value.isdecimal() else -1
