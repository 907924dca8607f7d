"""Run Conc on texts; works in Conc's own environment, where the kit is not: ``python conc_peer.py FOLDER``.

Reads ``FOLDER/input.json`` (texts by corpus, nodes, queries) and writes ``FOLDER/output.json``.

Conc takes a spaCy model by name and disables seven components by name. No model of Indonesian is published, and a blank
one has none of these components, so that Conc stops. The blank Indonesian tokeniser is given here with seven empty
components of those names; Conc uses the tokeniser alone.
"""

from __future__ import annotations

import csv
import json
import sys
from importlib.metadata import version
from pathlib import Path

import spacy
from conc.conc import Conc
from conc.corpus import Corpus
from spacy.language import Language

_DISABLED = ("parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler")


@Language.component("empty")
def empty(doc):
    return doc


def indonesian(*_args, **_options):
    nlp = spacy.blank("id")
    for name in _DISABLED:
        nlp.add_pipe("empty", name=name)
    return nlp


def build(folder, name, texts):
    source = folder / f"{name}.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text", "doc"], *[[text, place] for place, text in enumerate(texts)]])
    corpus = Corpus(name, "made up")
    corpus.build_from_csv(
        source_path=str(source), text_column="text", metadata_columns=["doc"], save_path=f"{folder}/", model="id"
    )
    return corpus


def main() -> None:
    folder = Path(sys.argv[1])
    asked = json.loads((folder / "input.json").read_text(encoding="utf-8"))
    spacy.load = indonesian
    corpora = {name: build(folder, name, texts) for name, texts in asked["texts"].items()}
    target = Conc(corpora["layanan"])
    target.set_reference_corpus(corpora["umum"])
    frequencies = {
        name: Conc(corpus)
        .frequencies(normalize_by=1_000_000, page_size=0, show_document_frequency=True)
        .to_frame()
        .to_dicts()
        for name, corpus in corpora.items()
    }
    keywords = target.keywords(normalize_by=1_000_000, page_size=0, exclude_negative_keywords=False)
    collocates = {
        node: {
            effect: target.collocates(
                node, effect_size_measure=effect, context_length=asked["window"], min_collocate_frequency=1, page_size=0
            )
            .to_frame()
            .to_dicts()
            for effect in ("logdice", "mutual_information")
        }
        for node in asked["nodes"]
    }
    lines = {
        query: target.concordance(query, page_size=10_000).summary_data["total_count"] for query in asked["queries"]
    }
    found = {
        "version": version("conc"),
        "spacy": version("spacy"),
        "frequencies": frequencies,
        "keywords": keywords.to_frame().to_dicts(),
        "collocates": collocates,
        "lines": lines,
    }
    (folder / "output.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
