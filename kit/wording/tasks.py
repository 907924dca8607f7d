"""What people want to do, and the call that does it: tasks.csv beside this, and how a task is found by its words.

``python -m kit.wording.tasks > docs/tasks.md`` writes the page; a test compares them and runs every call.
"""

from __future__ import annotations

import csv
import functools
import re
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

_FILE = Path(__file__).with_name("tasks.csv")
_NAME = re.compile(r"\b(?:kit|corpus|Corpus)\.([A-Za-z_]\w*)")
_WORD = re.compile(r"\w+")
_INTRODUCTION = """\
# Tasks / Tugas

What you want to do, the call that does it, and what the field and other programs (AntConc, quanteda, #LancsBox,
Wordless and others) call it. `kit.describe_measure("kwic")` finds a call by any of these words;
`help(kit.concordance)` and `docs/reference/` say what else it takes. Every line was run on the demonstration corpus,
from top to bottom.

*Apa yang ingin Anda lakukan, panggilan yang melakukannya, dan sebutannya dalam bidang ini serta dalam program lain.
`kit.describe_measure("daftar kata")` mencari panggilan dengan kata mana pun di sini. Setiap baris telah dijalankan pada
korpus demonstrasi, dari atas ke bawah.*

    import kit

This file is generated: edit `kit/wording/tasks.csv`, then `python -m kit.wording.tasks > docs/tasks.md`.
"""


@dataclass(frozen=True)
class Task:
    """Something that people want to do.

    Parameters
    ----------
    group : str
        The heading it stands under, in both languages.
    call : str
        The line of Python that does it, with ``corpus``, ``codebook`` and what earlier lines have made.
    en, id : str
        What it is, after "I want to" and "Saya ingin".
    words : tuple of str
        What the field calls it, in English and Indonesian.
    tools : str
        What other programs call it; empty where they have nothing like it.

    """

    group: str
    call: str
    en: str
    id: str
    words: tuple[str, ...]
    tools: str

    @property
    def names(self) -> set[str]:
        """The functions and methods that the call names, in small letters."""
        return {name.casefold() for name in _NAME.findall(self.call)}

    @property
    def text(self) -> set[str]:
        """Every word that it is told in, in small letters."""
        return set(_WORD.findall(" ".join([self.call, self.en, self.id, *self.words, self.tools]).casefold()))


@dataclass(frozen=True)
class TaskCard:
    """The tasks that go by some words, with the calls that do them.

    Parameters
    ----------
    asked : str
        The words.
    tasks : tuple of Task
        What goes by them, in the order of docs/tasks.md; each has `call`, `en`, `id`, `words`, `tools` and `group`.

    """

    asked: str
    tasks: tuple[Task, ...]

    def __str__(self) -> str:
        """Return the tasks as plain text."""
        return "\n".join(f"{task.en} ({task.id}):\n  {task.call}" for task in self.tasks)

    def __repr__(self) -> str:
        """Return the tasks as plain text, so that a console shows them."""
        return str(self)

    def _repr_markdown_(self) -> str:
        """Return the tasks as Markdown, which a notebook shows."""
        return "\n".join(f"- {task.en} / *{task.id}*: `{task.call}`" for task in self.tasks)


@functools.cache
def tasks() -> tuple[Task, ...]:
    """Read the tasks, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Task(**{key: text for key, text in row.items() if key != "words"}, words=tuple(row["words"].split("; ")))
            for row in csv.DictReader(file)
        )


def find_tasks(asked: str) -> TaskCard | None:
    """Find tasks by the name of a function, by what the field calls them, or by words they are told in; None if none.

    Examples
    --------
    >>> print(find_tasks("KWIC"))
    see a word, phrase or concept in its contexts (melihat kata, frasa atau konsep dalam konteksnya):
      kit.concordance(corpus, ["pelayanan", "akuntab*"], context=8)

    """
    wanted = asked.casefold().strip().removeprefix("kit.").removesuffix("()")
    given = set(_WORD.findall(wanted))
    ways = (
        lambda task: wanted in task.names,
        lambda task: wanted in {word.casefold() for word in task.words},
        lambda task: bool(given) and given <= task.text,
    )
    for fits in ways:
        found = tuple(task for task in tasks() if fits(task))
        if found:
            return TaskCard(asked, found)
    return None


def tasks_document() -> str:
    """Return the text of docs/tasks.md."""
    parts = [_INTRODUCTION]
    for group, members in groupby(tasks(), lambda task: task.group):
        parts.append(f"\n## {group}\n")
        parts.append(
            "| I want to … / *Saya ingin …* | call / *panggilan* | also called / *sebutan lain* |\n|---|---|---|"
        )
        for task in members:
            cells = (
                f"{task.en}<br>*{task.id}*",
                f"`{task.call}`",
                "<br>".join(filter(None, (", ".join(task.words), task.tools))),
            )
            parts.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(tasks_document())
