"""The targets that make.py runs in .venv: ``python -m kit --help`` lists them."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from kit.errors import KitError
from kit.settings import load_settings

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None, *, program: str = "python3 make.py") -> int:
    """Run one target, and name in messages what the user has called."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a path may have letters that the terminal lacks
    options = _parser(program).parse_args(arguments)
    try:
        return _run(options)
    except KitError as error:
        remedy = f"\n  -> {error.remedy}" if error.remedy else ""
        print(f"{f'{error.place}: ' if error.place else ''}{error.problem}{remedy}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or options.target}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; what was finished stays, and the next run goes on from here", file=sys.stderr)
        return _INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    """Run the target; each loads only what it needs."""
    # ruff: noqa: PLC0415
    if options.target == "init":
        from kit.build.study import init

        return init(options.folder, seed=options.seed)
    settings = load_settings()
    match options.target:
        case "figures":
            from kit.build.untouched import say_untouched

            if not options.notebook and not options.verbose and say_untouched(settings):
                return 0
            from kit.build.figures import make_figures

            return make_figures(settings, options.notebook, workers=options.workers, verbose=options.verbose)
        case "demo":
            from kit.build.demo import demo_settings
            from kit.build.figures import make_figures

            return make_figures(demo_settings(settings), options.notebook, workers=options.workers)
        case "verify":
            from kit.build.verify import verify

            return verify(settings, options.notebook, workers=options.workers)
        case "why":
            from kit.build.why import say_why

            return say_why(settings, options.notebook)
        case "list":
            from kit.build.why import say_list

            return say_list(settings, options.notebook)
        case "cite":
            from kit.publish.cited import find_cited
            from kit.publish.references import told

            print(told(find_cited(settings.figures, options.name, settings.labels)))
            return 0
        case "numbers":
            from kit.publish.live import write_live

            folder = options.folder or settings.root / "results" / "paper"
            write_live(settings.figures, folder, settings.labels)
            print(f"{folder}: exhibits.bib, numbers.json, numbers.tex and numbers.typ written")
            return 0
        case "report":
            from kit.build.reporting import report

            return report(settings, options.folder, withhold=options.withhold_text)
        case "bundle":
            from kit.build.bundling import bundle

            return bundle(settings, withhold=options.withhold_text)
        case "diff":
            from kit.build.diffing import diff

            return diff(settings, options.revision, workers=options.workers)
        case "handover":
            from kit.build.handover import handover

            return handover(settings)
        case "check-paper":
            from kit.publish.paper import report as check

            return check(options.paper, settings.figures, settings.labels)
        case "fill-paper":
            from kit.publish.paper import fill

            print(f"{options.paper}: {fill(options.paper, settings.figures, settings.labels)} numbers")
            return 0
        case "clean":
            from kit.build.clean import clean

            return clean(settings)
        case "reference":
            from kit.build.reference import make_reference

            return make_reference(settings, check=options.check)
        case "docs":
            from kit.build.site import make_site

            return make_site(settings, options.folder)
        case "import":
            from kit.build.importing import run_import

            return run_import(
                settings, options.paths, kind=options.kind, columns=options.columns, dry_run=options.dry_run
            )
        case "strip":
            from kit.build.strip import strip

            return strip(settings, check=options.check)
        case _:
            from kit.build.scaffold import new_notebook

            return new_notebook(settings, options.name)


def _parser(program: str) -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(prog=program, description="Run a target in the project's folder.")
    targets = parser.add_subparsers(dest="target", required=True, metavar="TARGET")

    def add(name: str, what: str, *, notebooks: bool = False, workers: bool = False) -> argparse.ArgumentParser:
        target = targets.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
        if workers:
            target.add_argument("-n", "--workers", metavar="N", type=_number, help="notebooks at a time")
        if notebooks:
            target.add_argument("notebook", metavar="NOTEBOOK", nargs="*", help="name or number; all if left out")
        return target

    figures = add("figures", "make every figure and table that is out of date", notebooks=True, workers=True)
    figures.add_argument("--verbose", action="store_true", help="show the build engine's own output")
    add("demo", "make every figure and table of the demonstration corpus", notebooks=True, workers=True)
    add("verify", "make everything in a fresh folder and compare it byte by byte", notebooks=True, workers=True)
    add("why", "say what is out of date, and because of which file", notebooks=True)
    add("list", "list the notebooks, what each makes, and its state", notebooks=True)
    cite = add("cite", "say how an exhibit, a cell, a passage, the codebook or the corpus is cited, in four forms")
    named = "tbl-concepts, tbl-concepts/akuntabilitas/mentions, seed-article:474-490, codebook or corpus"
    cite.add_argument("name", metavar="WHAT", help=named)
    live = add("numbers", "write the numbers of all tables, and references, for a paper in LaTeX, Typst or Markdown")
    live.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="of the paper; results/paper if left out")
    moved = add("diff", "say which cells have moved since a revision in git, and because of which input", workers=True)
    moved.add_argument("revision", metavar="REVISION", help="a commit, tag or branch, such as HEAD~1")
    pages = add("report", "bring the exhibits up to date and write the study as pages that open from disk")
    pages.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="a new one; results/report if left out")
    pages.add_argument("--withhold-text", action="store_true", help="without the texts and any passage from them")
    pack = add("bundle", "write the archive of the study, with all that describes it, into results/bundle/")
    pack.add_argument("--withhold-text", action="store_true", help="without the texts and any passage from them")
    add("handover", "write one page on what is in git, what may not be, and what a reviewer runs")
    for name, what in (
        ("check-paper", "list numbers and exhibits of a paper that are stale, unknown, changed by hand or typed in"),
        ("fill-paper", "write the present numbers into a paper in Markdown, Quarto or Word"),
    ):
        add(name, what).add_argument("paper", metavar="PAPER", type=Path, help=".tex, .md, .qmd or .docx")
    add("clean", "remove what builds have left behind; figures/ stays")
    reference = add("reference", "write docs/reference/ from the docstrings of the public names")
    reference.add_argument("--check", action="store_true", help="only say whether the pages are up to date")
    site = add("docs", "write the documentation as pages for a browser")
    site.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="a new one; .kit/site if left out")
    strip = add("strip", "take the outputs out of the notebooks")
    strip.add_argument("--check", action="store_true", help="only say whether any has some; exit 1 if so")
    new = add("new-notebook", "start a notebook that is built and tested like the rest")
    new.add_argument("name", metavar="NAME", help="lower-case letters, digits and _, such as word_order")
    take = add("import", "take articles from files of any kind into the corpus")
    take.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files and folders")
    take.add_argument("--as", dest="kind", metavar="KIND", default="", help="read every file as this kind")
    take.add_argument("--columns", metavar="text=Isi,…", default="", help="which column of tables is which")
    take.add_argument("--dry-run", action="store_true", help="only show what would be taken")
    begin = add("init", "begin a study of your own in a new folder, with the kit as a wheel")
    begin.add_argument("folder", metavar="FOLDER", type=Path)
    begin.add_argument("--seed", action="store_true", help="with the seed article, to have something to show")
    return parser


def _number(text: str) -> int:
    """Read a number of notebooks at a time."""
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return number


if __name__ == "__main__":
    sys.exit(main())
