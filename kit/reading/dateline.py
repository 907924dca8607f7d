"""The dateline of a news article: where it says it was written, and for which outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kit.lexicon.affixes import is_word
from kit.reading.capitals import are_names
from kit.reading.rules import Rules, either

# Capitalised words in a row: Kota Mojokerto, KAB. KEDIRI, Nusa Dua, Bau-Bau. A full stop only ends a short word.
_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿ'’]"
_WORD = rf"(?:(?:[A-Z]\.){{2,3}}|[A-ZÀ-ÖØ-Þ](?:{_LETTER}{{0,3}}\.(?=\s)|{_LETTER}*(?:-{_LETTER}+)*))"
_RUN = rf"{_WORD}(?:\s{_WORD}){{0,4}}"
_SEP = r"(?:\s*[,|/;•·]\s*|\s+[-‐‑‒–—]{1,2}\s+|\s+)"
_DAY = "(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Agt|Sep|Okt|Nov|Des)[a-z]*\.?"
_DATE = rf"\(?(?:{_DAY}\s*[,(]?\s*)?\d{{1,2}}(?:[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|\s+{_MONTH}(?:\s+\d{{4}})?)\)?"
_QUOTE = "[\"“‘'(«]"
_SHOWN = 600  # characters of a line that are looked at
_FEW = 3  # words in small letters; with fewer, what follows a label may be a headline or a list of names
_SIDES = ("barat", "selatan", "tengah", "timur", "utara")
_PREFIX = re.compile(r"(?:kota|kabupaten|kab\.?|provinsi|prov\.?|kec\.?|kecamatan|desa)\s+")


@dataclass(frozen=True)
class Dateline:
    """A dateline at the start of a line.

    Attributes
    ----------
    end : int
        Where the body begins in the line; 0 if this is only a doubtful case.
    place, outlet : str
        What it states; empty if it does not, or if it cannot be told which of the two a name is.

    """

    end: int
    place: str = ""
    outlet: str = ""


@cache
def _patterns(rules: Rules) -> tuple[re.Pattern[str], ...]:
    """Compile the forms: with an outlet, without one, a place behind a dash, no dash, and what is left of one."""
    table = rules.dateline
    dashes = either(table["dashes"])
    long = either(dash for dash in table["dashes"] if dash not in ("-", "‐", "‑"))
    domain = rf"(?:[^\W_][\w-]*\.)+(?i:{either(table['domains'])})(?![\w.])"
    named = rf"(?:{domain}|(?:{'|'.join(table['families'])})(?!\w)|(?i:{either(table['outlets'])})(?!\w))"
    inside = rf"{domain}|[^\W\d_][^()\[\]]{{1,39}}"
    bar = r"\s+\|\s*"
    end = rf"(?:,?\s+(?:{dashes})\s*|(?:{dashes})\s+|\s*(?:{long})\s*)"
    joined = rf"-(?={_QUOTE}?[A-Z])"
    with_outlet = re.compile(
        rf"(?:[(\[](?P<outlet4>{named})[)\]]|(?P<outlet1>{named})(?:(?P<sep1>{_SEP})(?P<place1>{_RUN}))??(?:{_SEP}{_DATE})?"
        rf"|(?P<place2>{_RUN})(?:{_SEP}(?P<more2>{_RUN}))??(?:{_SEP}{_DATE})?"
        rf"(?:(?P<sep2>{_SEP})(?P<outlet2>{named})|,?\s*[(\[]\s*(?P<outlet3>{inside})\s*[)\]]\.?)(?:{_SEP}{_DATE})?)"
        rf"(?:(?P<dash>{end}|{joined}|{bar})|(?P<colon>\s*:\s+)|(?P<alone>\s*$))"
    )
    without = re.compile(
        rf"(?P<place>{_RUN})(?:\s*[,|/]\s*(?!{_DAY}\b)(?P<more>{_RUN}))?(?:\s*[,|/]?\s*{_DATE})?"
        rf"(?:(?P<dash>,?\s+(?:{dashes})(?:\s+|$)|\s*(?:{long})\s*)|(?P<tight>\s+-|-\s+)|(?P<joined>{joined}))"
    )
    second = re.compile(rf"(?P<place>{_RUN})(?:\.\s+|(?:{end}))(?={_QUOTE}?[A-Z])")
    dashless = re.compile(
        rf"(?P<outlet>(?i:{either(table['dashless'])})|{domain})\s*,\s+|(?P<stopped>{'|'.join(table['stopped'])})\.\s+"
        rf"|(?P<place>{_RUN})\s*:\s+"
    )
    left = re.compile(rf"(?:[,|]\s*)*(?:{dashes})(?:\s+(?={_QUOTE}*(?:[A-Z0-9]|,))|(?=,))")
    return with_outlet, without, second, dashless, left


def find_dateline(line: str, rules: Rules) -> Dateline | None:
    """Find the dateline at the start of a line."""
    with_outlet, without, second, dashless, _ = _patterns(rules)
    lead = len(line) - len(line.lstrip(", "))  # a lost link leaves a comma behind
    if lead:
        behind = find_dateline(line[lead:], rules)
        return behind and replace(behind, end=lead + behind.end if behind.end else 0)
    line = line[:_SHOWN]
    head = line[: rules.dateline["longest"]]
    if len(head) < len(line) and not _marks(rules).search(head):
        return None
    found = with_outlet.match(head)
    if found and (dateline := _with_outlet(found, line, rules)):
        return _second(dateline, line, rules, second) if found["outlet1"] and not found["place1"] else dateline
    found = without.match(head)
    if found:
        return _without_outlet(found, line, rules)
    found = dashless.match(head)
    return _without_dash(found, line, rules) if found else None


def opens_article(line: str, rules: Rules) -> bool:
    """Tell whether a line surely begins an article, so that what stands over it is its headline.

    It has a dateline, and either an outlet with a date and no more, or a whole sentence behind it.
    """
    found = find_dateline(line, rules)
    if not found or not found.end:
        return False
    rest = line[found.end :]
    return _is_sentence(rest) if rest else bool(found.outlet)


def dateline_signs(rules: Rules) -> frozenset[str]:
    """Return the signs of which every dateline of a line with more behind it has one: a dash, bar, stop."""
    commas = "" if all("." in name for name in rules.dateline["dashless"]) else ","
    return frozenset(f"|:.{commas}").union(*rules.dateline["dashes"])


@cache
def _marks(rules: Rules) -> re.Pattern[str]:
    """Compile the signs of a dateline."""
    return re.compile(f"[{re.escape(''.join(sorted(dateline_signs(rules))))}]")


def _with_outlet(found: re.Match[str], line: str, rules: Rules) -> Dateline | None:
    """Judge a dateline that names an outlet."""
    outlet, place = (
        found["outlet1"] or found["outlet2"] or found["outlet4"] or "",
        found["place1"] or found["place2"] or "",
    )
    rest, known = line[found.end() :], _known(place, rules)
    if place.casefold() in rules.dateline["no_places"] or (found["alone"] is not None and rest):
        return None
    apart = bool((found["sep1"] or found["sep2"] or "").strip())
    if place and not known and not place.isupper() and (not apart or found["alone"] is not None):
        return None
    if found["alone"] is not None and place and not known and not (apart and "." in outlet):
        return None
    if found["dash"] == "-" and rest and not (("." in outlet or found["outlet3"]) and _is_joined(rest)):
        return None
    if found["outlet3"]:
        inside = found["outlet3"].strip()
        outlet = "" if _known(inside, rules) or re.fullmatch(_DATE, inside) else inside
    if found["colon"] is not None and not (found["outlet1"] and (place or ("." in outlet and _is_sentence(rest)))):
        return None
    if found["outlet1"] and not place and _is_route(outlet, rest, rules):
        return Dateline(0)
    if not place and found["alone"] is None and not _sentence_start(rest):
        return None
    if found["more2"] and _known(found["more2"], rules):
        place = f"{place}, {found['more2']}"
    return Dateline(found.end(), _as_written(place, rules), outlet)


def find_left(line: str, rules: Rules) -> int:
    """Return where the body begins behind what is left of a dateline whose place and outlet were lost in copying."""
    found = _patterns(rules)[-1].match(line[:_SHOWN])
    return found.end() if found and _closes(line) else 0


def _without_dash(found: re.Match[str], line: str, rules: Rules) -> Dateline | None:
    """Judge ``OUTLET, Jakarta Pemerintah ...``, ``OUTLET. Pemerintah ...`` and ``Jakarta: Pemerintah ...``."""
    end, rest = found.end(), line[found.end() :]
    if found["place"]:
        known = _known(found["place"], rules) and _is_sentence(rest) and not _place_at_start(rest, rules)
        no_list = any(word.islower() for word in rest.partition(",")[0].split())
        return Dateline(end, _as_written(found["place"], rules)) if known and no_list else None
    if found["stopped"]:
        return Dateline(end, outlet=found["stopped"]) if _is_sentence(rest) else None
    place = _place_at_start(rest, rules)
    body = rest[len(place) :].lstrip()
    if not place or not _known(place, rules) or not _is_sentence(body):
        return None
    if found["outlet"].casefold() not in {name.casefold() for name in rules.dateline["dashless"]}:
        # an outlet not listed: Contoh.com, Jakarta Pemerintah ..., but not Contoh.com, Jakarta Post ...
        word = re.match(r"[^\W\d_]+(?=\s)", body)
        if not word or not is_word(word[0].casefold()):
            return None
    return Dateline(len(line) - len(body), _as_written(place, rules), found["outlet"])


def _second(dateline: Dateline, line: str, rules: Rules, second: re.Pattern[str]) -> Dateline:
    """Take in the place of ``CONTOH.CO.ID - JAKARTA. Pemerintah ...``."""
    found = second.match(line, dateline.end)
    if not found or not _known(found["place"], rules) or not _sentence_start(line[found.end() :]):
        return dateline
    return Dateline(found.end(), _as_written(found["place"], rules), dateline.outlet)


def _without_outlet(found: re.Match[str], line: str, rules: Rules) -> Dateline | None:
    """Judge a dateline that names a place only: the place is known, or in capitals, and a sentence follows."""
    place, more, rest = found["place"], found["more"], line[found.end() :]
    known = _known(place, rules)
    # OUTLET, JAKARTA - or Trowulan, Mojokerto -: what the unknown name is cannot be told, so only the place is stated
    second = bool(more) and _known(more or "", rules) and not (found["tight"] or found["joined"])
    if place.casefold() in rules.dateline["no_places"]:
        return None
    if not (known or (second if more else _like_a_name(place) or _is_outlet(place, rules))):
        return None
    if rest and not _sentence_start(rest):
        return None
    if (found["tight"] or found["joined"]) and not (known and _stands_apart(place, rest, rules)):
        return None
    behind = None if known else _patterns(rules)[2].match(rest)
    if behind and _known(behind["place"], rules):  # KABAR - JAKARTA - Pemerintah
        return Dateline(found.end() + behind.end(), _as_written(behind["place"], rules))
    if not known and not second and _is_outlet(place, rules):
        return Dateline(found.end(), outlet=place)
    if not known and not second and not are_names(place, rules):
        return Dateline(0)
    if not known and (not rest or (not second and re.match(rf"{_QUOTE}?[A-Z]{{2,}}\b", rest))):
        return None
    pair = _place_at_start(rest, rules)
    if pair and pair.casefold() != place.casefold() and pair.isupper() == place.isupper():
        return Dateline(0)
    dash = (found["dash"] or found["tight"] or found["joined"]).strip(", \t")
    if re.match(rf"(?:[^\s.!?]+\s+){{1,6}}{re.escape(dash)}\s", rest):
        return Dateline(0)
    stated = (f"{place}, {more}" if known else more or "") if second else place if known else ""
    return Dateline(found.end(), _as_written(stated, rules))


def _like_a_name(place: str) -> bool:
    """Tell whether words in capitals can be read out, as names can and most abbreviations (PSSI, RAPBD) cannot."""
    return place.isupper() and all(len(word) > 4 and len(re.findall("[AIUEO]", word)) > 1 for word in place.split())


def _is_outlet(place: str, rules: Rules) -> bool:
    """Tell whether words in capitals are an outlet: one of the press (kabar, pos), the others a place or no words."""
    press = [word for word in place.split() if word.casefold() in rules.dateline["press"]]
    other = " ".join(word for word in place.split() if word not in press)
    return place.isupper() and bool(press) and (_known(other, rules) or are_names(other, rules))


def _is_joined(rest: str) -> bool:
    """Tell whether what follows a hyphen without blanks is a sentence, and not the other half of a name."""
    return _is_sentence(rest) and not re.search(r"[.-]", rest.split(maxsplit=1)[0])


def _stands_apart(place: str, rest: str, rules: Rules) -> bool:
    """Tell whether a hyphen with a blank on one side or none sets a place off: the letters change, or a word follows.

    JAKARTA-Pemerintah and Surabaya- Wali kota are datelines; Jakarta-Cikampek and Solo-Timur are not.
    """
    word = re.match(rf"{_QUOTE}*([^\W\d_]+)(?![\w-])", rest)
    if not word or _place_at_start(rest, rules):
        return place.isupper() and rest[:1].isdigit()
    form = word[1].casefold()
    if place.isupper():
        return not word[1].isupper() or len(word[1]) == 1
    return is_word(form) and form not in _SIDES and _is_sentence(rest)


def _sentence_start(rest: str) -> bool:
    """Tell whether a sentence can begin so: a capital, a figure, a quotation mark, a brand as iPhone, a lost link."""
    return bool(re.match(rf"{_QUOTE}*(?:[A-ZÀ-ÖØ-Þ0-9]|[a-z]+[A-Z])|,", rest))


def _is_sentence(rest: str) -> bool:
    """Tell whether a line goes on with a whole sentence, where the form alone does not show that it is a dateline."""
    small = [word for word in rest.split() if word.islower() and len(word) > 2]
    return _sentence_start(rest) and len(small) >= _FEW and _closes(rest)


def _closes(line: str) -> bool:
    """Tell whether a line ends as a sentence does, with a mark or a lost link's comma, or is too long for a label."""
    return len(line) > _SHOWN // 2 or line[-1:] in ".!?…\"”’'),"


def _is_route(outlet: str, rest: str, rules: Rules) -> bool:
    """Tell whether a name that ends in a place, and the place behind the dash, may be two ends: Radar Malang - Batu."""
    last = outlet.rsplit(" ", 1)[-1]
    return " " in outlet and last.istitle() and _known(last, rules) and bool(_place_at_start(rest, rules))


def _known(place: str, rules: Rules) -> bool:
    """Tell whether a place is in the list, with or without Kota or Kabupaten before it."""
    name = re.sub(r"\s+", " ", place.casefold())
    return name in rules.places or _PREFIX.sub("", name, count=1) in rules.places


def _place_at_start(rest: str, rules: Rules) -> str:
    """Return the longest known place or country that a text begins with."""
    found = re.match(_RUN, rest)
    words = found.group().split() if found else []
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size])
        if name.casefold() in rules.countries or _known(name, rules):
            return name
    return ""


def _as_written(place: str, rules: Rules) -> str:
    """Return a place in title case if it is printed in capitals, so that JAKARTA and Jakarta are one place."""
    name = re.sub(r"\s+", " ", place).strip()
    if not name.isupper():
        return name
    if name.casefold() in rules.places:
        return rules.places[name.casefold()]
    keep = set(rules.dateline["capitals"])
    return " ".join(word if word.strip(",") in keep else word.title() for word in name.split(" "))
