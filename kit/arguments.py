"""The first look at the arguments of a public call: a natural mistake is told in words, before anything is counted.

What a parameter takes is read from its annotation, so that no function has checks of its own for a table where a
corpus is meant, a corpus where a codebook is meant, or two arguments the other way round. What a text or a number has
to be, each function says itself; where it stumbles over an argument that is none, the annotation says it.
"""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable, Mapping
from numbers import Integral, Real
from pathlib import PurePath
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from kit.errors import KitError, QueryError

P = ParamSpec("P")
R = TypeVar("R")

#: Where what a parameter takes can be had, by the class that it is of.
_GIVE = {
    "Corpus": "a corpus, from kit.load_corpus(folder), kit.open_corpus(folder) or kit.Corpus.from_frame(table)",
    "PartedCorpus": "a corpus, from kit.load_corpus(folder), kit.open_corpus(folder) or kit.Corpus.from_frame(table)",
    "Codebook": "a codebook, from kit.load_codebook()",
    "Topics": "topics, from kit.fit_topics(corpus, n_topics)",
    "TopicChoice": "what kit.compare_topics(corpus) returned",
    "TermClusters": "clusters, from kit.cluster_terms(corpus, codebook)",
    "ClusterMap": "a map, from kit.map_clusters(clusters)",
    "ConceptNetwork": "a network, from kit.concept_network(corpus, codebook)",
    "StudyPlan": "a plan, from kit.plan_study(pilot, effect=1.5, concept=…)",
    "FrequencyList": "a list of frequencies, from kit.FrequencyList.from_frame(table) or kit.general_indonesian()",
    "Counts": "",
    "DataFrame": "a table (a pandas DataFrame)",
    "Path": "a path",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "True or False",
    "NoneType": "",
    "Sequence": "a list",
    "Mapping": "a dict",
}
#: What else to give, where another call takes what was given.
_INSTEAD = {
    ("load_corpus", "DataFrame"): "a path; a table becomes a corpus by kit.Corpus.from_frame(table)",
    ("save_corpus", "PartedCorpus"): "a corpus in one part; one in parts lies in a folder that can be copied",
}
#: Numbers of numpy and of others are numbers too.
_WIDER: Mapping[type, type] = {int: Integral, float: Real}
#: What a function stumbles over when an argument is no such thing as it takes.
_TRIPPED = (TypeError, AttributeError, ValueError, LookupError)
_FLAGS = ("bool", "bool_")  # of Python and of numpy; anything else would pass for yes or no
_STARRED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_LONGEST = 60  # characters of a value that an error repeats


def at_the_door(value: Any) -> Any:
    """Return what `kit` gives out under a public name: a function that looks at its arguments first, or the value.

    Calls inside the kit go from module to module and do not pass the door.
    """
    if not isinstance(value, types.FunctionType):
        return value
    public = checked(value)
    public.__module__ = "kit"  # where it can be found again, as pickles ask
    return public


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function look at its arguments first.

    Examples
    --------
    >>> from kit.settings import Settings
    >>> @checked
    ... def folder_of(settings: Settings, name: str = "corpus") -> str:
    ...     return name
    >>> folder_of("pyproject.toml")
    Traceback (most recent call last):
    kit.errors.QueryError: folder_of: settings = 'pyproject.toml' -> give Settings, as in folder_of(settings, name)

    """
    door = _Door(function)

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        given = door.look(*args, **kwargs)
        try:
            return function(*args, **kwargs)
        except _TRIPPED as error:
            if isinstance(error, KitError) or (refusal := door.unfit(given)) is None:
                raise
            raise refusal from error

    return wrapper


def arguments_of(function: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Return what binds arguments to the parameters of a function, or refuses them.

    Raises
    ------
    QueryError
        An argument is missing, unknown or in the wrong place, or is something else than its parameter takes.

    """
    return _Door(function).look


class _Door:
    """What looks at the arguments of one function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._signature = inspect.signature(function)
        method = next(iter(self._signature.parameters), "") in ("cls", "self")
        self._name = function.__qualname__ if method else function.__name__

    @functools.cached_property
    def _takes(self) -> dict[str, tuple[type, ...] | None]:
        """The classes that each parameter takes."""
        hints = get_type_hints(self._function)
        return {parameter: _classes(hints.get(parameter, Any)) for parameter in self._signature.parameters}

    def look(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Bind arguments to the parameters, or refuse them."""
        try:
            given = self._signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            remedy = f"call {_form(self._name, self._signature, whole=True)}"
            raise QueryError(str(error), place=self._name, remedy=remedy) from None
        first = next((parameter for parameter in given if parameter not in ("cls", "self")), "")
        for parameter, value in given.items():
            takes = self._takes[parameter]
            if _mistaken(value, takes) or (parameter == first and not _fits(value, takes)):
                raise _refusal(self._name, self._signature, self._takes, given, parameter)
        return given

    def unfit(self, given: Mapping[str, Any]) -> QueryError | None:
        """Return the error of the first argument that is not of its parameter's classes, if there is one."""
        for parameter, value in given.items():
            starred = self._signature.parameters[parameter].kind in _STARRED
            if not starred and not _fits(value, self._takes[parameter]):
                return _refusal(self._name, self._signature, self._takes, given, parameter)
        return None


def _classes(hint: Any) -> tuple[type, ...] | None:
    """Return the classes of what an annotation takes; None if it takes what cannot be told by its class."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        parts = [_classes(part) for part in get_args(hint)]
        return None if None in parts else tuple(one for part in parts for one in part or ())
    if origin is Literal:
        return tuple({type(value) for value in get_args(hint)})
    found = types.NoneType if hint is None else origin or hint
    if found is Any:  # a class of its own since Python 3.11
        return None
    return (found,) if isinstance(found, type) and not getattr(found, "_is_protocol", False) else None


def _fits(value: Any, classes: tuple[type, ...] | None) -> bool:
    """Tell whether a parameter takes a value."""
    return classes is None or isinstance(value, tuple(_WIDER.get(one, one) for one in classes))


def _mistaken(value: Any, classes: tuple[type, ...] | None) -> bool:
    """Tell whether a value is something else than a parameter takes; texts and numbers each function judges itself."""
    if _fits(value, classes):
        return False
    kinds = {*(classes or ())}
    flag = bool in kinds and kinds <= {bool, types.NoneType} and type(value).__name__ not in _FLAGS
    return flag or isinstance(value, bytes) or _is_thing(type(value)) or any(map(_is_thing, kinds))


def _is_thing(kind: type) -> bool:
    """Tell whether a class is one of the kit's, a table or a path."""
    return kind.__module__.startswith("kit.") or kind.__name__ == "DataFrame" or issubclass(kind, PurePath)


def _refusal(
    name: str,
    signature: inspect.Signature,
    takes: Mapping[str, tuple[type, ...] | None],
    given: Mapping[str, Any],
    parameter: str,
) -> QueryError:
    """Say what was given, and what to give."""
    value, wanted = given[parameter], takes[parameter] or ()
    swapped = any(
        _mistaken(other, takes[also]) and _fits(other, wanted) and _fits(value, takes[also])
        for also, other in given.items()
    )
    form = _form(name, signature)
    if swapped:
        remedy = f"give them the other way round: {form}"
    else:
        names = [one.__name__ for one in wanted]
        names = [one for one in names if one != "str" or "Path" not in names]  # a text is a path there
        ways = list(dict.fromkeys(_GIVE.get(one, one) for one in names))
        remedy = f"give {_INSTEAD.get((name, type(value).__name__)) or ', or '.join(filter(None, ways))}"
        remedy += " (or leave it out)" if "NoneType" in names else ""
        if isinstance(value, str) and "Corpus" in names:
            remedy += f"; a part of one is corpus.where(column={_short(value)})"
        remedy += f", as in {form}"
    return QueryError(_told(parameter, value), place=name, remedy=remedy)


def _told(parameter: str, value: Any) -> str:
    """Say what a parameter was given."""
    kind = type(value)
    if not _is_thing(kind) or issubclass(kind, PurePath):
        return f"{parameter} = {_short(value)}"
    article = "an" if kind.__name__[0] in "AEIO" else "a"
    return f"{parameter} is {article} {kind.__name__}"


def _short(value: Any) -> str:
    """Write a value, the long ones cut."""
    text = repr(str(value) if isinstance(value, PurePath) else value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _form(name: str, signature: inspect.Signature, *, whole: bool = False) -> str:
    """Write how a function is called: what must be given, or all."""
    parts, starred = [], False
    for parameter in signature.parameters.values():
        if parameter.name in ("self", "cls") or parameter.kind is parameter.VAR_KEYWORD:
            continue
        if parameter.kind is parameter.KEYWORD_ONLY:
            if not whole and parameter.default is not parameter.empty:
                continue
            parts += [] if starred else ["*"] if whole else []
            starred = True
            parts.append(parameter.name if whole else f"{parameter.name}=…")
        else:
            parts.append(parameter.name)
    return f"{name}({', '.join(parts)})"


def check_amount(name: str, value: object, least: int, *, place: str, remedy: str) -> None:
    """Refuse what is no whole number from `least` on."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise QueryError(f"{name} = {value!r}", place=place, remedy=remedy)
