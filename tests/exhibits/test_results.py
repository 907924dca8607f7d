"""Objects of the kit in a notebook: what they are and their first rows; an error is one paragraph."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pandas as pd

import kit
from kit.exhibits import results
from kit.exhibits.prompt import SHOWN

SESSION = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("import kit, pandas as pd")
shell.run_cell("frame = pd.DataFrame({'doc_id': ['a'], 'text': ['ASN rahasia.']})")
shell.run_cell("corpus = kit.Corpus.from_frame(frame)")
bundle, _ = shell.display_formatter.format(shell.user_ns["corpus"])
print(bundle["text/plain"].splitlines()[-1].split())
print("HTML" if "<table" in bundle["text/html"] and "rahasia" not in bundle["text/html"] else bundle)
done = shell.run_cell("kit.concordance(corpus, 're:(')")
print(type(done.error_in_exec).__name__)
shell.run_cell("1 / 0")
"""


def test_every_class_is_where_it_is_looked_for() -> None:
    assert all(hasattr(importlib.import_module(module), name) for module, name in SHOWN.items())


def test_a_prompt_shows_objects_and_tells_errors_in_one_paragraph() -> None:
    ran = subprocess.run([sys.executable, "-c", SESSION], capture_output=True, text=True, check=True)
    row, *lines = ran.stdout.splitlines()
    assert row == "['0', 'a', '2', '1']"  # of a table of sizes: no text
    assert lines[0] == "HTML"
    told = "\n".join(lines[1:]).partition("QueryError\n")[0]
    assert told.startswith("QueryError: ")
    assert "->" in told
    assert len(told.splitlines()) == 1
    assert "Traceback" in ran.stdout.partition("QueryError\n")[2]  # errors of others are shown as ever


def test_tables_are_cut_and_escaped() -> None:
    frame = pd.DataFrame({"doc_id": [f"<b>{row}" for row in range(9)], "text": ["ASN melayani warga."] * 9})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    shown = results.html(corpus)
    assert "&lt;b&gt;0" in shown
    assert "<b>0" not in shown
    assert "melayani" not in shown
    assert "8" in shown.rpartition("</table>")[2]  # how many of how many rows
    assert kit.load_codebook().concepts["concept"][0] in results.html(kit.load_codebook())
    network = kit.concept_network(corpus, kit.load_codebook())
    assert results.html(network).count("<h4>") >= 2


def test_settings_are_a_list_of_names_and_values() -> None:
    shown = results.html(kit.load_settings())
    assert "<th scope='row'>labels</th>" in shown


def test_a_terminal_shows_tables_and_settings_line_by_line() -> None:
    settings = kit.load_settings()
    lines = results.text(settings).splitlines()
    assert lines[0] == "Settings"
    assert "labels" in [line.split()[0] for line in lines[1:]]
    assert any(line.split() == ["study.by", "outlet"] for line in lines)
    assert repr(settings).startswith(f"<Settings of {settings.root}: ")
    common = results.text(kit.general_indonesian())
    assert "items (30,877)" in common
    assert len(common.splitlines()) < 15
    assert "items" in results.html(kit.general_indonesian())
