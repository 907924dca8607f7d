"""Notebook 06 as it stands, run by the build: one article gives tables that say why, many give the full picture."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "06_topics.ipynb"
NEWS = {"tempo": 450, "kompas": 150}
DATES = ("2018-09-01", "2019-09-01")  # all of them are of one month: half of them are put into another year
PICTURES = ("fig-topic-choice", "fig-topic-groups", "fig-topic-time")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not NOTEBOOK.is_file(), reason="notebook 06 is not among the notebooks yet"),
]


def build(root: Path, corpus: str) -> Path:
    """Make a project with this one notebook, build it, and return its folder of figures."""
    (root / "notebooks").mkdir(parents=True)
    shutil.copy(NOTEBOOK, root / "notebooks")
    (root / "pyproject.toml").write_text(f'[tool.kit]\ncorpus = "{corpus}"\n', encoding="utf-8")
    (root / "requirements.lock").write_text("pandas==3\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kit.build", "figures"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=1_800,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "figures"


def table(figures: Path, id_: str) -> pd.DataFrame:
    folder = figures / "tables" if id_.startswith("tbl-") else figures
    return pd.read_csv(folder / f"{id_}.csv", keep_default_na=False, na_values=[""])


def said(figures: Path, id_: str, what: str) -> str:
    words: str = json.loads((figures / f"{id_}.json").read_text("utf-8"))[what]["en"]
    return words


def test_one_article_has_no_topics_and_the_notes_say_how_many_are_needed(tmp_path: Path, seed_raw: str) -> None:
    (tmp_path / "corpus" / "articles").mkdir(parents=True)
    (tmp_path / "corpus" / "articles" / "a.txt").write_text(seed_raw, encoding="utf-8")
    figures = build(tmp_path, "corpus")
    for id_ in (
        "tbl-topics",
        "tbl-topic-quality",
        "tbl-topic-terms",
        "tbl-topic-sources",
        "fig-topic-groups",
        "fig-topic-time",
    ):
        assert "need at least 50 articles" in said(figures, id_, "missing")
        assert not [*figures.rglob(f"{id_}.csv")]


@pytest.mark.data
def test_six_hundred_news_give_the_full_picture(tmp_path: Path, shared_data: Path) -> None:
    rows: list[dict[str, str]] = []
    for outlet, number in NEWS.items():
        with gzip.open(shared_data / "clickid_news" / f"{outlet}.jsonl.gz", "rt", encoding="utf-8") as file:
            news = [json.loads(line) for line in file]
        rows += [
            {"doc_id": article["id"], "outlet": outlet, "date": date, "text": article["text"]}
            for article, date in zip(news[:: len(news) // number][:number], cycle(DATES), strict=False)
        ]
    pd.DataFrame(rows).to_csv(tmp_path / "news.csv", index=False)
    figures = build(tmp_path, "news.csv")

    topics = table(figures, "tbl-topics")
    choice = table(figures, "fig-topic-choice")
    number = int(choice.loc[choice["recommended"], "n_topics"].iloc[0])
    assert topics["topic"].tolist() == list(range(1, number + 1))
    assert f"Number of topics: {number}, as recommended of 5, 10, 15, 20." in said(figures, "tbl-topics", "note")
    assert set(topics["supported"]) <= {True, False}
    assert topics["share"].sum() == pytest.approx(1, abs=0.01)
    assert ((topics["low"] <= topics["share"]) & (topics["share"] <= topics["high"])).all()
    assert topics["stability"].between(0, 1).all()
    quality = table(figures, "tbl-topic-quality")
    assert quality["npmi"].mean() > 0.3
    assert quality["probable_terms"].str.count(",").eq(7).all()
    assert topics["frex_terms"].str.count(",").eq(7).all()
    assert topics["passage"].str.len().gt(20).all()
    assert set(table(figures, "fig-topic-groups")["group"]) == set(NEWS)
    assert len(table(figures, "fig-topic-time")) >= number
    assert table(figures, "fig-topic-choice").notna().any(axis=None)
    outlets = table(figures, "tbl-topic-sources").query("source == 'outlet'")
    assert outlets["epsilon2"].notna().all()
    assert outlets["stories"].eq(sum(NEWS.values())).all()
    for picture in PICTURES:
        assert (figures / f"{picture}.png").stat().st_size > 10_000
