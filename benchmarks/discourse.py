"""How well quotations, their cues and their speakers are found, on the development part of PFSA-ID, and how quickly.

PFSA-ID (Purnomo W.P. et al. 2022, doi 10.1108/GKMC-04-2022-0091; CC BY-NC-SA 4.0, so none of it is in this repository)
labels statements, cues and persons in news of Kompas, token by token, and has lost paragraphs and blanks. Its tokens are
joined here with blanks (``blank``), or with blanks as one writes (``written``), and an article is one paragraph.

**Statements**: tokens with a letter or digit inside quotations of the type ``direct``, against those inside STATEMENT.
PFSA-ID labels the statements of people in offices and organisations alone: words in marks with a verb of saying behind them
that a neighbour or a driver says are no STATEMENT there. So the score is given for all direct quotations, and for those whose
speaker is not private by `kit.list_speakers` (``in office``), which is what its guideline asks for; and for those whose
speaker the gold labels (``labelled``): a word of the speaker's name or office is labelled PERSON, PERSONCOREF, ROLE or
AFFILIATION in the article, or the words themselves touch a STATEMENT. The last leaves out whole quotations of people whom
the gold never labels, and nothing else: it still counts every word too many or too few at an edge, every quotation of a
labelled person that the gold has not, and all that is missed. ``errors`` counts the words by kind.
Each score is given over all words, and as the mean of the articles' own scores: marks that simply alternate come to .908 and
.900; the goal that was set beside ".90 for alternating marks" is read by the second.

**Cues**: first tokens of the verbs of direct quotations, against the CUE or CUECOREF beside a STATEMENT.

**Speakers**: of each STATEMENT with a person to compare with. Where a PERSON or PERSONCOREF stands within six tokens behind
it, and its cue has no *-nya*, the span of the speaker has to share a token with that. Else (*ujarnya*) the speaker's name has
to share a word with the last PERSON or PERSONCOREF before the statement: PFSA-ID links none, so a few of these are wrong.

Articles whose number divides by three were held out until some rules were kept or dropped by the score of all of them.

Run: ``python benchmarks/discourse.py`` (half a minute); ``--speed`` counts tokens per second on the news; ``--persons``
looks for the persons of IDNer-news-2k, sentences of news in which persons, bodies and places are labelled
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import kit  # noqa: E402

_COUNTS = re.compile(r"\w")
_NEAR = 6
_MARKS = '”“"'
_WHO = ("PERSON", "PERSONCOREF", "ROLE", "AFFILIATION")
#: Words of direct quotations that are in no STATEMENT, by kind, and words of a STATEMENT that are in none.
ERRORS = (
    "wrong: beyond the edge of a statement",
    "wrong: speaker labelled, words not",
    "wrong: private speaker",
    "wrong: no speaker found",
    "wrong: speaker in office, never labelled",
    "missed: at the edge of a quotation",
    "missed: no quotation",
)
_SAYING = (
    "kata",
    "ujar",
    "tutur",
    "ucap",
    "ungkap",
    "jelas",
    "tegas",
    "imbuh",
    "tambah",
    "mengatakan",
    "menjelaskan",
    "menegaskan",
    "menambahkan",
)
Span = tuple[str, int, int]


class Article(NamedTuple):
    """One article: its tokens, their labels in BILOU, and the spans that these make."""

    number: int
    tokens: list[str]
    labels: list[str]
    spans: list[Span]


def read_articles(data: Path) -> list[Article]:
    """Read the development part."""
    rows: dict[int, list[tuple[str, str]]] = {}
    with gzip.open(data / "pfsa_id_dev" / "dev40.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            if line.strip():
                article, _, token, label = line.rstrip("\n").split("\t")
                rows.setdefault(int(article), []).append((token, label))
    found = []
    for number, pairs in rows.items():
        tokens, labels = [token for token, _ in pairs], [label for _, label in pairs]
        found.append(Article(number, tokens, labels, spans_of(labels)))
    return found


def spans_of(labels: list[str]) -> list[Span]:
    """Return the spans of BILOU labels: name, first and last token."""
    found: list[Span] = []
    first, name = -1, ""
    for place, label in enumerate([*labels, "O"]):
        tag, _, this = label.partition("-")
        if first >= 0 and (tag in "OBU" or this != name):
            found.append((name, first, place - 1))
            first = -1
        if tag != "O" and first < 0:
            first, name = place, this
        if tag in "LU" and first >= 0:
            found.append((name, first, place))
            first = -1
    return found


def joined(article: Article, way: str) -> tuple[str, list[tuple[int, int]]]:
    """Join the tokens of an article; return the text, and where each token stands in it."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    at, inside, before = 0, False, ""
    for token in article.tokens:
        gap = " " if pieces else ""
        if way == "written":
            closes = token in _MARKS and inside
            opened = before in _MARKS and before != "" and inside
            if token in ".,;:!?)]%-/" or closes or opened or before in ("(", "[", "-", "/"):
                gap = ""
        inside ^= token in _MARKS
        places.append((at + len(gap), at + len(gap) + len(token)))
        pieces += [gap, token]
        at, before = places[-1][1], token
    return "".join(pieces), places


def score(articles: list[Article], way: str) -> dict[str, float]:
    """Return the scores of some articles, joined in one way."""
    texts = {article.number: joined(article, way) for article in articles}
    frame = pd.DataFrame({"doc_id": [f"{n:04d}" for n in texts], "text": [text for text, _ in texts.values()]})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    table = kit.find_quotations(corpus)
    speakers = kit.list_speakers(corpus, table)
    private = set(speakers.loc[speakers["private"], "speaker_id"])
    direct = table[(table["type"] == "direct") & table["parent"].isna()]
    of_document = {int(name): rows for name, rows in direct.groupby("doc_id")}
    counts: Counter[str] = Counter()
    each = []
    for article in articles:
        own: Counter[str] = Counter()
        rows = of_document.get(article.number, direct.iloc[:0])
        _count(own, article, rows, texts[article.number][1], private)
        counts += own
        each.append(own)
    found = {}
    groups = ("", " in office", " labelled")
    for group in groups:
        of_articles = [_f1(*(own[f"statement{group} {kind}"] for kind in ("hit", "wrong", "missed"))) for own in each]
        found[f"statement{group} F1, mean of articles"] = sum(of_articles) / len(of_articles)
    for name in (f"{what}{group}" for what in ("statement", "cue") for group in groups):
        hits, wrong, missed = (counts[f"{name} {kind}"] for kind in ("hit", "wrong", "missed"))
        found[f"{name} precision"] = hits / (hits + wrong)
        found[f"{name} recall"] = hits / (hits + missed)
        found[f"{name} F1"] = _f1(hits, wrong, missed)
    found |= {name: float(counts[name]) for name in ERRORS}
    found["speaker right"] = counts["right"] / counts["compared"]
    found["speaker right, named"] = counts["right named"] / counts["compared named"]
    found["speaker right, -nya"] = counts["right -nya"] / counts["compared -nya"]
    return found


def _f1(hits: int, wrong: int, missed: int) -> float:
    """Return F1; 1 where there is nothing to find and nothing is found."""
    return 2 * hits / (2 * hits + wrong + missed) if hits + wrong + missed else 1.0


def _count(
    counts: Counter[str], article: Article, rows: pd.DataFrame, places: list[tuple[int, int]], private: set[str]
) -> None:
    """Count what is right and wrong in one article."""

    def tokens(start: float, end: float) -> set[int]:
        return {n for n, (first, last) in enumerate(places) if first < end and last > start}

    inside = {n for name, first, last in article.spans if name == "STATEMENT" for n in range(first, last + 1)}
    cues = {first for name, first, _ in article.spans if name in ("CUE", "CUECOREF")}
    beside = set()
    for name, first, last in article.spans:
        if name == "STATEMENT":
            beside |= set(sorted(n for n in cues if last < n <= last + 3 or first - 3 <= n < first)[:1])
    items: list[Any] = []
    who = {
        article.tokens[n].casefold()
        for name, first, last in article.spans
        if name in _WHO
        for n in range(first, last + 1)
        if _COUNTS.search(article.tokens[n])
    }
    for row in rows.itertuples():
        cue = set() if pd.isna(row.cue_start) else tokens(row.cue_start, row.cue_end)
        office = not pd.isna(row.speaker_id) and row.speaker_id not in private
        words = tokens(row.start, row.end)
        said = set() if pd.isna(row.speaker) else {*row.speaker.casefold().split()}
        said = said | ({*row.role.casefold().split()} if isinstance(row.role, str) else set())
        items.append((words, cue, row, office, bool(words & inside), bool(said & who)))
    counted = {n for n, token in enumerate(article.tokens) if _COUNTS.search(token)}
    _count_errors(counts, items, inside, counted)
    chosen = {
        "": items,
        " in office": [item for item in items if item[3]],
        " labelled": [item for item in items if item[4] or item[5]],
    }
    for group, some in chosen.items():
        words = counted & set().union(*(item[0] for item in some))
        verbs = {min(item[1]) for item in some if item[1]}
        for name, given, gold in (("statement", words, inside & counted), ("cue", verbs, beside)):
            counts[f"{name}{group} hit"] += len(given & gold)
            counts[f"{name}{group} wrong"] += len(given - gold)
            counts[f"{name}{group} missed"] += len(gold - given)
    people = [span for span in article.spans if span[0] in ("PERSON", "PERSONCOREF")]
    for name, first, last in article.spans:
        if name != "STATEMENT":
            continue
        words = set(range(first, last + 1))
        best = max(items, key=lambda item: len(item[0] & words), default=None)
        row = best[2] if best is not None and best[0] & words else None
        behind = [span for span in people if last < span[1] <= last + _NEAR]
        before = [span for span in people if span[2] < first]
        enclitic = "U-CUECOREF" in article.labels[last + 1 : last + 4]
        if behind and not enclitic:
            kind, wanted = "named", set(range(behind[0][1], behind[0][2] + 1))
            right = row is not None and not pd.isna(row.speaker_start)
            right = right and bool(tokens(row.speaker_start, row.speaker_end) & wanted)
        elif before:
            kind = "-nya"
            names = {article.tokens[n].casefold() for n in range(before[-1][1], before[-1][2] + 1)}
            right = row is not None and not pd.isna(row.speaker)
            right = right and bool(set(row.speaker.casefold().split()) & names)
        else:
            continue
        for suffix in ("", f" {kind}"):
            counts[f"compared{suffix}"] += 1
            counts[f"right{suffix}"] += right


def _count_errors(counts: Counter[str], items: list[Any], inside: set[int], counted: set[int]) -> None:
    """Count the wrong and missed words of an article by kind."""
    given: set[int] = set()
    for words, _, row, office, touches, labelled in items:
        wrong = (words & counted) - inside - given
        given |= words
        if touches:
            kind = 0
        elif labelled:
            kind = 1
        elif pd.isna(row.speaker_id):
            kind = 3
        else:
            kind = 4 if office else 2
        counts[ERRORS[kind]] += len(wrong)
    runs: list[set[int]] = []
    for n in sorted(inside):
        if runs and n - 1 in runs[-1]:
            runs[-1].add(n)
        else:
            runs.append({n})
    for run in runs:
        counts[ERRORS[5 if run & given else 6]] += len((run & counted) - given)


def alternating(articles: list[Article]) -> dict[str, float]:
    """Return the F1 of statements if marks simply alternate: over all words, and the mean of articles."""
    total: Counter[str] = Counter()
    each = []
    for article in articles:
        marks = [n for n, token in enumerate(article.tokens) if token in _MARKS]
        given = {n for first, last in zip(marks[::2], marks[1::2], strict=False) for n in range(first, last)}
        gold = {n for name, first, last in article.spans if name == "STATEMENT" for n in range(first, last + 1)}
        counted = {n for n, token in enumerate(article.tokens) if _COUNTS.search(token)}
        own = [len(some & counted) for some in (given & gold, given - gold, gold - given)]
        total.update(dict(zip("hwm", own, strict=True)))
        each.append(_f1(*own))
    whole = _f1(total["h"], total["w"], total["m"])
    return {"alternating F1": whole, "alternating F1, mean of articles": sum(each) / len(each)}


def read_persons(data: Path) -> list[tuple[list[str], list[tuple[int, int]]]]:
    """Read the sentences of IDNer-news-2k (Khairunnisa et al. 2020, MIT): tokens, and where persons stand."""
    found: list[tuple[list[str], list[tuple[int, int]]]] = []
    for name in ("train", "dev", "test"):
        text = (data / "idner_news_2k" / f"{name}.txt").read_text(encoding="utf-8")
        for block in text.strip().split("\n\n"):
            rows = [line.split() for line in block.splitlines() if line.strip()]
            labels = [row[-1] for row in rows]
            spans = [
                (first, next((n for n in range(first + 1, len(rows)) if labels[n] != "I-PER"), len(rows)))
                for first, label in enumerate(labels)
                if label == "B-PER"
            ]
            found.append(([row[0] for row in rows], spans))
    return found


def persons(data: Path) -> dict[str, float]:
    """Return how often a person beside a verb of saying is found as a speaker, and whether the name is cut well."""
    sentences = read_persons(data)
    texts, places = [], []
    for tokens, _ in sentences:
        starts = [0]
        for token in tokens:
            starts.append(starts[-1] + len(token) + 1)
        texts.append(" ".join(tokens))
        places.append(starts)
    frame = pd.DataFrame({"doc_id": [f"{n:05d}" for n in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    table = kit.find_quotations(corpus)
    named = table[table["speaker_start"].notna() & ~table["speaker"].isna()]
    by = dict(list(named.groupby("doc")))
    counts: Counter[str] = Counter()
    for doc, ((tokens, spans), starts) in enumerate(zip(sentences, places, strict=True)):
        rows = by.get(doc, named.iloc[:0])
        cues = [
            (row.cue_start, row.cue_end, row.speaker_start, row.speaker_end, row.speaker) for row in rows.itertuples()
        ]
        for first, stop in spans:
            begin, end = starts[first], starts[stop] - 1
            beside = tokens[first - 1].casefold() if first else ""
            behind = tokens[stop].casefold() if stop < len(tokens) else ""
            if not (beside in _SAYING or behind in _SAYING):
                continue
            counts["beside"] += 1
            hit = next((one for one in cues if one[2] < end and one[3] > begin), None)
            counts["found"] += hit is not None
            if hit is not None:
                counts["cut"] += hit[4].split() == [word for word in tokens[first:stop] if word != "."]
        for row in rows.itertuples():
            inside = any(row.speaker_start < starts[b] and row.speaker_end > starts[a] for a, b in spans)
            is_name = row.speaker not in (row.role, row.organisation)
            counts["named"] += is_name
            counts["named right"] += is_name and inside
    return {
        "persons beside a verb of saying": float(counts["beside"]),
        "of these a speaker": counts["found"] / counts["beside"],
        "of these named to the word": counts["cut"] / counts["found"],
        "speakers by name": float(counts["named"]),
        "of these persons": counts["named right"] / counts["named"],
    }


def speed(data: Path, documents: int = 1500) -> dict[str, float]:
    """Return the tokens per second of CPU of the second run of each on the news, over an index that is there."""
    with gzip.open(data / "clickid_news" / "kompas.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(documents), strict=False)]
    frame = pd.DataFrame({"doc_id": [f"{n:05d}" for n in range(len(texts))], "text": texts})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    assert corpus.fingerprint  # what a table says of its corpus is worked out once
    codebook = kit.load_codebook()
    found = {}
    for call in (kit.find_quotations, kit.find_modality, kit.service_voice, kit.statements):
        given = (corpus, codebook) if call is kit.statements else (corpus,)
        for _ in range(2):
            begin = time.process_time()
            call(*given)
            found[call.__name__] = len(corpus.index.surface) / (time.process_time() - begin)
    return found


def main() -> None:
    """Print the scores."""
    data = ROOT.parent / "shared" / "data"
    if "--speed" in sys.argv:
        print(pd.Series(speed(data)).round(-3).to_string())
        return
    if "--persons" in sys.argv:
        print(pd.Series(persons(data)).round(3).to_string())
        return
    articles = read_articles(data)
    halves = {"tuned on": [one for one in articles if one.number % 3], "held out": articles[::3], "all": articles}
    print(pd.DataFrame({name: alternating(some) for name, some in halves.items()}).round(3).to_string())
    for way in ("blank", "written"):
        print(f"\n{way}")
        print(pd.DataFrame({name: score(some, way) for name, some in halves.items()}).round(3).to_string())


if __name__ == "__main__":
    main()
