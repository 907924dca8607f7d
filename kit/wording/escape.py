"""Text made safe for the format it is written to: HTML, LaTeX and BibTeX, Markdown, spreadsheets.

Corpus text comes from the web, so any cell may hold markup, a formula or a character that turns the line around.
Nothing is dropped: a character that cannot be printed safely is spelled out, as in ``[U+202E]``.
"""

from __future__ import annotations

import re

import markupsafe

# C0 and C1 controls (save tab and line ends), direction marks and overrides, line and paragraph separators,
# lone surrogates, the byte order mark and non-characters: unseen, and several of them illegal in XML or UTF-8.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e"
    "\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BLANKS = re.compile("[ \t\r\n]+")

#: Greek letters that LaTeX has as signs of mathematics; the others look like Latin ones.
_GREEK = {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta",
    "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip

# Only what pandoc reads, too: it drops \char34, \textbar, \textbraceleft and \textasciigrave without a word.
# Brackets: the first cell of a row would be read as the optional argument of the line break above it.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": "$|$",
        '"': r"\string" + '"',
        "`": r"\`{}",
        "[": "{[}",
        "]": "{]}",
        "*": "{*}",
        "\u00a0": "~",
        "\u00ad": r"\-",
        "\u2212": "$-$",
        "\u2264": r"$\leq$",
        "\u2265": r"$\geq$",
        "\u2192": r"$\rightarrow$",
        "\u221e": r"$\infty$",
        "\u2248": r"$\approx$",
        "\u2260": r"$\neq$",
        "\u221a": r"$\surd$",
        "\u2211": r"$\sum$",
        **{letter: rf"$\{name}$" for letter, name in _GREEK.items()},
    }
)
_DASHES = re.compile("-(?=-)")
# What has a meaning of its own, or is made into other letters: quotes, "--", "...", addresses, ":smile:", "(c)", "+-".
_MARKDOWN = re.compile(
    r"""([\\`*_{}\[\]<>|~^$@&#"']|-(?=-)|(?<=[-+])-|([.,!?])(?=\2)|(?<=\.)\.|(?<=,),|(?<=[!?])[!?]"""
    r"""|:(?=//|[\w+-]+:)|(?<=www)\.|(?<=\([crp])\)|(?<=\(tm)\))""",
    re.IGNORECASE,
)
_SIGN = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# Where a spreadsheet may see the beginning of a cell: that of the text, or what follows a sign at which it cuts lines.
_OPENS = re.compile(f"\\A(?=[ '\"]*[{_SIGN}\t\r\n])|(?<=[;|\t\r\n])(?=[ '\"]*[{_SIGN}])")
_GUARDED = re.compile(f"\\A'(?=[ '\"]*[{_SIGN}\t\r\n])|(?<=[;|\t\r\n])'(?=[ '\"]*[{_SIGN}])")


def visible(text: str) -> str:
    r"""Spell out the characters that cannot be seen or would turn the text around.

    Parameters
    ----------
    text : str
        Any text, valid Unicode or not.

    Returns
    -------
    str
        The text with each such character written as ``[U+XXXX]``; tabs and line ends stay.

    Examples
    --------
    >>> visible("a\u202eb\x00")
    'a[U+202E]b[U+0000]'

    """
    return _HIDDEN.sub(_spelled, text)


def storable(text: str) -> str:
    r"""Spell out only what a UTF-8 file of text cannot hold: NUL and lone surrogates.

    Parameters
    ----------
    text : str
        Any text, valid Unicode or not.

    Returns
    -------
    str
        Text that can be encoded and read back.

    Examples
    --------
    >>> storable("a\ud800")
    'a[U+D800]'

    """
    return _UNSTORABLE.sub(_spelled, text)


def one_line(text: str) -> str:
    r"""Spell out what is unseen, and write blanks and line ends as one space, as a label in a figure needs it.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        One line without blanks at its ends.

    Examples
    --------
    >>> one_line(" Kota\n Batu\u200f")
    'Kota Batu[U+200F]'

    """
    return _BLANKS.sub(" ", visible(text)).strip(" ")


def html(text: str) -> markupsafe.Markup:
    """Escape text for HTML and XML, in an element or a quoted attribute.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    markupsafe.Markup
        Escaped text, which templates do not escape again.

    Examples
    --------
    >>> print(html('<b onclick="x">'))
    &lt;b onclick=&#34;x&#34;&gt;

    """
    return markupsafe.escape(visible(text))


def latex(text: str) -> str:
    r"""Escape text for LaTeX: a cell, a caption, a heading.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        One line in which no character has a meaning of its own to LaTeX.

    Notes
    -----
    pandas' own escape leaves ``[`` at the start of a row, which LaTeX reads as the argument of the line break
    before it, and ``<``, ``>``, ``|``, which print as other characters in LaTeX's first font encoding.

    Examples
    --------
    >>> print(latex("R&D_50%"))
    R\&D\_50\%

    """
    return _DASHES.sub("-{}", one_line(text).translate(_LATEX))


def bibtex(text: str) -> str:
    r"""Escape text for a field of BibTeX that stands in two pairs of braces.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        LaTeX in which braces are balanced, as BibTeX counts them: it takes no notice of a backslash before one. A
        command at the beginning is kept from being taken for one letter with its accent.

    Examples
    --------
    >>> print(bibtex("{R&D"))
    {}$\lbrace$R\&D

    """
    balanced = latex(text).replace(r"\{", r"$\lbrace$").replace(r"\}", r"$\rbrace$")
    return "{}" + balanced if balanced.startswith(("\\", "$")) else balanced


def markdown(text: str) -> str:
    r"""Escape text for Markdown (CommonMark, GitHub, pandoc, Quarto), a cell of a pipe table included.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        One line in which no character has a meaning of its own to Markdown.

    Examples
    --------
    >>> print(markdown("a|b_c"))
    a\|b\_c

    """
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def spreadsheet(text: str) -> str:
    """Guard a cell of a CSV file that a spreadsheet would take for a formula, whatever sign it cuts lines at.

    Parameters
    ----------
    text : str
        A text cell. Numbers are never guarded.

    Returns
    -------
    str
        The text, with an apostrophe before it if it begins with ``= + - @``, a tab or a line end (or their
        full-width forms); and before each such sign that follows ``;``, ``|``, a tab or a line end, where a cell would
        begin if the file were opened with another separator. Blanks, apostrophes and quotation marks may stand between.
        Taking away one apostrophe at each of these places always gives back the text.

    Examples
    --------
    >>> spreadsheet("=1+1"), spreadsheet("-nya"), spreadsheet("akuntabel"), spreadsheet("a;=1+1")
    ("'=1+1", "'-nya", 'akuntabel', "a;'=1+1")

    """
    return _OPENS.sub("'", text)


def unguarded(cell: str) -> str:
    """Take back what `spreadsheet` put into a cell.

    Parameters
    ----------
    cell : str
        A cell of a CSV file, guarded or not.

    Returns
    -------
    str
        The text that was guarded.

    Examples
    --------
    >>> unguarded(spreadsheet("=1+1")), unguarded(spreadsheet("a;'-nya")), unguarded("'akuntabel")
    ('=1+1', "a;'-nya", "'akuntabel")

    """
    return _GUARDED.sub("", cell)


def _spelled(match: re.Match[str]) -> str:
    """Write a character by its code point."""
    return f"[U+{ord(match.group()):04X}]"
