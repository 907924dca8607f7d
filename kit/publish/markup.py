r"""What stands in a paper: cited numbers with their text, ids of exhibits, and prose whose numerals were typed in.

A number of a paper in Markdown or Quarto is a span, ``[2]{num="tbl-concepts/akuntabilitas/mentions" seal="a7ff7da3"}``,
which `filled` writes; ``lang="id"`` or ``lang="raw"`` asks for another form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kit.publish.numbers import Number, seal

SPAN = re.compile(r"\[(?P<text>[^\[\]]*)\]\{(?P<attributes>[^{}]*\bnum=\"(?P<name>[^\"]+)\"[^{}]*)\}")
MACRO = re.compile(r"\\kitnum(?:\[\w*\])?\{(?P<name>[^{}]+)\}")
EXHIBIT = re.compile(r"(?<![\w-])(?:tbl|fig)-[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])")
#: An exhibit with the hash of its data, as a reference says it: in prose, or in an entry of a bibliography.
DATED = re.compile(r"((?:tbl|fig)-[a-z0-9-]+)\. [^\n{}]{0,200}?\bdata ([0-9a-f]{12})\b")
OWN = re.compile(r"\\label\{([^{}]+)\}|\{#((?:tbl|fig)-[\w-]+)[^{}]*\}|#\| label: *(\S+)")
_ATTRIBUTE = re.compile(r"\b(\w+)=\"([^\"]*)\"")
#: What numerals are no findings in: each is blanked before prose is searched, its length kept.
_ASIDE = (
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),  # the head of Markdown
    re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL),
    re.compile(r"\\begin\{(thebibliography|lstlisting|verbatim)\}.*?\\end\{\1\}", re.DOTALL),
    re.compile(r"(?ims)^#+ *(?:references|bibliography|daftar pustaka|rujukan)\b.*\Z"),
    re.compile(r"(?i)\b(?:https?://|www\.|doi\.org/|doi:\s*|arxiv:\s*|orcid(?:\.org/|:\s*))\S+|\b10\.\d{4,}/\S+"),
    re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b"),  # an ORCID
    re.compile(r"(?i)\b(?:isbn|issn)\W*[\dX-]+"),
    re.compile(r"\\[A-Za-z]*(?:ref|cite[a-z]*|label|input|include[a-z]*|url|href|documentclass|usepackage|bibliography)\*?(?:\[[^\]]*\])*\{[^{}]*\}"),
    MACRO,
    SPAN,
    re.compile(r"\{#[^{}]*\}|!?\]\([^)]*\)|<[^>\n]*>|\[@[^\]]*\]|@[\w:-]+"),
    re.compile(r"\b[0-3]?\d[/.-][01]?\d[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:WIB|WITA|WIT|UTC|a\.?m\.?|p\.?m\.?)"),
    re.compile(
        r"(?i)\b(?:pages?|pp?|hal(?:aman)?|hlm|tables?|tabel|figures?|fig|gambar|sections?|bagian|chapters?|bab|"
        r"equations?|eq|articles?|pasal|ayat|no|nomor|number|vol(?:ume)?|version|versi|lampiran|appendix|lines?|baris)"
        r"s?\.?[\s~]*\d[\d.,]*(?:\s*(?:[–—-]+|,|and|dan|to)\s*\d[\d.]*)*"
    ),
    re.compile(r"(?m)^[ \t]*\(?\d+[.)](?=[ \t]+\S)"),  # of a list
    re.compile(r"\b\d+\s*(?:\(\d+\))?\s*:\s*\d+(?:[–-]+\d+)?"),  # volume, issue and pages
    re.compile(r"\b\d+\([\d–-]+\),\s*\d+(?:[–-]+\d+)?"),
    re.compile(r"\b\d+[–—-]+\d+\b"),  # a range of years or pages
)  # fmt: skip
_COMMENT = re.compile(r"(?<!\\)%.*")  # of LaTeX
_NUMERAL = re.compile(r"(?<![\w.,/\\#-])[−-]?\d+(?:[.,]\d+)*(?![\w/]|[.,]\d|-\w)")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_DIGITS = 3  # significant ones: any two texts share shorter numbers by chance


def attributes(span: re.Match[str]) -> dict[str, str]:
    """Read the attributes of a span."""
    return dict(_ATTRIBUTE.findall(span["attributes"]))


def value_of(number: Number, form: str, language: str) -> str:
    """Choose the form of a number that a span asks for."""
    return number.raw if form == "raw" else number.shown.get(form, number.shown[language])


def filled(text: str, numbers: Mapping[str, Number], language: str) -> str:
    """Write the present values into the spans of a paper in Markdown, and seal them; unknown names stay."""

    def fill(span: re.Match[str]) -> str:
        given = attributes(span)
        number = numbers.get(span["name"])
        if number is None:
            return span[0]
        shown = value_of(number, given.get("lang", language), language)
        given["seal"] = seal(number.name, shown)
        told = " ".join(f'{name}="{value}"' for name, value in given.items())
        return f"[{shown}]{{{told}}}"

    return SPAN.sub(fill, text)


def prose(text: str, *, latex: bool) -> str:
    """Blank all that holds no findings: references, labels, addresses, dates, pages, code; lines and places stay."""
    for pattern in (_COMMENT, *_ASIDE) if latex else _ASIDE:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def telling(numeral: str) -> int:
    """Count the digits that say something: not the zeros round them, as round numbers are equal by chance."""
    return len(re.sub(r"\D", "", numeral).strip("0"))


def numerals(text: str, *, least: int = _DIGITS) -> Iterator[tuple[int, str]]:
    """Yield each numeral of prose with at least so many digits that say something, and its place; years are none."""
    for found in _NUMERAL.finditer(text):
        if telling(found[0]) >= least and not _YEAR.fullmatch(found[0]):
            yield found.start(), found[0].replace("-", "−")
