"""Lists of concepts: sentences written for this test, each with the members a reader would name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.codebook.variants import without_context
from kit.errors import QueryError
from kit.measures.association.lists import find_lists

CODEBOOK = without_context(kit.load_codebook())
BODY = (Path(__file__).parents[2] / "oracles" / "seed_article_body.txt").read_text(encoding="utf-8")


def lists_of(*texts: str, size: int = 3) -> list[list[str]]:
    """The surfaces of the members of each list."""
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    found = find_lists(corpus, CODEBOOK, size=size)
    passages = corpus.documents["text"]
    surfaces = [passages[row.doc][row.start : row.end] for row in found.itertuples()]
    return [[surfaces[place] for place in group] for _, group in sorted(found.groupby("list").indices.items())]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Dana dikelola secara efektif, efisien, transparan dan akuntabel.", "efektif efisien transparan akuntabel"),
        (
            "Dana dikelola secara efektif, efisien, transparan, dan akuntabel oleh dinas.",
            "efektif efisien transparan akuntabel",
        ),
        ("Yang dituntut: transparansi; akuntabilitas; serta partisipasi.", "transparansi akuntabilitas partisipasi"),
        (
            "Nilai itu ialah partisipasi, kesabaran hati, akuntabilitas, dan transparansi.",
            "partisipasi akuntabilitas transparansi",
        ),
        (
            "Hal ini menuntut transparansi anggaran daerah, akuntabilitas kinerja, dan partisipasi.",
            "akuntabilitas partisipasi",
        ),
        ("Kerja yang efektif/efisien/transparan dipuji.", "efektif efisien transparan"),
        ("Kerja secara efektif dan/atau secara efisien serta yang lebih transparan.", "efektif efisien transparan"),
    ],
)
def test_members_by_hand(text: str, members: str) -> None:
    wanted = members.split()
    expected = [wanted] if len(wanted) >= 3 else []
    assert lists_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Warga menilai pelayanan publik belum efektif dan efisien.",  # two
        "Dana itu efektif, efisien, dan berdaya guna.",  # three members, two concepts
        "ASN mengatakan, warga harus dilayani dengan baik oleh petugas, dan transparansi dijaga.",  # clauses
        "Efektif bagi warga yang lama menunggu, lalu efisien menurut pimpinan yang baru saja hadir, dan transparan.",
        "Dana efektif, efisien.\nTransparan dan akuntabel.",  # two sentences
        "Dana efektif dan efisien, karena transparan, akuntabel.",  # a new clause
        "",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert lists_of(text) == []


def test_two_lists_in_a_sentence_and_their_size() -> None:
    text = "Yang efektif, efisien, dan transparan, karena ASN, warga, dan bupati hadir."
    assert lists_of(text) == [["efektif", "efisien", "transparan"], ["ASN", "warga", "bupati"]]
    assert lists_of("Efektif dan efisien.", size=2) == [["Efektif", "efisien"]]
    assert lists_of("Yang efektif, efisien, dan transparan.", size=4) == []
    with pytest.raises(QueryError):
        lists_of("x", size=1)


def test_words_inside_a_mention_do_not_cut() -> None:
    text = "Yang akuntabel, bersih dan bebas, serta laporan keterangan pertanggungjawaban, dan transparan."
    assert lists_of(text) == [["akuntabel", "bersih dan bebas", "laporan keterangan pertanggungjawaban", "transparan"]]


def test_a_gloss_is_part_of_its_member() -> None:
    assert lists_of("Hadir Aparatur Sipil Negara (ASN), warga, dan bupati.") == [
        ["Aparatur Sipil Negara", "warga", "bupati"]
    ]


def test_the_seed_has_two_lists() -> None:
    """The four adjectives of the third sentence and the four themes of the last, as the specification says."""
    found = lists_of(BODY)
    assert found[0] == ["efektif", "efisien", "transparan", "akuntabel"]
    assert [member.split()[0] for member in found[1]] == ["pengentasan", "peningkatan", "digitalisasi", "percepatan"]
    assert len(found) == 2


PARTS = st.lists(
    st.sampled_from(
        ["efektif", "efisien", "transparan", "ASN", "warga", "kata", ",", "dan", "bahwa", "yang", "\n", ":"]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=20)
@given(st.lists(PARTS, max_size=3))
def test_lists_hold_what_they_promise(texts: list[str]) -> None:
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    mentions = kit.find_mentions(corpus, CODEBOOK)
    found = find_lists(corpus, CODEBOOK)
    assert found.columns.tolist() == ["list", "doc_id", "doc", "sentence", "concept", "start", "end"]
    for _, group in found.groupby("list"):
        assert group["concept"].nunique() >= 3
        assert len(set(group["sentence"])) == 1
    keys = ["doc", "start", "end", "concept"]
    assert len(found.merge(mentions[~mentions["gloss"]], on=keys)) == len(found)
    assert found.equals(find_lists(corpus, CODEBOOK, mentions=mentions))
    turned = kit.Corpus.from_frame(frame.assign(doc_id=[f"d{9 - row}" for row in range(len(texts))]), clean=False)
    assert len(find_lists(turned, CODEBOOK)) == len(found)
