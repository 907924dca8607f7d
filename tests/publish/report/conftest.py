"""A study in a folder of its own: two articles, exhibits with evidence, and a notebook that was run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.plots.style import new_figure, style
from kit.publish.report.report import files_of

TITLES = ["Warga <b>minta dilayani</b> & didengar oleh pejabat kota", None]
TEXTS = [
    "ASN harus melayani warga dengan akuntabel, kata Lurah Contoh di kantornya. Pelayanan <script>alert(1)</script>.",
    "Pemerintah kota menjanjikan transparansi anggaran kepada seluruh masyarakat yang tinggal di sana. ASN melayani.",
]


BOOK = {
    "concepts": [
        "concept,parent,label_id,label_en,definition,definition_id",
        "akuntabel,asas,akuntabilitas,accountability,To answer for,Bertanggung jawab",
        "aparatur,aktor,aparatur,officials,Officials,Pegawai <negeri>",
    ],
    "patterns": [
        "concept,pattern,kind,language,enabled",
        "akuntabel,akuntabel,form,id,yes",
        "aparatur,ASN,abbreviation,id,yes",
    ],
}


@dataclass
class Study:
    """A study with its corpus and its executed notebook."""

    settings: kit.settings.Settings
    corpus: kit.Corpus
    executed: dict[str, Any]

    def report(self, *, withhold: bool = False) -> dict[str, bytes]:
        """The files of its report."""
        return files_of(self.settings, self.corpus, self.executed, withhold=withhold)


def made_of(texts: list[str], titles: list[Any], folder: Path) -> Study:
    """Make the exhibits of a corpus and a notebook that shows them, and others."""
    ids = [f"d{row}" for row in range(len(texts))]
    frame = pd.DataFrame({"doc_id": ids, "title": titles, "outlet": "Harian <i>", "text": texts})
    corpus, book = kit.Corpus.from_frame(frame, clean=False), kit.load_codebook(folder / "buku")
    words = {"en": "Concepts <i>", "id": "Konsep <i>"}
    concepts = kit.concept_frequencies(corpus, book)
    concepts = concepts[concepts["mentions"] > 0]
    evidence = kit.evidence(corpus, kit.find_passages(corpus, concepts, codebook=book))
    lines = kit.concordance(corpus, "asn").drop(columns="line_id")
    with style():
        canvas, axes = new_figure("double", 60)
        axes.plot([1, 2])
    shown = [
        kit.Table(concepts, id="tbl-concepts", title=words, evidence=evidence).save(),
        kit.Figure(canvas, id="fig-line", title=words, data=concepts, alt=words).save(),
        kit.Table(lines, id="tbl-lines", title={"en": "Lines", "id": "Baris"}).save(),
        kit.Table(lines.head(0), id="tbl-none", title={"en": "None", "id": "Kosong"}).save(),
    ]
    plain = pd.DataFrame({"title": titles, "n": range(len(titles))}).to_html()
    results = [{"text/html": one._repr_html_(), "text/plain": "x"} for one in shown]
    results += [{"text/html": plain, "text/plain": "x"}, {"text/plain": texts[0]}, {"text/plain": "Corpus"}]
    cells = [{"cell_type": "markdown", "source": "# 1 A study\n\nText <script>x</script>\n\n## Part\n\n## Part"}]
    cells += [
        {
            "cell_type": "code",
            "source": f"show({number})",
            "outputs": [{"output_type": "execute_result", "data": data, "metadata": {}}],
        }
        for number, data in enumerate(results)
    ]
    return Study(kit.load_settings(folder), corpus, {"01_study": {"cells": cells}})


@pytest.fixture(scope="module")
def make_study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Study]]:
    """Make a study of some texts and titles."""
    with pytest.MonkeyPatch.context() as patch:

        def make(texts: list[str], titles: list[Any]) -> Study:
            root = tmp_path_factory.mktemp("ruang kerja é")
            (root / "pyproject.toml").write_text('[tool.kit]\ncodebook = "buku"\n', encoding="utf-8")
            (root / "buku").mkdir()
            for name, rows in BOOK.items():
                (root / "buku" / f"{name}.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
            patch.chdir(root)
            return made_of(texts, titles, root)

        yield make


@pytest.fixture(scope="module")
def study(make_study: Callable[..., Study]) -> Study:
    return make_study(TEXTS, TITLES)
