"""DOCX for word processors: a table with caption and note, of text alone; the same bytes at any hour.

The few parts that a document needs are written as they are. A library would bring a template with clocks, names of
programs and pictures of its own.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator, Sequence

from kit.exhibits.formats import entries as long_texts
from kit.exhibits.formats import layout
from kit.exhibits.grid import Grid
from kit.settings import LANGUAGES
from kit.wording import escape
from kit.wording.words import say

_LINE = 160 * layout.POINTS  # of an upright page
_SHEET = (11906, 16838)  # A4, in twentieths of a point
_MARGINS = (
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
)
_SIZES = {0: 20, 1: 18, 2: 16, 3: 14}  # half-points, by the place of the size in `layout.SIZES`
_WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPOKEN = dict(zip(LANGUAGES, ("en-GB", "id-ID"), strict=True))
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
}
_STYLES = (
    '<w:styles {words}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/><w:lang w:val="{language}"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="120" w:after="120"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    "</w:styles>"
)


def write(grid: Grid) -> bytes:
    """Set a table as a document.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        DOCX: caption, table with its head on each page, and note; across the sheet where upright would be too narrow.

    Examples
    --------
    >>> import pandas as pd
    >>> write(Grid.of(pd.DataFrame({"n": [1]}), id="tbl-x", title="X"))[:2]
    b'PK'

    """
    chosen = layout.lay_out(grid, _LINE, math.inf)
    across, size = len(chosen.panels) > 1, _SIZES[layout.SIZES.index(chosen.size)]
    columns = "".join("<w:gridCol/>" for _ in grid.columns)
    line = '<w:{} w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    borders = "".join(line.format(side) for side in ("top", "bottom"))
    head = _row([column.heading for column in grid.columns], grid, size, head=True)
    rows = "".join(_row(row, grid, size) for row in grid.rows)
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
    )
    return _document(grid, [table], across=across)


def entries(grid: Grid) -> bytes:
    """Set a table of long texts as a document: each row a heading, and below it what every column says of it."""
    return _document(grid, _paragraphs(grid), across=False)


def _paragraphs(grid: Grid) -> Iterator[str]:
    """Set the rows as headings and paragraphs."""
    for row in grid.rows:
        yield _paragraph(_run(row[0]), "Heading2")
        for column, text in zip(grid.columns[1:], row[1:], strict=True):
            for number, line in enumerate(long_texts.lines_of(text)):
                yield _paragraph((_run(f"{column.heading}: ", "<w:b/>") if not number else "") + _run(line))


def _row(texts: Sequence[str], grid: Grid, size: int, *, head: bool = False) -> str:
    """Set one row."""
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>' if head else ""
    look = f'<w:sz w:val="{size}"/>'
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{line}</w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{"right" if column.number else "left"}"/></w:pPr>'
        f"{_run(text, look)}</w:p></w:tc>"
        for column, text in zip(grid.columns, texts, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _document(grid: Grid, body: Sequence[str] | Iterator[str], *, across: bool) -> bytes:
    """Pack a document of caption, body and note."""
    name = f"{say('pages.table', grid.language)} {grid.id}. "
    caption = _paragraph(_run(name) + _run(grid.title), "Caption")
    told = _run(f"{say('pages.note', grid.language)} ", '<w:i/><w:sz w:val="16"/>') + _run(
        grid.note, '<w:sz w:val="16"/>'
    )
    wide, high = reversed(_SHEET) if across else _SHEET
    turned = ' w:orient="landscape"' if across else ""
    sheet = f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{high}"{turned}/>{_MARGINS}</w:sectPr>'
    text = f"{caption}{''.join(body)}{_paragraph(told if grid.note else '')}{sheet}"
    parts = _PARTS | {
        "word/document.xml": f"<w:document {_WORDS}><w:body>{text}</w:body></w:document>",
        "word/styles.xml": _STYLES.format(words=_WORDS, language=_SPOKEN[grid.language]),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:  # not compressed: zlib differs between systems
        for path, content in parts.items():
            named = zipfile.ZipInfo(path)
            named.create_system = 3
            packed.writestr(named, (_HEAD + content).encode("utf-8"))
    return out.getvalue()


def _paragraph(runs: str, style: str = "") -> str:
    """Set a paragraph."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{runs}</w:p>"


def _run(text: str, look: str = "") -> str:
    """Set a text, on one line, unseen characters spelled out."""
    shown = escape.html(escape.one_line(text) + (" " if text.endswith(" ") else ""))
    looks = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{shown}</w:t></w:r>'
