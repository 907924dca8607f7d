"""Damage: what is found, what is mended, and what is left alone; ftfy, which goes another way, is the oracle."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import ftfy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kit.reading.damage import DAMAGED, FOREIGN, REPLACEMENT, examine, mend
from kit.reading.encoding import misread
from kit.reading.news import clean, repaired_only
from kit.reading.text import mended

#: What Indonesian texts hold beyond ASCII.
BEYOND = "“”‘’–—…•·°é½×ñüÉÖ™€≥→şžİ ٱقرآن\u00a0\u00ad\u2003\ufeff😀ꦲ"
ENCODINGS = ("latin-1", "sloppy-windows-1252", "mac_roman")
PLAIN = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


def mended_text(raw: str) -> str:
    """The text, mended."""
    edits, _ = mend(raw, examine(raw)[0])
    return mended(raw, edits).text


def found(raw: str) -> list[tuple[str, str]]:
    """What a text is flagged for."""
    return [(flag.flag, flag.kind) for flag in examine(raw)[1]]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("times", [1, 2])
def test_a_sign_decoded_by_the_wrong_table_comes_back(encoding: str, times: int) -> None:
    for sign in (*"“‘’–—…•·°é½ñüÉÖ™€≥→", "😀", "ꦲ", "\u00a0", "\u2003"):
        raw = sign
        for _ in range(times):
            raw = raw.encode("utf-8").decode(encoding)
        text = f"kata warga {raw}layanan publik"
        assert mended_text(text) == f"kata warga {sign}layanan publik"
        assert found(text) == [(DAMAGED, "wrong_encoding")], sign


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_oracle_mends_the_same(encoding: str) -> None:
    whole = "“Kami melayani – bukan dilayani,” kata Rène Muñoz… di kafé “Ratri”. Suhunya 30°C."
    raw = whole.encode("utf-8").decode(encoding)
    assert mended_text(raw) == ftfy.fix_encoding(raw, PLAIN) == whole


@given(st.text(st.sampled_from(BEYOND + "abz .,\n"), max_size=30))
@example("É” kata dia")
@example("CAFÉ\u00a0ini")
@example("”–“")
def test_what_is_not_damaged_stays(text: str) -> None:
    assert misread(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“Kedai É” dan «Å»",
        "“º”, ”É, €É, ß€",
        "Ratri & Wangi &amp; 'Kami' ﬁnal \x1b[0m ｆｕｌｌ",  # what a fixer of everything would change
        "√2 ≈ 1,4; ¬A; 5 µm; Ω; π; 30 ‰; ƒ/2.8",
        "‚Äußerung' dan „Kata”",
        "satu\x85dua",  # ends a line on some systems
        "Jakarta, Bandung, dan Solo. Warga, kata dia, senang.",
        "Ratri , kata dia , senang . Terdiri dari : a; dan ... b",
        "Ratri, S.H., M.Hum. dan Wangi, S.Sos.,M.Si. hadir bersama Drs.,Ak. serta dr.,Sp.A",
        "Rp 1.500,00 dan 10,5 persen (a, b)",
        "sayang, bayang-bayang, memperoleh, menyadari, sembahyang, peruntukan, disayang",
        "kepadaNya, dariMu, PermenPANRB, iPhone, detikNews, tvOne",
        "قرآن Ελλάδα Москва µg α-karoten 5 kΩ",
        "",
        " ,",
    ],
)
def test_text_that_only_looks_damaged_is_left_alone(text: str) -> None:
    edits = [edit for edit in examine(text)[0] if edit.kind != "lost_link" or text.strip() != ","]
    assert edits == []


@pytest.mark.parametrize(
    ("raw", "text", "kind"),
    [
        ("warga\x96pemda \x93siap\x94", "warga–pemda “siap”", "wrong_encoding"),
        ("Tunggu\x85\nkata dia", "Tunggu…\nkata dia", "wrong_encoding"),
        ("â€œSiap,â€ ujarnya.", "“Siap,” ujarnya.", "wrong_encoding"),  # the last byte was dropped
        ("pukulÂ 10.00", "pukul\u00a0 10.00", "wrong_encoding"),
        ("Mesut Ã–zil", "Mesut Özil", "wrong_encoding"),
        ("lapor 1Ã—24 jam", "lapor 1×24 jam", "wrong_encoding"),
        ("“siap‚Äù", "“siap”", "wrong_encoding"),  # damaged in part
        ("Layanan berakhir.,Warga pulang.", "Layanan berakhir.\nWarga pulang.", "glued_paragraphs"),
        ('“Siap,” katanya.” ,"Kami datang."', '“Siap,” katanya.” \n"Kami datang."', "glued_paragraphs"),
        ("pada 2019.,Pemda", "pada 2019.\nPemda", "glued_paragraphs"),
        ("Ratri danWangi datang", "Ratri dan Wangi datang", "glued_words"),
        ("ujarnya katadi kantor", "ujarnya kata di kantor", "glued_words"),
        ("layanan lanjutandari pemda", "layanan lanjutan dari pemda", "glued_words"),
    ],
)
def test_mends_by_rule_and_keeps_a_record(raw: str, text: str, kind: str) -> None:
    assert found(raw) == [(DAMAGED, kind)]
    assert mended_text(raw) == text
    cleaned = repaired_only(raw)
    assert cleaned.text == text
    assert cleaned.facts == {}
    for repair in cleaned.repaired:
        assert repair.text == raw[repair.start : repair.stop]
    place, back = 0, ""
    for repair in cleaned.repaired:
        back += raw[place : repair.start] + repair.repaired
        place = repair.stop
    assert back + raw[place:] == text


@pytest.mark.parametrize(
    "raw",
    [
        "dikutip dari , Senin (9/9).",
        "Ia dikutip dari . Senin (9/9) ia pergi.",
        "Presiden atau ,. Ia menunggu.",
        "Undang-Undang Pidana ( ,) berlaku.",
        "Undang-Undang Pidana (,) berlaku.",
        "ruas  ,, Solo",
        "Kata dia, , warga datang",
        ", warga datang",
        "Senin\n , warga datang",
        "lokasi ,tersebut",
    ],
)
def test_a_lost_link_is_flagged_and_stays(raw: str) -> None:
    assert set(found(raw)) == {(DAMAGED, "lost_link")}
    assert mended_text(raw) == raw
    assert clean(raw, repair=True).facts["flags"] == DAMAGED


@pytest.mark.parametrize(
    ("raw", "flag", "places"),
    [
        ("p\u0435layanan publi\u043a", FOREIGN, 2),
        ("\u041felayanan", FOREIGN, 1),
        ("A\u03bfB", FOREIGN, 1),
        ("pelayan\ufffdn publik\ufffd\ufffd", REPLACEMENT, 2),
        ("pelayanï¿½n", REPLACEMENT, 1),
    ],
)
def test_letters_that_only_look_right_and_lost_ones_are_flagged(raw: str, flag: str, places: int) -> None:
    assert [(one.flag, one.places) for one in examine(raw, repair=True)[1]] == [(flag, places)]


def test_a_control_never_joins_words() -> None:
    assert clean("warga\x96pemda").text == "warga\x96pemda"
    assert clean("warga\x96pemda", repair=True).text == "warga–pemda"
    assert clean("warga\x81pemda", repair=True).text == "warga\x81pemda"
    assert clean("warga\x81pemda", repair=True).facts == {"flags": DAMAGED}


def test_the_first_place_of_a_kind_is_shown_with_the_number_of_places() -> None:
    (flag,) = examine("Satu.,Dua datang.,Tiga pergi.")[1]
    assert (flag.start, flag.stop, flag.kind, flag.places) == (5, 6, "glued_paragraphs", 2)
    assert flag.text == "Satu.,Dua datang.,Tiga pergi."


RAW = st.lists(
    st.sampled_from(
        [
            "warga ",
            "‚Äú",
            "â€œ",
            "\x93",
            "selesai.,Layanan",
            " ,",
            "danRatri",
            "e\u0301",
            "\u00ad",
            "\u200b",
            "\n",
            "¬†",
            "ﬁ",
            ".",
        ]
    ),
    max_size=12,
).map("".join)


@given(RAW)
@example("¬†‚Äúwarga\u200b")
@example("‚Äù\u0301x")
def test_every_character_of_the_body_leads_back_to_the_raw_text(raw: str) -> None:
    for cleaned in (clean(raw, repair=True), repaired_only(raw)):
        changed = {(repair.start, repair.stop) for repair in cleaned.repaired}
        last = 0
        for begin, stop, start in cleaned.segments:
            assert last <= begin < stop
            last = stop
            if (begin, stop) not in changed and raw[begin:stop].isascii():
                assert cleaned.text[start : start + stop - begin] == raw[begin:stop]
        taken = {place for begin, stop, *_ in (*cleaned.segments, *cleaned.removed) for place in range(begin, stop)}
        taken |= {place for begin, stop in changed for place in range(begin, stop)}
        assert all(raw[place].isspace() or place in taken for place in range(len(raw)))
        assert examine(cleaned.text)[0] == [] or any(edit.new is None for edit in examine(cleaned.text)[0])


@pytest.mark.data
def test_published_articles_come_back_as_their_publisher_mended_them(shared_data: Path) -> None:
    with gzip.open(shared_data / "clickid_news/tempo.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines][:1000]
    marks = lost = joined = lines_wanted = 0
    for article in articles:
        text = mended_text(article["raw"])
        marks += article["text"].count("“") + article["text"].count("”")
        lost += abs(text.count("“") - article["text"].count("“")) + abs(text.count("”") - article["text"].count("”"))
        joined += text.count("\n")
        lines_wanted += article["text"].count("\n")
    assert marks > 1000
    assert lost == 0
    assert 0.9 * lines_wanted < joined <= 1.01 * lines_wanted


@pytest.mark.data
def test_speeches_are_flagged_where_words_are_joined_and_nowhere_else(shared_data: Path) -> None:
    with gzip.open(shared_data / "pidato_jokowi_2017/pidato.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    assert [edit.kind for text in texts for edit in examine(text)[0]] == ["glued_words"] * 3
