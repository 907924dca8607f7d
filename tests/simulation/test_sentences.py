"""Sentences name what they are for, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CodebookError
from kit.simulation.sentences import sentences_for

HEAD = "concept,parent,label_id,label_en,definition\n"


def codebook_of(folder: Path, concepts: list[str], patterns: list[tuple[str, str]]) -> kit.Codebook:
    lines = [f"{name},induk,{name},{name},arti" for name in concepts]
    (folder / "concepts.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    rows = [f"{concept},{pattern},{'phrase' if ' ' in pattern else 'form'},id" for concept, pattern in patterns]
    (folder / "patterns.csv").write_text("concept,pattern,kind,language\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return kit.load_codebook(folder)


@pytest.fixture(scope="module")
def shipped() -> kit.Codebook:
    return kit.load_codebook()


def test_every_concept_of_the_shipped_codebook_has_natural_sentences(shipped: kit.Codebook) -> None:
    found = sentences_for(shipped)
    assert list(found.named) == shipped.concepts["concept"].tolist()
    assert all(len(numbers) >= 2 for numbers in found.named.values())
    assert not any("“" in found.texts[number] for numbers in found.named.values() for number in numbers)
    assert len(found.fillers) == 24


def test_each_sentence_is_one_and_begins_and_ends_as_one(shipped: kit.Codebook) -> None:
    found = sentences_for(shipped)
    used = [*found.fillers.tolist(), *(number for numbers in found.named.values() for number in numbers.tolist())]
    texts = [found.texts[number] for number in used]
    frame = pd.DataFrame({"doc_id": [f"{place:04}" for place in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    assert len(corpus.sentences) == len(texts) == len(set(texts))
    assert all(text[0].isupper() and text[-1] in ".”" and "{" not in text and "  " not in text for text in texts)


def test_a_codebook_of_one_s_own_gets_its_patterns_in_quotation_marks(tmp_path: Path) -> None:
    own = codebook_of(tmp_path, ["banjir", "rapat"], [("banjir", "banjir rob"), ("rapat", "rapat")])
    found = sentences_for(own)
    texts = [found.texts[number] for number in found.named["banjir"]]
    assert texts
    assert all("“banjir rob”" in text for text in texts)
    fillers = [found.texts[number] for number in found.fillers]
    assert not any("rapat" in text.lower().split() for text in fillers)
    assert len(fillers) < 24


def test_a_codebook_that_names_everything_is_refused(shipped: kit.Codebook, tmp_path: Path) -> None:
    found = sentences_for(shipped)
    words = {found.texts[number].rstrip(".").split()[-1].lower() for number in found.fillers}
    own = codebook_of(tmp_path, ["semua"], [("semua", word) for word in sorted(words)])
    with pytest.raises(CodebookError, match="every sentence that should name none"):
        sentences_for(own)
