"""The pages of a report, each in the shell of all pages, with links to the others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kit.codebook.loading import load_codebook
from kit.exhibits import exhibit, index
from kit.exhibits.formats import document, html
from kit.measures.cards import measures_document
from kit.parts.summaries import AnyCorpus
from kit.publish.report import notebooks
from kit.publish.report.codebook import concepts_of
from kit.publish.report.notebooks import Piece
from kit.publish.report.withheld import Withheld
from kit.settings import LANGUAGES, Settings, __version__
from kit.validity.figures import load_validity
from kit.wording import numerals
from kit.wording.words import say

FRONT, SEARCH, FIGURES = "index.html", "search.html", "figures"
_CODEBOOK, _MEASURES = "codebook.html", "measures.html"


class _Page(NamedTuple):
    """A page: where it lies, in one language or in each; and what it is called."""

    places: Mapping[str, str]
    titles: Mapping[str, str]


class Pages:
    """The pages of a report.

    Parameters
    ----------
    settings : Settings
    corpus : Corpus or PartedCorpus
    executed : mapping
        Notebooks with their outputs, by name.
    figures : Path
        The folder of the exhibits that the report shows.
    hidden : Withheld, optional
        What must not be told.

    """

    def __init__(
        self,
        settings: Settings,
        corpus: AnyCorpus,
        executed: Mapping[str, Mapping[str, Any]],
        figures: Path,
        hidden: Withheld | None,
    ) -> None:
        self.settings, self.corpus, self.figures, self.hidden = settings, corpus, figures, hidden
        self.codebook = load_codebook(settings.codebook)
        self.notebooks = {f"notebooks/{name}.html": executed[name] for name in sorted(executed)}
        self.exhibits = _Page(
            {one: f"{FIGURES}/{FRONT if one == settings.labels else f'index-{one}.html'}" for one in LANGUAGES},
            {one: say("pages.exhibits", one) for one in LANGUAGES},
        )
        self.front, self.search, self.concepts = (_in_both(one) for one in (FRONT, SEARCH, _CODEBOOK))
        self.measures = _Page({"en": _MEASURES}, {one: say("pages.report.measures", one) for one in LANGUAGES})
        self.own = {
            name: _Page({settings.labels: name}, dict.fromkeys(LANGUAGES, notebooks.title(one) or Path(name).stem))
            for name, one in self.notebooks.items()
        }
        self.all = [self.front, *self.own.values(), self.exhibits, self.search, self.concepts, self.measures]

    def made(self, *, searched: bool, texts: bool) -> dict[str, str]:
        """Make all pages, by name; `searched`: there is an index to search; `texts`: texts may be told."""
        pages: dict[str, str] = {}
        for language in LANGUAGES:
            shown = self.exhibits.places[language]
            home = _way(shown) + self.front.places[language]
            pages[shown] = index.page(self.figures, language, home=home)
            pages |= self._page("front.html", self.front, language, **self._facts(language))
            missing = "" if searched else "report.too_large" if texts else "report.no_texts"
            pages |= self._page("search.html", self.search, language, index=searched, missing=missing)
            validity = load_validity(self.codebook, self.settings.validity)
            concepts = concepts_of(self.codebook, validity, language)
            version = self.codebook.version
            pages |= self._page("codebook.html", self.concepts, language, concepts=concepts, version=version)
        text = document.body(document.parsed(measures_document()))
        pages |= self._page("document.html", self.measures, "en", body=text)
        for name, notebook in self.notebooks.items():
            told = [self._told(one) for one in notebooks.pieces(notebook, self._shown)]
            pages |= self._page("notebook.html", self.own[name], self.settings.labels, pieces=told)
        return pages

    def _page(self, template: str, page: _Page, language: str, **values: Any) -> dict[str, str]:
        """Fill in the template of a page."""
        place = page.places[language]
        other = next((one for one in page.places if one != language), "")
        links = [(_way(place) + _nearest(one.places, language), one.titles[language]) for one in self.all]
        shell = {
            "title": page.titles[language],
            "links": links,
            "other": _way(place) + page.places[other] if other else "",
            "other_language": other,
            "way": _way(place),
        }
        return {place: html.render(template, language, **shell, **{"body": "", **values})}

    def _facts(self, language: str) -> dict[str, Any]:
        """Gather what the first page says of the study, and where it leads."""
        way = _way(self.front.places[language])
        sizes = self.corpus.sizes
        numbers = (len(sizes), int(sizes["sentences"].sum()), int(sizes["words"].sum()))
        documents, sentences, words = numerals.counts(numbers, language)
        return {
            "facts": [
                (say("pages.report.documents", language), documents),
                (say("pages.report.sentences", language), sentences),
                (say("pages.report.words", language), words),
                (say("pages.report.corpus", language), str(self.corpus.fingerprint)),
                (say("pages.report.codebook", language), self.codebook.version),
                (say("pages.report.kit", language), __version__),
            ],
            "notebooks": [
                (way + name, self.own[name].titles[language], self._exhibits_of(one, language))
                for name, one in self.notebooks.items()
            ],
            "parts": [
                (way + _nearest(one.places, language), one.titles[language], say(f"pages.report.{key}", language))
                for one, key in (
                    (self.exhibits, "about_exhibits"),
                    (self.search, "about_search"),
                    (self.concepts, "about_codebook"),
                    (self.measures, "about_measures"),
                )
            ],
            "withheld": self.hidden is not None,
        }

    def _exhibits_of(self, notebook: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
        """List the exhibits of a notebook that have something to show: id and title."""
        found = [self._sidecar(one) for one in notebooks.exhibits(notebook)]
        return [(one["id"], one["title"][language]) for one in found if one and not exhibit.missing(one)]

    def _shown(self, id: str) -> Mapping[str, Any] | None:  # noqa: A002
        """Gather what a page of a notebook shows of an exhibit."""
        sidecar = self._sidecar(id)
        if sidecar is None:
            return None
        language, way = self.settings.labels, f"../{FIGURES}/"
        known = {"id": id, "title": sidecar["title"][language], "stale": False, "notebook": ""}
        if exhibit.missing(sidecar):
            return known | {"reason": sidecar["missing"][language]}
        own = f"tables/{id}.html" if sidecar["kind"] == "table" else f"{FRONT}#{id}"
        shown = index.shown(self.figures, sidecar, language, way)
        known |= {"reason": "", "empty": sidecar.get("rows") == 0, "page": way + own, "picture": f"{way}{id}.svg"}
        return known | shown

    def _sidecar(self, id: str) -> dict[str, Any] | None:  # noqa: A002
        """Read the sidecar of an exhibit that the page of all shows; None if there is none, or not as it should be."""
        file = self.figures / f"{id}.json"
        sidecar, reason = index.read(file, self.settings.labels) if file.is_file() else ({}, "none")
        return None if reason else sidecar

    def _told(self, piece: Piece) -> Piece:
        """Keep a piece of a notebook, unless it tells what must not be told."""
        if self.hidden is None or piece.kind in ("exhibit", "again") or not self.hidden.told_in(piece):
            return piece
        return Piece("withheld", "")


def _in_both(name: str) -> _Page:
    """Make a page that both languages have."""
    key = name.removesuffix(".html").replace("index", "title")
    places = {one: name if one == LANGUAGES[0] else f"{one}/{name}" for one in LANGUAGES}
    return _Page(places, {one: say(f"pages.report.{key}", one) for one in LANGUAGES})


def _nearest(places: Mapping[str, str], language: str) -> str:
    """Return where a page lies in a language, or in the one that it has."""
    return places.get(language) or next(iter(places.values()))


def _way(place: str) -> str:
    """Return the way from a page to the folder of the report."""
    return "../" * place.count("/")
