"""Errors a user of the kit can act on: each names the place, the problem and the remedy."""

from __future__ import annotations


class KitError(Exception):
    """An error that the user can correct.

    Parameters
    ----------
    problem : str
        What is wrong, with the offending value.
    place : str, optional
        File, row or argument where it is wrong.
    remedy : str, optional
        What to do about it.

    Examples
    --------
    >>> print(KitError("unknown kind 'fraze'", place="patterns.csv, row 7", remedy="use form, phrase or abbreviation"))
    patterns.csv, row 7: unknown kind 'fraze' -> use form, phrase or abbreviation

    """

    def __init__(self, problem: str, *, place: str = "", remedy: str = "") -> None:
        self.problem, self.place, self.remedy = problem, place, remedy
        message = f"{place}: {problem}" if place else problem
        super().__init__(f"{message} -> {remedy}" if remedy else message)


class SettingsError(KitError):
    """The settings under [tool.kit] in pyproject.toml cannot be used."""


class ReadingError(KitError):
    """A file of the corpus or its metadata cannot be read."""


class CorpusError(KitError):
    """A corpus cannot be built or selected from as asked."""


class CodebookError(KitError):
    """A codebook file breaks one of its rules."""


class QueryError(KitError):
    """A query or parameter of a measure has no meaning for this corpus."""


class CodingError(KitError):
    """A coded file or the record of codings is damaged, or does not belong to the sheet."""


class ExhibitError(KitError):
    """A table or figure cannot be saved as asked."""


class BuildError(KitError):
    """A target of make.py cannot be built."""
