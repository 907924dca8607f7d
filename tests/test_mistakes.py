"""Natural mistakes at the door of the kit: each is one clear error that says what was given and what to give."""

from __future__ import annotations

import contextlib
import inspect
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pandas as pd
import pytest

import kit
from kit.arguments import _STARRED as STARRED
from kit.arguments import _classes, _fits, arguments_of, checked
from kit.errors import CorpusError, QueryError

FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "outlet": ["X", "X", "Y"],
        "date": ["2023-01-02", "2024-05-06", "2024-05-07"],
        "text": ["ASN melayani warga.", "Warga menunggu.", "Tata kelola yang akuntabel."],
    }
)
CORPUS = kit.Corpus.from_frame(FRAME, clean=False)
PARTED = kit.PartedCorpus.of([CORPUS.where(outlet="X"), CORPUS.where(outlet="Y")])
CODEBOOK = kit.load_codebook()
TOPICS = kit.fit_topics(CORPUS, 2)
CLUSTERS = kit.cluster_terms(CORPUS, CODEBOOK, resamples=20)

#: What stands in an error for each thing that can be given by mistake.
GIVEN: dict[str, Any] = {
    "= '2025'": "2025",
    "= 'corpus'": Path("corpus"),
    "= 5": 5,
    "= None": None,
    "is a DataFrame": FRAME,
    "is a Corpus": CORPUS,
    "is a PartedCorpus": PARTED,
    "is a Codebook": CODEBOOK,
    "is a Topics": TOPICS,
    "is a TermClusters": CLUSTERS,
}
#: Good values of the parameters that a call cannot do without.
NEEDED: dict[str, Any] = {
    "codebook": CODEBOOK,
    "a": CODEBOOK,
    "b": CODEBOOK,
    "topics": TOPICS,
    "reference": CORPUS,
    "node": "asn",
    "query": "asn",
    "doc_id": "a",
    "doc_ids": ["a"],
    "n_topics": 2,
    "queries": ["asn"],
    "mentions": FRAME,
    "quotations": FRAME,
    "passages": FRAME,
    "table": FRAME,
    "data": FRAME,
    "codings": FRAME,
    "marked": FRAME,
    "key": FRAME,
    "file": "codings.csv",
    "folder": "saved",
    "path": "out.yml",
    "by": "outlet",
    "effect": 1.5,
    "concept": "melayani",
    "n_documents": 3,
    "seed": 0,
    "coder": "AB",
}
FUNCTIONS = {name: getattr(kit, name) for name in kit.__all__ if inspect.isfunction(getattr(kit, name))}


def first_of(function: Callable[..., Any]) -> inspect.Parameter | None:
    """The first parameter that is given by its place."""
    found = next(iter(inspect.signature(function).parameters.values()), None)
    return None if found is None or found.kind is found.KEYWORD_ONLY else found


def takes(function: Callable[..., Any], value: Any) -> bool:
    """Whether the first parameter may be such a thing, by the words of its annotation."""
    parameter = first_of(function)
    assert parameter is not None
    words = {
        "str": ("str",),
        "PosixPath": ("Path",),
        "WindowsPath": ("Path",),
        "NoneType": ("None",),
        "Corpus": ("Corpus", "AnyCorpus", "Texts"),
        "PartedCorpus": ("AnyCorpus", "Texts"),
    }
    names = str(parameter.annotation).replace("|", " ").replace("[", " ").replace("]", " ").replace(".", " ").split()
    return "Any" in names or any(word in names for word in words.get(type(value).__name__, (type(value).__name__,)))


WRONG = [
    (name, given)
    for name, function in FUNCTIONS.items()
    if first_of(function) is not None
    for given, value in GIVEN.items()
    if not takes(function, value)
]


@pytest.mark.parametrize("given", GIVEN)
def test_a_wrong_first_argument_says_what_was_given_and_what_to_give(given: str) -> None:
    for name in (name for name, wrong in WRONG if wrong == given):
        function = FUNCTIONS[name]
        parameters = list(inspect.signature(function).parameters.values())
        rest = [NEEDED[one.name] for one in parameters[1:] if one.kind is one.POSITIONAL_OR_KEYWORD and _needed(one)]
        named = {one.name: NEEDED[one.name] for one in parameters if one.kind is one.KEYWORD_ONLY and _needed(one)}
        with pytest.raises(kit.KitError) as caught:
            function(GIVEN[given], *rest, **named)
        said = str(caught.value)
        assert said.startswith(f"{name}: {parameters[0].name} {given}")
        assert " -> give " in said
        assert f"{name}({parameters[0].name}" in said


def _needed(parameter: inspect.Parameter) -> bool:
    return parameter.default is parameter.empty


def test_every_function_of_a_corpus_is_among_them() -> None:
    assert {"term_frequencies", "keyness", "fit_topics", "load_corpus", "describe_measure"} <= {
        name for name, _ in WRONG
    }
    assert len(WRONG) > 200


MISTAKES: dict[str, tuple[Callable[[], Any], str]] = {
    "texts where corpora are meant": (
        lambda: kit.keyness("2025", "2019"),  # type: ignore[arg-type]
        r"keyness: target = '2025' -> give a corpus, .*corpus.where\(column='2025'\)",
    ),
    "a corpus where a codebook is meant": (
        lambda: kit.concept_frequencies(CORPUS, CORPUS),  # type: ignore[arg-type]
        r"codebook is a Corpus -> give a codebook, from kit.load_codebook\(\)",
    ),
    "codebook before corpus": (
        lambda: kit.find_mentions(CODEBOOK, CORPUS),  # type: ignore[arg-type]
        r"corpus is a Codebook -> give them the other way round: find_mentions\(corpus, codebook\)",
    ),
    "topics before corpus": (
        lambda: kit.topic_shares(TOPICS, CORPUS, by="year"),  # type: ignore[arg-type]
        r"give them the other way round: topic_shares\(corpus, topics\)",
    ),
    "a query before the corpus": (
        lambda: kit.concordance("warga", CORPUS),  # type: ignore[arg-type]
        r"give them the other way round: concordance\(corpus, query\)",
    ),
    "a unit by its place": (
        lambda: kit.term_frequencies(CORPUS, "lexeme"),  # type: ignore[misc]
        r"too many positional arguments -> call term_frequencies\(corpus, \*, unit, by, stopwords, kinds\)",
    ),
    "an old name": (
        lambda: kit.collocations(CORPUS, "warga", minimum=2),  # type: ignore[call-arg]
        r"collocations: got an unexpected keyword argument 'minimum' -> call .*min_count",
    ),
    "no reference": (
        lambda: kit.keyness(CORPUS),  # type: ignore[call-arg]
        r"keyness: missing a required argument: 'reference' -> call keyness\(target, reference, \*, unit",
    ),
    "a codebook where a number is meant": (
        lambda: kit.fit_topics(CORPUS, CODEBOOK),  # type: ignore[arg-type]
        r"n_topics is a Codebook -> give a whole number",
    ),
    "a corpus in parts where one is needed": (
        lambda: kit.save_corpus(PARTED, "saved"),  # type: ignore[arg-type]
        r"corpus is a PartedCorpus -> give a corpus in one part; one in parts lies in a folder that can be copied",
    ),
    "a table to load": (
        lambda: kit.load_corpus(FRAME),  # type: ignore[arg-type]
        r"load_corpus: path is a DataFrame -> give a path; a table becomes a corpus by kit.Corpus.from_frame\(table\)",
    ),
    "a codebook where passages are meant": (
        lambda: kit.evidence(CORPUS, CODEBOOK),  # type: ignore[arg-type]
        r"evidence: passages is a Codebook -> give a table",
    ),
    "a path as a table": (
        lambda: kit.Corpus.from_frame("corpus"),  # type: ignore[arg-type]
        r"Corpus.from_frame: frame = 'corpus' -> give a table",
    ),
    "a list as a table": (
        lambda: kit.FrequencyList.from_frame([1]),  # type: ignore[arg-type]
        r"FrequencyList.from_frame: frame = \[1\] -> give a table",
    ),
    "a path as a codebook": (
        lambda: kit.cluster_terms(CORPUS, "codebook"),  # type: ignore[arg-type]
        r"codebook = 'codebook' -> give a codebook, from kit.load_codebook\(\) \(or leave it out\)",
    ),
    "a codebook as mentions": (
        lambda: kit.concept_frequencies(CORPUS, CODEBOOK, mentions=CODEBOOK),  # type: ignore[arg-type]
        r"mentions is a Codebook -> give a table",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told(mistake: str) -> None:
    call, said = MISTAKES[mistake]
    with pytest.raises(QueryError, match=said):
        call()


@pytest.mark.parametrize("corpus", [CORPUS, PARTED], ids=["whole", "parts"])
def test_where_one_column_is_meant_two_are_one_too_many(corpus: kit.AnyCorpus) -> None:
    two = ["outlet", "year"]
    for call in (lambda: kit.dispersion(corpus, parts=two), lambda: corpus.group_of(two)):  # type: ignore[arg-type]
        with pytest.raises(kit.KitError, match=r"\['outlet', 'year'\].* -> .*one column"):
            call()


@pytest.mark.parametrize("corpus", [CORPUS, PARTED], ids=["whole", "parts"])
def test_a_value_that_no_document_has_is_told_with_those_there_are(corpus: kit.AnyCorpus) -> None:
    with pytest.raises(CorpusError, match=r"no document has outlet = 'typo' -> use one of 'X', 'Y'$"):
        corpus.where(outlet="typo")
    with pytest.raises(CorpusError, match=r"no document has year = '2019', '2020' -> use one of '2023', '2024'$"):
        corpus.where(year=[2020, 2019])
    assert len(corpus.where(outlet="Y", year=2023)) == 0  # each value occurs, but not together
    assert len(corpus.where(outlet=[])) == 0
    assert len(corpus.where(outlet=[]).where(outlet="typo")) == 0  # there is nothing to choose from
    assert len(corpus.where(outlet=["X", "typo"])) == 2


def test_of_many_values_the_nearest_are_told() -> None:
    outlets = [f"Harian {number}" for number in range(30)]
    frame = pd.DataFrame({"doc_id": [str(row) for row in range(30)], "text": "Warga.", "outlet": outlets})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    with pytest.raises(CorpusError, match=r"use one of 'Harian 7'.* \(10 of 30 values\)$"):
        corpus.where(outlet="Harian7")
    with pytest.raises(CorpusError, match=r"use one of 'Harian 0'.* \(10 of 30 values\)$"):
        corpus.where(outlet="???")


def test_what_the_door_lets_through() -> None:
    """Numbers of numpy are numbers, and a column is a list."""
    assert len(kit.fit_topics(CORPUS, pd.Series([2])[0]).topics) == 0
    labels = CORPUS.group_of("outlet")
    assert kit.frequency_intervals(CORPUS, by=labels, items=["warga"])["group"].tolist() == ["X", "Y"]


def test_public_functions_can_be_sent_to_workers() -> None:
    assert pickle.loads(pickle.dumps(kit.term_frequencies)) is kit.term_frequencies
    assert kit.term_frequencies.__doc__
    assert list(inspect.signature(kit.term_frequencies).parameters)[:2] == ["corpus", "unit"]


def test_a_function_whose_annotations_name_nothing_takes_anything() -> None:
    def free(value, *, other=None):  # type: ignore[no-untyped-def]
        return value, other

    assert checked(free)(CORPUS, other=FRAME)[0] is CORPUS
    assert arguments_of(free)(1) == {"value": 1}


#: Values that are hardly ever meant; a table of tables, text of bytes, a number with a part.
ODD: dict[str, Any] = {"bytes": b"x", "a number": 5, "a part": 2.5, "a dict": {"a": 1}, "nothing": None}
#: They take minutes, or need a result of their own to be called at all.
LONG = {"compare_topics", "compare_specifications", "map_clusters"}


def odd_calls(function: Callable[..., Any], odd: str) -> list[tuple[str, dict[str, Any]]]:
    """Each call in which one argument is odd and the others are good, by the name of the argument."""
    hints = get_type_hints(inspect.unwrap(function))
    named = [one for one in inspect.signature(function).parameters.values() if one.kind not in STARRED]
    good = {one.name: NEEDED.get(one.name, CORPUS) for one in named if _needed(one)}
    return [
        (one.name, good | {one.name: ODD[odd]})
        for one in named
        if (kinds := _classes(hints.get(one.name, Any))) is not None and not _fits(ODD[odd], kinds)
    ]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@pytest.mark.parametrize(
    "odd", ["bytes", *(pytest.param(odd, marks=pytest.mark.slow) for odd in ODD if odd != "bytes")]
)
@pytest.mark.filterwarnings("ignore")
def test_an_odd_argument_is_never_a_traceback(name: str, odd: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    refuses = pytest.raises if odd == "bytes" else contextlib.suppress  # a number may do, but bytes never
    for _, call in odd_calls(FUNCTIONS[name], odd) if odd == "bytes" or name not in LONG else []:
        with refuses(kit.KitError):
            FUNCTIONS[name](**call)


def test_what_is_no_yes_or_no_is_refused() -> None:
    for odd in (5, None, "no"):
        with pytest.raises(QueryError, match=r"find_mentions: void = .* -> give True or False"):
            kit.find_mentions(CORPUS, CODEBOOK, void=odd)  # type: ignore[arg-type]
    assert len(kit.find_mentions(CORPUS, CODEBOOK, void=pd.Series([False])[0])) > 0


def test_what_stumbles_over_good_arguments_is_not_blamed_on_them() -> None:
    @checked
    def broken(number: int, other: list[int] | None = None) -> int:
        return {}[number] + len(other)  # type: ignore[index, arg-type]

    with pytest.raises(KeyError):
        broken(5)
    with pytest.raises(QueryError, match="broken: other = 'x' -> give "):
        broken(5, "x")  # type: ignore[arg-type]
