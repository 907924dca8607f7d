"""XML documents and zip files of other programs, read with care and written the same on every machine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kit.errors import CodebookError

_NEVER = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can state
_LARGEST = 1 << 30  # bytes of a zip file's members
_RATIO = 200  # by which a member may be larger than it is packed
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parsed(data: bytes, place: str) -> Element:
    """Parse XML; entities and document types, which can point elsewhere or grow without end, are refused."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        problem = "declares a document type or entities, which no dictionary or project needs"
        raise CodebookError(problem, place=place, remedy="delete the <!DOCTYPE …> of the file") from error
    except (ParseError, ValueError, LookupError) as error:
        raise CodebookError(f"is no XML: {error}", place=place, remedy="export it again from its program") from error
    return root


def written(root: Element) -> bytes:
    """Write XML; characters that XML cannot hold become U+FFFD."""
    for element in root.iter():
        element.text = element.text and _UNWRITABLE.sub("\ufffd", element.text)
        for name, value in element.attrib.items():
            element.set(name, _UNWRITABLE.sub("\ufffd", value))
    indent(root)
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n").encode()


def packed(members: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip file: not compressed and without dates, so that the bytes are always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _NEVER)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def unpacked(data: bytes, place: str) -> dict[str, bytes]:
    """Return the files of a zip file by name, in memory; one that would grow without measure is refused."""
    remedy = "export it again from its program"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            if size > _LARGEST or size > _RATIO * len(data) + 1_000_000:
                raise CodebookError(f"would unpack to {size:,} bytes", place=place, remedy="export fewer documents")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise CodebookError(f"cannot be unpacked ({error})", place=place, remedy=remedy) from error
