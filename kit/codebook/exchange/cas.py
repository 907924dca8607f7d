"""Coded texts as CAS JSON (UIMA, INCEpTION): one file a document, several in a zip file."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, unquote

import pandas as pd

from kit.codebook.exchange.documents import packed, unpacked
from kit.codebook.exchange.places import Counting, PlainText, counted, plain_text
from kit.codebook.exchange.projects import Found
from kit.errors import CodebookError

_TYPE = "webanno.custom.Concept"
_FEATURE = "concept"
_SOFA, _DOCUMENT, _ANNOTATION = "uima.cas.Sofa", "uima.tcas.DocumentAnnotation", "uima.tcas.Annotation"
_VIEW = "_InitialView"
_UTF16 = Counting(utf16=True, one_line_end=False, mark=True)  # as the format counts
_BARE = ("begin", "end")


def write(documents: pd.DataFrame, passages: pd.DataFrame, *, single: bool) -> bytes:
    """Write documents, by their rows in a corpus, each with its passages, as one JSON file or as a zip file of them."""
    by_doc = dict(list(passages.groupby("doc")))
    nothing = passages.iloc[:0]
    files = {}
    for doc, doc_id, text in documents.itertuples(name=None):
        files[f"{quote(doc_id, safe=' ')}.json"] = _file(plain_text(text), by_doc.get(doc, nothing))
    if not single:
        return packed(files)
    if len(files) != 1:
        problem = f"one .json file holds one document, there are {len(files)}"
        raise CodebookError(problem, remedy="name a .zip file, or select one document")
    return next(iter(files.values()))


def _file(plain: PlainText, passages: pd.DataFrame) -> bytes:
    """Write one document."""
    units = counted(plain.text, _UTF16)
    structures: list[dict[str, Any]] = [
        {
            "%ID": 1,
            "%TYPE": _SOFA,
            "sofaNum": 1,
            "sofaID": _VIEW,
            "mimeType": "text",
            "sofaString": plain.text.encode("utf-8", "replace").decode(),
        },
        {"%ID": 2, "%TYPE": _DOCUMENT, "@sofa": 1, "begin": 0, "end": int(units[-1]), "language": "id"},
    ]
    rows = passages[["start", "end", "concept"]].drop_duplicates().sort_values(["start", "end", "concept"])
    for number, (start, end, concept) in enumerate(rows.itertuples(index=False), start=3):
        place = {"begin": int(units[plain.places[start]]), "end": int(units[plain.places[end]])}
        structures.append({"%ID": number, "%TYPE": _TYPE, "@sofa": 1, **place, _FEATURE: concept})
    whole = {
        "%TYPES": {
            _TYPE: {
                "%NAME": _TYPE,
                "%SUPER_TYPE": _ANNOTATION,
                _FEATURE: {"%NAME": _FEATURE, "%RANGE": "uima.cas.String"},
            }
        },
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {_VIEW: {"%SOFA": 1, "%MEMBERS": [one["%ID"] for one in structures[1:]]}},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes, place: str, *, single: bool) -> list[Found]:
    """Read the annotations that carry a code, of one file or of those in a zip file."""
    files = {place: data} if single else unpacked(data, place)
    found: list[Found] = []
    for name, content in sorted(files.items()):
        if name.lower().endswith(".json"):
            found += _annotations(content, name)
    return found


def _annotations(data: bytes, place: str) -> list[Found]:
    """Read the annotations of one document."""
    remedy = "export it as UIMA CAS JSON 0.4"
    try:
        whole = json.loads(data)
        structures = whole["%FEATURE_STRUCTURES"]
        if isinstance(structures, dict):  # older files: by number
            structures = [one | {"%ID": int(number)} for number, one in structures.items()]
        texts = {one["%ID"]: str(one["sofaString"]) for one in structures if one.get("%TYPE") == _SOFA}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CodebookError(f"is no CAS JSON ({error})", place=place, remedy=remedy) from error
    name = unquote(place.rpartition("/")[2].removesuffix(".json"))
    found = []
    for one in structures:
        codes = [str(value) for key, value in one.items() if _is_code(key, value)]
        if one.get("%TYPE") in (_SOFA, _DOCUMENT) or not codes or not {*_BARE} <= one.keys():
            continue
        text = texts.get(one.get("@sofa"), "")
        units = counted(text, _UTF16)
        span = [int(units.searchsorted(int(one[key]))) for key in _BARE]
        fits = span[0] < span[1] <= len(text) and [int(units[at]) for at in span] == [int(one[key]) for key in _BARE]
        problem = "" if fits else "its place is not in the text"
        place_of = (span[0], span[1]) if fits else None
        found += [Found(name, "", text, place_of, "", code, "", "", problem) for code in codes]
    return found


def _is_code(key: str, value: Any) -> bool:
    """Tell whether a feature of an annotation is a code: a text of its own, no reference."""
    return isinstance(value, str) and key[:1] not in ("%", "@", "#", "^") and key not in ("language", "order")
