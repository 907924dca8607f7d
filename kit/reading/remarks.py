"""What is said of an article that is read all the same."""

from __future__ import annotations

import zlib

from kit.errors import ReadingError


class Remark(ReadingError):  # noqa: N818 - it is said, not raised
    """A cell that is left empty, or a way of reading that is to be known: no article is lost by it.

    Examples
    --------
    >>> print(Remark("date 'besok' is not a date the kit can read", remedy="write 2024-02-04").at("a.csv#2"))
    a.csv#2: date 'besok' is not a date the kit can read -> write 2024-02-04

    """

    def at(self, place: str) -> Remark:
        """Return it with its place."""
        return Remark(self.problem, place=place, remedy=self.remedy)


def unreadable(error: OSError | EOFError | ValueError | zlib.error, place: str) -> ReadingError:
    """Say that a file or folder is refused by the system or broken; the message holds no path of this machine."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ReadingError(f"cannot be read ({reason})", place=place, remedy="check the link, the permissions or the file")
