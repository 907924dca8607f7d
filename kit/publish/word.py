r"""Numbers in a Word document: a custom property for each, and fields ``DOCPROPERTY "tbl-…"`` that show it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from kit.errors import ExhibitError

_CUSTOM = "docProps/custom.xml"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_ASKED = re.compile(r"\s*DOCPROPERTY\s+\"?(tbl-[^\"\s]+)\"?")


@dataclass(frozen=True)
class Document:
    """What a Word document says.

    Parameters
    ----------
    text : str
        Its paragraphs and cells, a line each, without what its fields of numbers show.
    fields : list of (str, str)
        Name of each number it calls, and what is shown.
    properties : dict of str to str
        Its custom properties.

    """

    text: str
    fields: list[tuple[str, str]]
    properties: dict[str, str]


def read(file: Path) -> Document:
    """Read a Word document."""
    try:
        body = docx.Document(str(file)).element.body
        properties = _properties(file)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise ExhibitError(f"this is no Word document: {error}", place=str(file), remedy="save it as .docx") from error
    fields: list[tuple[str, str]] = []
    lines = [_line(paragraph, fields) for paragraph in body.iter(qn("w:p"))]
    return Document("\n".join(lines), fields, properties)


def fill(file: Path, values: Mapping[str, str]) -> int:
    """Write the numbers that a document calls into its properties and its fields; return how many it calls."""
    read(file)  # says so if it is none
    opened = docx.Document(str(file))
    called: dict[str, str] = {}
    number = 0
    for paragraph in opened.element.body.iter(qn("w:p")):
        for name, shown in _fields(paragraph):
            number += 1
            if name in values:
                called[name] = values[name]
                for place, one in enumerate(shown):
                    one.text = values[name] if place == 0 else ""
    buffer = io.BytesIO()
    opened.save(buffer)
    file.write_bytes(_with_properties(buffer.getvalue(), {**_properties(file), **called}))
    return number


def _fields(paragraph: etree._Element) -> list[tuple[str, list[etree._Element]]]:
    """List the fields of numbers in a paragraph, simple and complex, with the texts that show them."""
    found = []
    for simple in paragraph.iter(qn("w:fldSimple")):
        asked = _ASKED.match(simple.get(qn("w:instr"), ""))
        if asked:
            found.append((asked[1], list(simple.iter(qn("w:t")))))
    instruction: list[str] | None = None
    shown: list[etree._Element] | None = None
    for node in paragraph.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = node.get(qn("w:fldCharType"))
        if kind == "begin":
            instruction, shown = [], None
        elif kind == "separate":
            shown = []
        elif kind == "end":
            asked = _ASKED.match("".join(instruction or []))
            if asked:
                found.append((asked[1], shown or []))
            instruction = shown = None
        elif node.tag == qn("w:instrText") and instruction is not None:
            instruction.append(node.text or "")
        elif shown is not None:
            shown.append(node)
    return found


def _line(paragraph: etree._Element, fields: list[tuple[str, str]]) -> str:
    """Return the text of a paragraph without its numbers, which are added to `fields`."""
    aside = set()
    for name, shown in _fields(paragraph):
        fields.append((name, "".join(one.text or "" for one in shown)))
        aside.update(shown)
    return "".join(" " if node in aside else node.text or "" for node in paragraph.iter(qn("w:t")))


def _properties(file: Path) -> dict[str, str]:
    """Read the custom properties of a document."""
    with zipfile.ZipFile(file) as archive:
        if _CUSTOM not in archive.namelist():
            return {}
        root = etree.fromstring(archive.read(_CUSTOM), etree.XMLParser(resolve_entities=False, no_network=True))
    return {one.get("name", ""): "".join(one.itertext()) for one in root}


def _with_properties(data: bytes, properties: Mapping[str, str]) -> bytes:
    """Put custom properties into a document, in the place of those it has; clocks are fixed."""
    root = etree.Element(f"{{{_NS}}}Properties", nsmap={None: _NS, "vt": _VT})
    for pid, (name, text) in enumerate(sorted(properties.items()), 2):
        one = etree.SubElement(root, f"{{{_NS}}}property", fmtid=_FMTID, pid=str(pid), name=name)
        etree.SubElement(one, f"{{{_VT}}}lpwstr").text = text
    custom = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist() if name != _CUSTOM}
        types, relations = "[Content_Types].xml", "_rels/.rels"
        parts[types] = _named(parts[types], "Override", "PartName", f"/{_CUSTOM}", ContentType=_TYPE)
        parts[relations] = _named(parts[relations], "Relationship", "Target", _CUSTOM, Type=_RELATION, Id="kitNumbers")
        for name, part in {**parts, _CUSTOM: custom}.items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _named(xml: bytes, tag: str, key: str, value: str, **more: str) -> bytes:
    """Add an entry to a list of parts, unless it is there."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    if not any(one.get(key, "").lstrip("/") == value.lstrip("/") for one in root):
        namespace = etree.QName(root).namespace
        etree.SubElement(root, f"{{{namespace}}}{tag}", {key: value, **more})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
