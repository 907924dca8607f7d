"""The explorers over a corpus in parts show what they show of the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.explore.listing import columns_of
from kit.parts.parted import PartedCorpus
from tests.measures.test_parted_measures import cut, same

TEXTS = (
    'KOTA CONTOH - ASN melayani warga miskin. "Kami akuntabel," kata Bupati Siti Aminah nomor {}.\nBaca Juga: Judul',
    "Petugas melayani warga pada hari {}. Warga kecewa.",
    "Tim menang laga di stadion malam {}.",
)
CUTS = ((1, 0, None), (2, 1, 2), (3, 2, None))  # parts, seed, threads
STEPS = {
    "concordance": [
        ("query", "warga"), ("sort", "L1"), ("page", 1), ("group", "outlet"), ("column", "outlet"), ("value", "Y"),
        ("query", "concept:melayani"), ("rank", "concepts"), ("story", True), ("sample", 4),
    ],
    "concepts": [
        ("group", "outlet"), ("time", "month"), ("concept", "melayani"), ("column", "outlet"), ("value", "Y"),
        ("view", "dispersion"), ("view", "collocates"), ("view", "passages"), ("view", "validity"),
    ],
    "comparison": [
        ("unit", "lexeme"), ("first", "Y"), ("view", "words"), ("view", "passages"), ("concept", "melayani"),
    ],
    "topics": [("view", "terms"), ("topic", "2"), ("view", "passages"), ("view", "sources")],
}  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> kit.Corpus:
    rows = [
        {
            "doc_id": f"d{n:02}",
            "text": TEXTS[n % 3].format(n),
            "date": f"2024-0{1 + n // 18}-02",
            "outlet": "XY"[n % 2],
            "title": f"Judul {n}",
        }
        for n in range(36)
    ]
    return kit.Corpus.from_frame(pd.DataFrame(rows))


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> kit.Codebook:
    folder = tmp_path_factory.mktemp("codebook")
    named = "melayani,mutu,melayani,serving,d,s,yes\nwarga,mutu,warga,citizens,d,s,no\n"
    concepts = "concept,parent,label_id,label_en,definition,source,core\n" + named
    patterns = "concept,pattern,kind,language,enabled\nmelayani,melayani,form,id,yes\nwarga,warga,form,id,yes\n"
    (folder / "concepts.csv").write_text(concepts, encoding="utf-8")
    (folder / "patterns.csv").write_text(patterns, encoding="utf-8")
    return kit.load_codebook(folder)


def explorer_of(kind: str, corpus: Any, codebook: kit.Codebook) -> Any:
    """An explorer with pages short enough to turn."""
    if kind == "topics":
        return kit.explore_topics(corpus, kit.fit_topics(corpus, 2), codebook=codebook, size=5, language="en")
    options = {"codebook": codebook, "size": 5, "language": "en"}
    return getattr(kit, f"explore_{kind}")(corpus, **options)


def seen(explorer: Any, steps: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """What is seen after each step, and with the first row open."""
    found = []
    for step in steps:
        found.append(explorer.act(*step))
        if found[-1].get("rows") and step[0] in ("value", "view", "topic", "concept", "rank"):
            found.append(explorer.act("open", found[-1]["rows"][0]["id"]))
            explorer.act("open", found[-1]["rows"][0]["id"])
        assert not found[-1]["problem"], step
    return found


@pytest.mark.parametrize(
    "kind",
    ["concordance", "concepts", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("comparison", "topics"))],
)
def test_every_step_shows_the_same(whole: kit.Corpus, codebook: kit.Codebook, kind: str) -> None:
    one, two = (explorer_of(kind, corpus, codebook) for corpus in (whole, cut(whole, 3, 2, 2)))
    shown = seen(one, STEPS[kind])
    assert any(each.get("detail") for each in shown)
    for here, there in zip(shown, seen(two, STEPS[kind]), strict=True):
        assert here == there
    same(one.table(), two.table())


def test_columns_with_few_values_are_those_of_the_whole() -> None:
    rows = [{"doc_id": f"d{n:02}", "text": f"Warga {n}.", "many": str(n), "few": "AB"[n % 2]} for n in range(60)]
    rows[0]["flags"] = ""
    whole = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    known = columns_of(whole)
    assert known == {"few": ["A", "B"]}
    for cuts in CUTS:
        assert columns_of(cut(whole, *cuts)) == known
    parts = [kit.Corpus.from_frame(pd.DataFrame(some)) for some in ([rows[1]], [{"doc_id": "z", "text": "Lain."}])]
    lacking = PartedCorpus.of(parts)
    assert columns_of(lacking)["few"] == ["B", "not stated"]


def test_the_code_of_a_saved_corpus_gives_the_bytes_of_the_exhibit(
    whole: kit.Corpus, codebook: kit.Codebook, tmp_path: Path, same_bytes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIT_STAGE", raising=False)
    (tmp_path / "pyproject.toml").write_text('[tool.kit]\ncorpus = "saved"\n', encoding="utf-8")
    frame = whole.documents[["doc_id", "text", "date", "outlet", "title"]]
    for first in range(0, 36, 12):
        kit.add_articles(frame.iloc[first : first + 12], tmp_path / "saved", clean=False)
    explorer = explorer_of("concordance", kit.open_corpus("saved"), codebook)
    explorer.act("query", "warga")
    explorer.act("page", 1)
    same_bytes(explorer.model, Path("figures"))
