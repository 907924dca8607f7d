"""Which words of a noun phrase are a person's name: what is no known word, place or body, or used alone."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.name_words import is_common, is_foreign_to_names, is_name
from kit.discourse.phrase_ends import is_abbreviated
from kit.discourse.told_names import behind_known_body, name_told
from kit.discourse.view import View
from kit.lexicon.known import is_known
from kit.lexicon.wordlists import bases, function_words

_INITIALS = 2
_LONGEST = 4  # words of a name of which one is a common word
_STATE = frozenset(("ri", "ii", "iv", "vi", "ix", "xi"))  # of two letters, behind bodies: DPR RI, Wilayah IV
_BALI = frozenset(("i", "ni", "ida"))  # what Balinese names begin with
_TOWNS = frozenset(("kota",))  # of the nouns for places, those an office ends in: wali kota
_HAJI = frozenset(("h", "r"))  # as titles before a name; other single letters are initials of it
_AND = frozenset(("dan", "serta"))
#: Before *Jenderal*, which is no rank there: Direktorat Jenderal Pajak.
_GENERAL = frozenset(
    ("direktorat", "direktur", "inspektorat", "inspektur", "sekretariat", "sekretaris", "konsul", "konsulat")
)


def name_of(view: View, first: int, stop: int) -> tuple[str, ...]:
    """Return the words of a name."""
    honorifics, flags = rules.words_of("people", "honorifics", "rank_parts"), view.flags
    while first < stop and (
        not flags[first] & rules.LETTER
        or (view.low[first] in honorifics and len(view.words[first]) > 1 and not _is_called(view, first))
        or (view.low[first] in _HAJI and view.words[first + 1] == "." and first + 1 < stop)
    ):
        first += 1
    inside = rules.words_of("people", "inside")
    both = (place for place in range(first + 1, stop) if view.low[place] in _AND and _are_two(view, place))
    kept = (place for place in range(first, next(both, stop + 1)) if flags[place] & rules.LETTER)
    return tuple(view.words[place] for place in kept if flags[place] & rules.CAPITAL or view.low[place] in inside)


def _is_called(view: View, place: int) -> bool:
    """Tell whether what shows respect is what the document calls somebody alone: kata Teuku."""
    return view.low[place] in rules.words_of("people", "given") and view.low[place] in view.lone


def _are_two(view: View, joint: int) -> bool:
    """Tell whether two people are joined: Nisa dan Halisa, of whom the first is taken."""
    beside = (joint - 1, joint + 1)
    capital = all(view.flags[place] & rules.CAPITAL and not view.flags[place] & rules.ACRONYM for place in beside)
    return bool(capital) and not any(is_foreign_to_names(view, place) for place in beside)


def joins_people(view: View, place: int, stop: int) -> bool:
    """Tell whether a joint may stand between two people with an office: Ganjar Pranowo | dan Wali Kota Bima Arya."""
    if view.low[place] not in _AND or place >= stop:
        return False
    last = place - 2 if view.flags[place - 1] & rules.COMMA else place - 1
    before, behind = view.flags[last], view.flags[place + 1]
    named = before & rules.CAPITAL and not before & rules.ACRONYM and not is_foreign_to_names(view, last)
    return bool(named and behind & rules.CAPITAL and behind & rules.OFFICE)


def named_from(view: View, begin: int, stop: int) -> int:
    """Return where a name begins behind a place or a heading that stands before it without a sign."""
    for place in range(begin + 1, stop + 1):
        if view.low[place] in view.lone and not is_common(view, place):
            first = _with_initials(view, place, begin, stop)
            return first if all(is_foreign_to_names(view, before) for before in range(begin, first)) else begin
    return begin


def is_person(view: View, begin: int, stop: int) -> bool:
    """Tell whether words with capitals may be a person's name: one of them is no known word, place or acronym."""
    if view.low[begin] == "the":
        return False
    for place in range(begin, stop + 1):
        bits = view.flags[place]
        if not bits & rules.LETTER:
            continue
        if view.low[place] in view.lone or not (bits & rules.ACRONYM or is_foreign_to_names(view, place)):
            return True
    return stop - begin + 1 == 1 and not view.flags[begin] & rules.ACRONYM


def name_behind_organisation(view: View, begin: int, stop: int) -> int:
    """Return where a person's name begins behind an organisation: KPU Manado Sahrul Setiawan; 0: there is none."""
    for place in range(begin + 1, stop + 1):
        if view.low[place] in view.lone and view.flags[place] & rules.CAPITAL and not is_common(view, place):
            return _with_initials(view, place, begin + 1, stop)
    return 0


def name_behind_acronym(view: View, begin: int, stop: int) -> int:
    """Return where a person's name begins behind an acronym: TNLL Jusman; 0: there is none."""
    acronym = view.flags[begin] & rules.ACRONYM and len(view.words[begin]) > _INITIALS
    if not acronym or begin == stop or view.low[begin] in view.lone:
        return 0
    first = begin + 1
    common = any(
        view.flags[place] & rules.ACRONYM or not view.flags[place] & rules.CAPITAL or is_foreign_to_names(view, place)
        for place in range(first, stop + 1)
    )
    return 0 if common else first


def name_begins(view: View, edge: int, stop: int) -> int:
    """Return where the name begins behind an office; one behind the stop: there is none.

    A rank ends the office; so does a word that the document uses alone as somebody's name. Else the name is what stands
    last and is no known word, place or organisation.
    """
    flags, low = view.flags, view.low
    for place in range(stop - 1, edge, -1):
        if low[place] in rules.words_of("people", "learned") and flags[place] & rules.CAPITAL:
            return place + 1 if view.words[place + 1] != "." else min(place + 2, stop)
    edge = max(edge, behind_known_body(view, edge, stop))
    ranks, parts = rules.words_of("people", "ranks"), rules.words_of("people", "rank_parts")
    for place in range(edge, stop):
        if low[place] in ranks and flags[place] & rules.CAPITAL and low[place - 1] not in _GENERAL:
            behind = place + 1
            while behind < stop and (low[behind] in ranks or low[behind] in parts or view.words[behind] in "()."):
                behind += 1
            if flags[behind] & rules.CAPITAL and not flags[behind] & rules.ORGANISATION:
                return behind
    for place in range(edge, stop + 1):
        short = low[place] in view.lone and flags[place] & rules.CAPITAL and view.words[place - 1] != "("
        if short and not is_common(view, place) and not _begins_body(view, place, stop):
            return _with_initials(view, place, edge, stop)
    told = name_told(view, edge, stop)
    if told:
        return told
    place = stop + 1
    while place > edge:
        bits, word = flags[place - 1], low[place - 1]
        if bits & rules.ACRONYM and word in rules.words_of("people", "short_bodies", "short_countries"):
            break  # Menteri Luar Negeri AS | Mike Pompeo; Kadispen TNI AL
        if place <= stop and (
            (word in rules.words_of("people", "inside") and not (bits & rules.ACRONYM and len(word) > _INITIALS))
            or (view.words[place - 1] == "." and place - 2 >= edge and is_abbreviated(view, place - 2))
        ):
            place -= 1
            continue
        if place <= stop and f"{word} {low[place]}" in rules.words_of("people", "name_pairs"):
            place -= 1
            continue
        if not bits & rules.CAPITAL or (bits & rules.ACRONYM and (len(word) > _INITIALS or word in _STATE)):
            break
        if (bits & rules.HONORIFIC and place <= stop and len(word) > 1) or _numbers(view, place - 1):
            break
        if word not in rules.known_names() and (is_common(view, place - 1) or is_known(word)):
            break
        place -= 1
    while place <= stop and not flags[place] & rules.CAPITAL:
        place += 1
    return _behind_named_body(view, _told_by_place(view, place, edge, stop), stop)


def name_ends(view: View, first: int, stop: int, ends: int) -> int:
    """Return the last token of a name, before an office or a body that a lost comma or link leaves beside it.

    Arif Satria | Ketua Dewan Guru Besar: behind two words, or one that is used alone as a name. `ends` are the bits of
    what ends it.
    """
    known = rules.known_names()
    for place in range(first + 1, stop + 1):
        bits = view.flags[place]
        if bits & rules.CAPITAL and bits & ends and view.low[place] not in known:
            return place - 1 if place > first + 1 or view.low[first] in view.lone else stop
    return stop


def _begins_body(view: View, place: int, stop: int) -> bool:
    """Tell whether a word that is used alone begins a body rather than a name: KPI Pusat; Citilink Indonesia."""
    acronym = view.flags[place] & rules.ACRONYM
    if acronym and view.low[place] in rules.words_of("people", "short_bodies", "short_countries"):
        return True
    if place >= stop:
        return False
    body = view.flags[place + 1] & rules.ORGANISATION and is_common(view, place + 1)
    return bool((acronym and len(view.words[place]) > _INITIALS) or (body and not is_name(view, place)))


def _behind_named_body(view: View, found: int, stop: int) -> int:
    """Return where a name begins behind a body's own: PT Indah Karya | Budi Santoso; of four words two are the body's.

    Behind one or two words, or the last of which is of a firm, nobody is named: Direktur Utama PT Bina Citra Abadi.
    """
    if not (0 < found <= stop and view.low[found - 1] in rules.words_of("people", "named_bodies")):
        return found
    words = stop - found + 1
    if words < _LONGEST - 1 or view.low[stop] in rules.words_of("people", "firm_words"):
        return stop + 1
    return found + (1 if words < _LONGEST else 2)


def _told_by_place(view: View, found: int, edge: int, stop: int) -> int:
    """Mend where a name begins by the place or acronym before it; `found` where these tell nothing.

    What stands right behind Desa or Kota is a place: Kepala Desa Wadas | Fahri Setyanto; Warga Desa Sumber Rejo; and
    behind Camat or Kades, before a name: Camat Wonorejo | Ahmad Fauzi. What stands behind a place or acronym is a name
    though one of its words is a common one: DPR RI | Yanuar Prihatin.
    """
    low = view.low
    places = rules.words_of("people", "place_nouns")
    for place in range(found + 1, stop):
        if low[place] in _BALI and low[place + 1] in rules.words_of("people", "birth_names"):
            return place
    if edge < found <= stop and low[found - 1] in places:
        lower = not view.flags[found - 1] & rules.CAPITAL
        return found if lower and is_name(view, found) else found + 1  # pendamping desa | Nur Aini
    heads = low[found - 1] in rules.words_of("people", "place_offices")
    if (
        found == edge
        and found > 0
        and (heads or low[found - 1] in places - _TOWNS)
        and (stop - found > 1 or (heads and stop - found == 1 and (is_name(view, stop) or low[found] in view.spots)))
        and not (is_name(view, found) or low[found] in view.lone)
    ):
        return found + 1
    if found == stop and found - 2 >= edge - 1 and low[found - 2] in places and not is_name(view, found):
        known = view.flags[found - 1] & rules.PLACE and low[found - 1] not in bases()
        town = low[found - 2] in _TOWNS and known and not view.flags[found] & rules.PLACE
        return found if town else stop + 1  # Wali Kota Kediri | Zanariah; Kepala Desa Sumber Rejo
    first = found - 1
    if edge < first < stop < found + _LONGEST and _may_begin(view, first) and not _is_adjective(low[first]):
        return first
    if found <= stop:
        return found
    for first in range(edge + 1, stop):
        if _may_begin(view, first) and _are_names(view, first, stop):
            return first
    return found


def _may_begin(view: View, place: int) -> bool:
    """Tell whether a name may begin right behind a place, an acronym, or a word that is not known."""
    bits, before = view.flags[place], view.flags[place - 1]
    if not bits & rules.CAPITAL or bits & (rules.ACRONYM | rules.HONORIFIC) or is_common(view, place):
        return False
    if before & (rules.PLACE | rules.ACRONYM):
        return True
    unknown = before & rules.CAPITAL and not before & rules.ORGANISATION and not is_known(view.low[place - 1])
    return bool(unknown) and is_name(view, place)


def _are_names(view: View, first: int, stop: int) -> bool:
    """Tell whether words may be a name: the first is one or is not known, and none is a body, an office, a place."""
    named = is_name(view, first) or not is_known(view.low[first])
    capital = all(
        view.flags[place] & rules.CAPITAL and not view.flags[place] & rules.ACRONYM and not is_common(view, place)
        for place in range(first, stop + 1)
    )
    return named and capital and stop - first < _LONGEST


def _is_adjective(form: str) -> bool:
    """Tell whether a word tells of a place what it is like: Solo Baru."""
    return "a" in bases().get(form, "") or form in function_words()


def _numbers(view: View, place: int) -> bool:
    """Tell whether a single letter numbers the body before it, so that it is no initial: Ketua Komisi A | Sari Dewi."""
    single = len(view.words[place]) == 1 and view.words[place + 1 : place + 2] != ["."]
    return place > 0 and single and view.low[place - 1] in rules.words_of("people", "lettered")


def _with_initials(view: View, place: int, edge: int, stop: int) -> int:
    """Return where a name begins whose short form begins at a place: M Sahrul Setiawan, known as Sahrul."""
    first, low, words = place, view.low, view.words
    given = rules.names_or_given()
    while first > edge:
        before = first - 1
        initial = words[before] == "." and before - 1 >= edge and is_abbreviated(view, before - 1)
        pair = f"{low[before]} {low[first]}" in rules.words_of("people", "name_pairs")
        named = low[before] in given or pair or (len(words[before]) == 1 and not _numbers(view, before))
        spot = low[before - 1] in rules.words_of("people", "place_offices")  # Kades Wonorejo | Sutikno
        letter = spot or _numbers(view, before)
        alone = place == stop and not letter and not is_common(view, before) and not is_known(low[before])
        if not initial and not (view.flags[before] & rules.CAPITAL and (named or alone)):
            break
        first = before
    while first < place and words[first] == ".":
        first += 1
    return first
