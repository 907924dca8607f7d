"""The reference of the public names: docs/reference/, one page a group, made of their docstrings."""

from __future__ import annotations

import importlib
import inspect
import re
import textwrap
import types
from collections.abc import Iterator
from typing import Any

from kit.errors import BuildError
from kit.settings import Settings

#: The public names by what they are for; a test holds them equal to `kit.__all__`.
GROUPS = {
    "Corpus": (
        "read_articles", "load_corpus", "sample_corpus", "SampleCorpus", "Corpus", "AnyCorpus", "save_corpus",
        "open_corpus", "PartedCorpus",
        "add_articles", "remove_articles", "reindex_corpus", "describe_corpus", "describe_removed", "list_removed",
        "list_flagged", "list_copies", "compare_copy", "export_texts",
    ),
    "Codebook": (
        "load_codebook", "Codebook", "find_mentions", "explain", "Explanation", "concept_frequencies",
        "pattern_frequencies", "compare_codebooks", "CodebookComparison", "find_lists",
        "concept_network", "ConceptNetwork", "import_codebook", "export_codebook", "import_coding", "export_coding",
        "near_misses", "candidate_terms", "concept_overlap", "split_half", "describe_codebook",
    ),
    "Discourse": (
        "find_quotations", "list_speakers", "join_speakers", "JoinedSpeakers", "code_speakers", "find_modality",
        "service_voice", "statements", "read_statements", "discourse_network", "DiscourseNetwork",
        "find_coalitions", "Coalitions", "list_citations", "tally",
    ),
    "Words": (
        "term_frequencies", "ngram_frequencies", "reduced_frequencies", "dispersion", "lexical_diversity",
        "stopword_sensitivity", "concordance", "collocations", "Vectorizer",
    ),
    "Comparison and uncertainty": (
        "compare", "keyness", "FrequencyList", "general_indonesian", "frequency_intervals", "log_ratio_intervals",
        "plan_study", "StudyPlan", "compare_specifications", "Specifications", "describe_measure", "MeasureCard",
        "TaskCard",
    ),
    "Topics": (
        "cluster_terms", "TermClusters", "map_clusters", "ClusterMap", "fit_topics", "Topics", "compare_topics",
        "TopicChoice", "topic_stability", "topic_shares", "topic_sources", "topic_table",
    ),
    "Plots": (
        "Drawing", "plot_concepts", "plot_compare", "plot_keyness", "plot_network", "plot_dispersion", "plot_study",
        "plot_discourse", "plot_clusters",
        "plot_cluster_map", "plot_specifications", "plot_topic_choice", "plot_topic_shares",
    ),
    "Exhibits": ("Table", "Figure", "show", "find_passages", "evidence"),
    "Exploring": (
        "explore_concordance", "explore_concepts", "explore_comparison", "explore_topics", "explore_coding", "Explorer",
    ),
    "Validity": (
        "coding_sheet", "CodingSheet", "read_codings", "lock_coding", "add_codings", "sentence_codings",
        "score_coding", "CodingScores",
        "load_validity",
        "intrusion_sheet", "IntrusionSheet", "score_intrusion",
    ),
    "Simulation": ("simulate_corpus", "Simulation"),
    "Project": ("load_settings", "Settings", "KitError", "__version__"),
}  # fmt: skip
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
_ENTRY = re.compile(r"\n(?=\S)")
_ROLE = re.compile(r":\w+:`([^`]+)`")
_LISTS = ("Parameters", "Attributes", "Raises", "Other Parameters")
_WIDTH = 100


def make_reference(settings: Settings, *, check: bool = False) -> int:
    """Write the pages, or say which of them are not what the docstrings give; return the exit code."""
    folder = settings.root / "docs" / "reference"
    stale = []
    made = pages()
    for name, text in made.items():
        file = folder / name
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
    gone = [file for file in sorted(folder.glob("*.md")) if file.name not in made] if folder.is_dir() else []
    if check and (stale or gone):
        names = ", ".join([*stale, *(file.name for file in gone)])
        raise BuildError(f"not up to date: {names}", place="docs/reference", remedy="run: python3 make.py reference")
    for file in gone:
        file.unlink()
    print(f"docs/reference: {len(made)} pages, {len(stale)} {'stale' if check else 'written'}")
    return 0


def _kit() -> Any:
    """Return the package, whose public names are loaded when first asked for."""
    return importlib.import_module("kit")


def pages() -> dict[str, str]:
    """Return the text of each page by its file name; README.md lists the groups."""
    made = {}
    index = [
        "# Reference\n",
        "Every public name of `kit`, from its docstring; `help(kit.keyness)` shows the same.\n",
    ]
    for title, names in GROUPS.items():
        file = re.sub(r"[^a-z]+", "-", title.lower()).strip("-") + ".md"
        parts = [f"# {title}\n", *(_entry(name, getattr(_kit(), name)) for name in names)]
        made[file] = _tidy("\n".join(parts))
        listed = "\n".join(f"- [`{name}`]({file}#{name.lower()}): {_summary(getattr(_kit(), name))}" for name in names)
        index.append(f"## [{title}]({file})\n\n{listed}\n")
    made["README.md"] = _tidy("\n".join(index))
    return made


def _entry(name: str, what: Any) -> str:
    """Return what a page says of one name: its call, its docstring, and the methods of a class."""
    shown = name.replace("__", "\\_\\_")  # not bold
    lines = [f"## {shown}\n"]
    if inspect.isfunction(what):
        lines.append(_call(f"kit.{name}", what))
    lines.append(_told(what))
    if inspect.isclass(what):
        for method, member in _methods(what):
            shown = f"{name}.{method}"
            lines.append(f"### {shown}\n")
            if not isinstance(member, property):
                lines.append(_call(f"kit.{shown}", member))
            lines.append(_told(member))
    return "\n".join(lines)


def _methods(what: type) -> Iterator[tuple[str, Any]]:
    """Return the public methods and described properties of a class, in the order of its source."""
    for name, member in vars(what).items():
        plain = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
        known = inspect.isfunction(plain) or isinstance(plain, property)
        if known and not name.startswith("_") and inspect.getdoc(plain) and what.__module__.startswith("kit"):
            yield name, plain


def _call(name: str, what: Any) -> str:
    """Write how something is called, folded where it is long."""
    signature = inspect.signature(what, eval_str=False)
    parameters = [one for one in signature.parameters.values() if one.name not in ("self", "cls")]
    plain = signature.replace(
        parameters=[one.replace(annotation=inspect.Parameter.empty) for one in parameters],
        return_annotation=inspect.Signature.empty,
    )
    text = f"{name}{plain}"
    if len(text) > _WIDTH:
        inside = textwrap.fill(str(plain)[1:-1], _WIDTH - 4, initial_indent="    ", subsequent_indent="    ")
        text = f"{name}(\n{inside},\n)"
    return f"```python\n{text}\n```\n"


def _doc(what: Any) -> str:
    """Return the docstring of a function or class; of a type or a value in words of its own."""
    if isinstance(what, types.UnionType):
        names = ", ".join(f"`{one.__name__}`" for one in what.__args__)
        return f"The type to annotate a corpus with, in one part or in many: any of {names}."
    return f"The value `{what!r}`." if isinstance(what, str) else inspect.getdoc(what) or ""


def _summary(what: Any) -> str:
    """Return the first line of a docstring."""
    return _doc(what).partition("\n")[0]


def _told(what: Any) -> str:
    """Write a docstring in numpydoc's form as Markdown."""
    text = _ROLE.sub(r"`\1`", _doc(what))
    head, *rest = _SECTION.split(text)
    parts = [_examples(head)]
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        parts.append(f"**{title}**\n")
        if title in _LISTS:
            parts.append(_items(body))
        elif title in ("Returns", "Yields"):
            parts.append(_items(body) if re.search(r"^ {4}", body, re.MULTILINE) else body)
        else:
            parts.append(_examples(body))
    return "\n".join(parts)


def _items(body: str) -> str:
    """Write the entries of a section as a list."""
    items = []
    for entry in _ENTRY.split(body.strip()):
        head, _, told = entry.strip().partition("\n")
        name, colon, kind = head.partition(" : ")
        title = f"`{name}`" + (f" ({kind})" if colon else "") if colon or not told else head
        more = textwrap.indent(textwrap.dedent(told).strip(), "  ")
        long = "\n\n" in more or more.lstrip().startswith("- ")
        items.append(f"- {title}" + (f"\n\n{more}\n" if long else f":\n{more}" if more else ""))
    return "\n".join(items) + "\n"


def _examples(body: str) -> str:
    """Put the lines of a session into a block of code."""
    blocks = re.split(r"\n\s*\n", body.strip())
    return "\n\n".join(f"```pycon\n{block}\n```" if block.startswith(">>>") else block for block in blocks) + "\n"


def _tidy(text: str) -> str:
    """End a page in one line end, without more than one blank line anywhere."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
