"""Dictionaries of quanteda, LIWC, Yoshikoder and REFI-QDA: in, out, and what has no counterpart."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.codebook.exchange import quanteda
from kit.codebook.exchange.trees import Node
from kit.errors import CodebookError

CODEBOOK = kit.load_codebook()
YAML = """\
pelayanan:
  layanan:
  - layanan
  - pelayanan publik
  - LAYANAN
  melayani: melayani
__: nothing
aparat:
- pegawai
- "ya (tidak)"
- aparat*
"""
LIWC = """\
%
1\tpelayanan
\t2\tlayanan
3\taparat
%
layanan\t1\t2
pegawai   3
pelayanan publik\t2
(asal) 3\t3
kata<of>131/125 3
warga\t9
"""
YKD = """\
<?xml version="1.0" encoding="UTF-8"?>
<dictionary style="050805" patternengine="substring">
<cnode name="Laver &amp; Garry">
<cnode name="pelayanan" desc="Layanan &lt;publik&gt;"><pnode name="layanan"/><pnode name="pelayanan publik"/></cnode>
<cnode name="aparat"><cnode name="asn"><pnode name="pegawai"/></cnode></cnode>
</cnode>
</dictionary>
"""


def taken(folder: Path, name: str, text: str) -> tuple[kit.Codebook, pd.DataFrame]:
    (folder / name).write_text(text, encoding="utf-8")
    left = kit.import_codebook(folder / name, folder / "made")
    return kit.load_codebook(folder / "made"), left


def pairs(codebook: kit.Codebook) -> list[tuple[str, str, str]]:
    return list(codebook.patterns[["concept", "pattern", "kind"]].itertuples(index=False, name=None))


def test_a_dictionary_of_quanteda(tmp_path: Path) -> None:
    codebook, left = taken(tmp_path, "mine.yml", YAML)
    assert pairs(codebook)[:4] == [
        ("layanan", "layanan", "form"),
        ("layanan", "pelayanan publik", "phrase"),
        ("melayani", "melayani", "form"),
        ("__", "nothing", "form"),
    ]
    parents = dict(codebook.concepts[["concept", "parent"]].itertuples(index=False, name=None))
    assert parents == {
        "pelayanan": "mine",
        "layanan": "pelayanan",
        "melayani": "pelayanan",
        "__": "mine",
        "aparat": "mine",
    }
    said = left.set_index("entry")["problem"]
    assert said["LAYANAN"] == "repeats 'layanan'"
    assert "ya (tidak)" in said.index


def test_a_word_that_yaml_reads_as_something_else_stays_a_word(tmp_path: Path) -> None:
    codebook, left = taken(tmp_path, "mine.yml", "bantahan:\n- no\n- 2019\n- null\n- true\n- 1e3\n")
    assert [pattern for _, pattern, _ in pairs(codebook)] == ["no", "2019", "null", "true", "1e3"]
    assert left.empty


SIGNS = st.text(st.sampled_from("ab é'\"-:#~!&*{}[]|>%@`,?.=<01_\t\n\x85\ufeff漢😀"), max_size=8)


@given(st.lists(SIGNS))
def test_yaml_is_written_as_by_its_own_library_whoever_writes_it(patterns: list[str]) -> None:
    written = quanteda.write([Node("kata: kunci", patterns)])
    plain = yaml.safe_dump({"kata: kunci": patterns}, allow_unicode=True, sort_keys=False, width=10_000)
    assert written == plain.encode()


def test_patterns_beside_keys_belong_to_the_key_above(tmp_path: Path) -> None:
    text = "aparat:\n  __:\n  - aparat\n  asn:\n  - pegawai\nwarga:\n- warga\n- rakyat:\n  - rakyat\n"
    codebook, _ = taken(tmp_path, "mine.yaml", text)
    assert pairs(codebook) == [
        ("aparat", "aparat", "form"),
        ("asn", "pegawai", "form"),
        ("warga", "warga", "form"),
        ("rakyat", "rakyat", "form"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [b]\nc: *x\n", r"mine.yml.*an alias"),
        ("a: [b\n", r"mine.yml, line \d+: is no YAML"),
        ("- a\n- b\n", "holds no keys"),
        ("a:\n- '!!!'\n", "holds no pattern"),
        ("\ufeff", "is empty"),
    ],
)
def test_a_broken_dictionary_gets_one_clear_error(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.yml").write_text(text, encoding="utf-8")
    with pytest.raises(kit.KitError, match=said) as caught:
        kit.import_codebook(tmp_path / "mine.yml", tmp_path / "made")
    assert " -> " in str(caught.value)
    assert not (tmp_path / "made").exists()


def test_a_dictionary_of_liwc(tmp_path: Path) -> None:
    codebook, left = taken(tmp_path, "mine.dic", LIWC)
    assert pairs(codebook) == [
        ("pelayanan", "layanan", "form"),
        ("layanan", "layanan", "form"),
        ("layanan", "pelayanan publik", "phrase"),
        ("aparat", "pegawai", "form"),
    ]
    assert list(codebook.concepts["parent"]) == ["mine", "mine", "pelayanan"], "concepts of one parent stand together"
    assert left["problem"].str.extract(r"(line \d+)")[0].tolist() == ["line 9", "line 10", "line 11"]


@pytest.mark.parametrize("text", ["layanan\t1\n", "%\n1\ta\n1\tb\n%\nx\t1\n", "%\nabc\n%\nx\t1\n"])
def test_a_broken_dictionary_of_liwc_says_where(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.dic").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"mine.dic.* -> "):
        kit.import_codebook(tmp_path / "mine.dic", tmp_path / "made")


def test_a_dictionary_of_yoshikoder(tmp_path: Path) -> None:
    codebook, left = taken(tmp_path, "mine.ykd", YKD)
    assert pairs(codebook) == [
        ("pelayanan", "layanan", "form"),
        ("pelayanan", "pelayanan publik", "phrase"),
        ("asn", "pegawai", "form"),
    ]
    assert codebook.concepts["definition"].tolist()[0] == "Layanan <publik>"
    assert left.empty


@pytest.mark.parametrize("ending", [".ykd", ".qdc"])
def test_entities_and_document_types_are_refused(tmp_path: Path, ending: str) -> None:
    text = '<!DOCTYPE dictionary [<!ENTITY a "b">]>\n<dictionary><cnode name="&a;"/></dictionary>'
    (tmp_path / f"mine{ending}").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"document type .* -> delete the <!DOCTYPE"):
        kit.import_codebook(tmp_path / f"mine{ending}", tmp_path / "made")


def test_names_that_differ_in_case_alone_become_concepts_of_their_own(tmp_path: Path) -> None:
    codebook, _ = taken(tmp_path, "mine.yml", "satu:\n  positif:\n  - baik\ndua:\n  Positif:\n  - bagus\n")
    assert list(codebook.concepts["concept"]) == ["satu", "dua", "satu/positif", "dua/Positif"]


def test_a_folder_with_a_codebook_is_left_alone(tmp_path: Path) -> None:
    taken(tmp_path, "mine.yml", YAML)
    with pytest.raises(CodebookError, match=r"holds a codebook -> name a new folder"):
        kit.import_codebook(tmp_path / "mine.yml", tmp_path / "made")


def test_an_unknown_ending_names_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"\.cat.* -> use one of the endings \.yml"):
        kit.export_codebook(CODEBOOK, tmp_path / "mine.cat")


@pytest.mark.parametrize("ending", [".yml", ".dic", ".ykd"])
def test_the_shipped_codebook_goes_out_and_comes_back(tmp_path: Path, ending: str) -> None:
    left = kit.export_codebook(CODEBOOK, tmp_path / f"out{ending}", enclitics=False)
    again = kit.import_codebook(tmp_path / f"out{ending}", tmp_path / "made")
    back = kit.load_codebook(tmp_path / "made")
    enabled = CODEBOOK.patterns[CODEBOOK.patterns["enabled"] == "yes"]
    plain = enabled[enabled["kind"].isin(["form", "phrase", "abbreviation"])]
    plain = plain[~plain["pattern"].str.contains(r"[\[\]()|~]")]
    lost = set(zip(left["concept"], left["entry"], strict=True))
    said = {(concept, pattern) for concept, pattern, _ in pairs(back)}
    for concept, pattern in plain[["concept", "pattern"]].itertuples(index=False):
        assert (concept, pattern) in said or (concept, pattern) in lost or pattern in set(again["entry"])
    off = CODEBOOK.patterns[CODEBOOK.patterns["enabled"] == "no"]
    for concept, pattern in off[["concept", "pattern"]].itertuples(index=False):
        assert (concept, pattern) in lost
    first = (tmp_path / f"out{ending}").read_bytes()
    kit.export_codebook(CODEBOOK, tmp_path / f"again{ending}", enclitics=False)
    assert (tmp_path / f"again{ending}").read_bytes() == first


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pd.DataFrame]:
    """The shipped codebook for quanteda, and what it could not say."""
    file = tmp_path_factory.mktemp("exported") / "out.yml"
    return file, kit.export_codebook(CODEBOOK, file)


def test_what_a_format_cannot_say_is_listed(exported: tuple[Path, pd.DataFrame]) -> None:
    _, left = exported
    said = left.groupby(["concept", "entry"])["problem"].agg(list)
    assert said["good-governance", "GG"] == ["is switched off"]
    assert said["good-governance", "AUPB"] == ["counts in its own case only"]
    assert any(problem.startswith("blocks: ") for problem in said["good-governance", "tata kelola"])


def test_a_word_of_several_patterns_goes_out_once(tmp_path: Path) -> None:
    """Readers of LIWC's dictionaries count a word once for each number behind it, thus twice for 36 and 36."""
    kit.export_codebook(CODEBOOK, tmp_path / "out.dic", enclitics=False)
    rows = (tmp_path / "out.dic").read_text(encoding="utf-8").split("%\n")[2].splitlines()
    numbers = {word: told for word, *told in (row.split("\t") for row in rows)}
    assert len(numbers) == len(rows) > 1000
    assert [word for word, told in numbers.items() if len(set(told)) < len(told)] == []


def test_words_go_out_with_their_enclitics(exported: tuple[Path, pd.DataFrame]) -> None:
    lines = exported[0].read_text(encoding="utf-8").splitlines()
    assert {"  - layanannya", "  - layanan-nya", "  - tata kelolanya"} <= {line.replace("    ", "  ") for line in lines}


def test_a_codebook_of_refi_keeps_hierarchy_definitions_and_names(tmp_path: Path) -> None:
    kit.export_codebook(CODEBOOK, tmp_path / "out.qdc")
    kit.import_codebook(tmp_path / "out.qdc", tmp_path / "made")
    back = kit.load_codebook(tmp_path / "made").concepts
    concepts = CODEBOOK.concepts
    theirs = dict(zip(back["label_en"], back["definition"], strict=True))
    for label, *told in concepts[["label_en", "definition", "include", "exclude"]].itertuples(index=False):
        definition, include, exclude = (" ".join(text.split()) for text in told)
        assert theirs[label] == f"{definition} Counts: {include} Does not count: {exclude}"
    parents = dict(zip(back["concept"], back["parent"], strict=True))
    label = dict(zip(concepts["concept"], concepts["label_en"], strict=True))
    assert {parents[label[concept]] for concept in ("melayani", "dilayani")} == {"pelayanan"}


def test_codes_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    rows = "concept,parent,label_id,label_en,definition\na,g,Layanan,Service,x\nb,g,layanan,service,y\n"
    (tmp_path / "own" / "concepts.csv").write_text(rows, encoding="utf-8")
    patterns = "concept,pattern,kind,language\na,layanan,form,id\nb,pelayanan,form,id\n"
    (tmp_path / "own" / "patterns.csv").write_text(patterns, encoding="utf-8")
    kit.export_codebook(kit.load_codebook(tmp_path / "own"), tmp_path / "out.qdc")
    text = (tmp_path / "out.qdc").read_text(encoding="utf-8")
    assert 'name="Service"' in text
    assert 'name="service (b)"' in text


def test_another_program_reads_the_codebook_of_refi(tmp_path: Path) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda", reason="python3 make.py test sets it up")
    kit.export_codebook(CODEBOOK, tmp_path / "out.qdc")
    read = pyrefiqda.RefiCodebook.load(tmp_path / "out.qdc")
    groups = {group.name: [code.name for code in group.code] for group in read.codes.code}
    assert groups["pelayanan"] == list(CODEBOOK.concepts.query("parent == 'pelayanan'")["label_en"])
    assert all(not group.is_codable and group.color for group in read.codes.code)


def test_alternatives_are_written_out_and_gaps_are_named(tmp_path: Path) -> None:
    (tmp_path / "concepts.csv").write_text(
        "concept,parent,label_id,label_en,definition,source,core\nbaik,a,baik,good,d,s,yes\n", encoding="utf-8"
    )
    (tmp_path / "patterns.csv").write_text(
        "concept,pattern,kind,language,enabled\n"
        "baik,tata kelola [negara] yang (baik|bersih),phrase,id,yes\n"
        "baik,layanan ~2 prima,phrase,id,yes\n"
        "baik,pelayanan ~dan publik,phrase,id,yes\n",
        encoding="utf-8",
    )
    lost = kit.export_codebook(kit.load_codebook(tmp_path), tmp_path / "out.yml", enclitics=False)
    text = (tmp_path / "out.yml").read_text(encoding="utf-8")
    for phrase in ("tata kelola yang baik", "tata kelola negara yang baik", "tata kelola yang bersih", "layanan prima"):
        assert phrase in text
    assert lost.set_index("entry")["problem"].to_dict() == {
        "layanan ~2 prima": "has no counterpart for its gaps and lists",
        "pelayanan ~dan publik": "has no counterpart for its gaps and lists",
    }
