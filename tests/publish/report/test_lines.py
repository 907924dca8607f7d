"""The index of the search: read back by a loop of its own, it finds what the concordance finds."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.language.tokens import fold
from kit.publish.report import lines
from kit.publish.report.lines import index_of, passages_shown

ROOT = Path(__file__).resolve().parents[3]
TEXTS = [
    "Pelayanan publik, pelayanan warga: PNS melayani warga/masyarakat. Masyarakat dilayani 24 jam.",
    "😀 Jum’at lalu ASN melayani warga. Warga, masyarakat tugas-tugasnya \U0001d4d0 selesai; UU No. 25/2009 berlaku.",
    "",
    "Melayani-warga itu tugas. Pelayan masyarakat [sic] \u2028 tidak minta dilayani; ia “melayani”.",
]
QUERIES = [
    "melayani", "MELAYANI", "Warga", "pelayan*", "*layan*", "?elayan*", "dilayan?", "melayani warga", "*layani warga",
    "pelayanan publik", "warga masyarakat", "publik pelayanan", "warga warga", "jum'at", "Jum’at", "jum`at", "24", "25",
    "uu no *", "no 25", "tugas-tugasnya", "tugas*", "masyarakat dilayani", "layan", "*", "* *", "tidak minta *",
    "form:asn", "asn melayani warga", "m*i w*", "selesai uu", "pelayan masyarakat sic",
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    stated = {"title": ["Satu <b>", None, "Tiga", "Empat"], "outlet": [None, "Harian Contoh", None, None]}
    frame = pd.DataFrame({"doc_id": ["a", "b", "c", "d"], "text": TEXTS, **stated})
    return kit.Corpus.from_frame(frame, clean=False)


def read(data: bytes | None) -> dict[str, Any]:
    """The index, as a browser gets it."""
    assert data is not None
    text = data.decode("ascii")
    assert text.startswith("window.kitLines = ")
    found: dict[str, Any] = json.loads(text.removeprefix("window.kitLines = ").rstrip().rstrip(";"))
    return found


def found(index: dict[str, Any], query: str) -> list[tuple[str, str]]:
    """Every occurrence of a query, word by word: the name of the document, and the text of the match."""
    globs = [fold(word).replace("[", "[[]") for word in query.removeprefix("form:").split()]
    forms = [index["forms"][row] for row in index["types"]]
    words, row = [], 0
    for document in index["documents"]:
        units = document["text"].encode("utf-16-le", "surrogatepass")
        place = 0
        for _ in range(document["words"]):
            place += index["starts"][row]
            words.append((document["name"], units, place, place + index["lengths"][row]))
            row += 1
    assert row == len(forms) == len(index["joined"])
    made = []
    for first in range(len(words) - len(globs) + 1):
        last = first + len(globs) - 1
        if all(fnmatchcase(forms[first + n], one) for n, one in enumerate(globs)) and all(
            index["joined"][n] == "1" for n in range(first, last)
        ):
            name, units, begin, _ = words[first]
            made.append((name, units[2 * begin : 2 * words[last][3]].decode("utf-16-le")))
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_it_finds_what_the_concordance_finds(corpus: kit.Corpus, query: str) -> None:
    table = kit.concordance(corpus, query)
    expected = list(zip(table["doc_id"], table["node"], strict=True))
    assert [(name, " ".join(node.split())) for name, node in found(read(index_of(corpus, {})), query)] == expected


def test_queries_cover_what_is_found_and_what_is_not(corpus: kit.Corpus) -> None:
    counts = {query: len(kit.concordance(corpus, query)) for query in QUERIES}
    assert counts["melayani"] == 3
    assert counts["melayani warga"] == 2
    assert counts["publik pelayanan"] == counts["warga warga"] == counts["layan"] == 0
    assert counts["jum'at"] == counts["Jum’at"] == counts["jum`at"] == 1
    assert counts["uu no *"] == 1


def test_places_are_those_of_javascript(corpus: kit.Corpus) -> None:
    """Two letters of the second text lie beyond the 65,536 that one unit holds."""
    document = read(index_of(corpus, {"b": [(2, 8, "x.html#1"), (0, 10_000, "beyond")]}))["documents"][1]
    assert document["passages"] == [[3, 9, "x.html#1"]]
    assert document["stated"] == ["Harian Contoh"]


def test_the_index_of_a_corpus_in_parts_is_that_of_one(corpus: kit.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    names = corpus.documents["doc_id"].tolist()
    parts = kit.PartedCorpus.of([corpus.where(doc_id=names[1:]), corpus.where(doc_id=names[:1])])
    assert index_of(parts, {}) == index_of(corpus, {})
    monkeypatch.setattr(lines, "LARGEST", 10)
    assert index_of(parts, {}) is None


def test_an_index_that_is_too_large_is_left_out(corpus: kit.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(index_of(corpus, {}) or b"")
    monkeypatch.setattr(lines, "LARGEST", size)
    assert index_of(corpus, {}) is not None
    monkeypatch.setattr(lines, "LARGEST", size - 1)
    assert index_of(corpus, {}) is None
    monkeypatch.setattr(lines, "LARGEST", 10)  # not even made
    assert index_of(corpus, {}) is None


def test_links_lead_to_the_passage_on_the_page_of_evidence() -> None:
    figures = ROOT / "figures"
    passages = passages_shown(figures)
    texts = dict(kit.load_corpus(ROOT / "corpus").documents.set_index("doc_id")["text"])
    assert passages
    for name, places in passages.items():
        for begin, end, link in places:
            place, _, anchor = link.partition("#")
            page = (figures / place).read_text(encoding="utf-8")
            item = page.partition(f'<li id="{anchor}">')[2].partition("</li>")[0]
            quote = re.sub("<[^>]*>", "", item.partition("</blockquote>")[0]).strip()
            assert quote.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&") == texts[name][begin:end]


def test_a_page_of_evidence_without_passages_is_not_led_to(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "tbl-x.html").write_text("", encoding="utf-8")
    (tmp_path / "evidence" / "tbl-x.csv").write_text("key,doc_id,start\nk,a,0\n", encoding="utf-8")
    assert passages_shown(tmp_path) == {}


def test_a_corpus_without_a_word_has_an_index() -> None:
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["", "…"]})
    index = read(index_of(kit.Corpus.from_frame(frame, clean=False), {}))
    assert index["types"] == index["starts"] == index["marks"] == []
    assert [one["words"] for one in index["documents"]] == [0, 0]
