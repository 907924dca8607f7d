#!/usr/bin/env python3
"""Set up the project and run its targets: ``python3 make.py --help`` lists them.

Standard library only. The file has to parse on every Python 3 from 3.6 on, so that an old one gets a clear message.
"""

import argparse
import difflib
import sys
import time
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(
        "make.py: this is Python {}.{}.{}, and the kit needs Python 3.11 or newer\n"
        "  -> run it with a newer one, for example: python3.12 make.py".format(*sys.version_info[:3])
    )

ROOT = Path(__file__).resolve().parent
# The kit is a folder of a clone; a study of one's own has it as a wheel, from which Python imports as from a folder
sys.path[:0] = [str(ROOT), *map(str, ROOT.glob("governance_discourse_kit-*.whl"))]

try:
    from kit.build import environment, process
    from kit.build.lab import lab
    from kit.build.testing import pytest_arguments
    from kit.errors import KitError
except ModuleNotFoundError as missing:
    if missing.name != "kit":
        raise
    sys.exit("make.py: there is no kit here, neither as a folder nor as a wheel (.whl)\n  -> restore it from git")

GROUPS = (
    (
        "the corpus",
        (("import", "take articles from files of any kind, PATH…, into the corpus; --dry-run only shows them"),),
    ),
    (
        "figures and tables",
        (
            ("figures", "make every figure and table that is out of date (the target if none is named)"),
            ("demo", "make them from simulated articles (demo/) into results/demo/: docs/demo.md"),
            ("why", "say what is out of date, and because of which file"),
            ("list", "list the figures and tables, with the notebook that makes each"),
            ("verify", "make all, or what a NOTEBOOK makes, in a fresh folder and compare the bytes with figures/"),
            ("diff", "say which cells have moved since a REVISION in git, and because of which input"),
            ("cite", "say how an exhibit, a cell (tbl-concepts/akuntabilitas/mentions), a passage is cited"),
            ("numbers", "write all numbers and references for a paper, to be called by name: docs/citing.md"),
            ("check-paper", "list numbers of PAPER that are stale, unknown, changed by hand or typed in"),
            ("fill-paper", "write the present numbers into PAPER (.md, .qmd, .docx)"),
            ("report", "write the study as pages that open from disk into results/report/; --withhold-text"),
            ("bundle", "write the archive that journals ask for into results/bundle/; --withhold-text: without texts"),
            ("handover", "write one page: what is in git, what may not be there, what a reviewer runs"),
            ("clean", "remove what builds have left behind; figures/ stays"),
        ),
    ),
    (
        "notebooks",
        (
            ("lab", "open JupyterLab on the project, here only (127.0.0.1, with a token); --no-browser, --port N"),
            ("new-notebook", "start a notebook NAME that is built and tested like the rest"),
            ("strip", "take the outputs out of the notebooks; --check only says whether any has some"),
        ),
    ),
    (
        "the code",
        (
            ("test", "run the tests, all or those of a ROOM; --slow runs the slow ones too, the rest goes to pytest"),
            ("check", "lint, format, types, doctests, notebooks without outputs: all, whatever fails"),
            ("reference", "write docs/reference/ from the docstrings of the public names"),
            ("docs", "write the documentation as pages for a browser into .kit/site/ or a new FOLDER"),
            ("lock", "make requirements.lock anew from pyproject.toml; --upgrade takes the newest versions"),
            ("init", "begin a study of your own in a new FOLDER; --seed takes the seed article along"),
        ),
    ),
)
TARGETS = tuple(name for _, rows in GROUPS for name, _ in rows)
OF_PATHS = ("init", "import", "numbers", "check-paper", "fill-paper", "report", "docs")
EXAMPLES = (
    ("python3 make.py", "set up, then make the figures"),
    ("python3 make.py figures -n 4", "with four notebooks at a time"),
    ("python3 make.py import ../berita", "articles of a folder, of whatever kind, into corpus/"),
    ("python3 make.py --corpus ../b", "of other articles: a folder, a file or a saved corpus"),
    ("python3 make.py test measures", "the tests of a room, and the examples in its code"),
    ("python3 make.py test -k tokens", "the tests that have to do with tokens"),
    ("python3 make.py --wheels wheels", "set up without a network, from a folder of wheels"),
)


def main(arguments: "list[str]") -> int:
    """Run one target and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a path may have letters that the terminal's encoding lacks
    options = parse(arguments)
    try:
        if options.target == "lock":  # no set-up: it is the way out when the lock is what is wrong
            from kit.build.resolution import regenerate  # noqa: PLC0415 - for this target alone

            regenerate(ROOT, upgrade=options.upgrade)
            return 0
        python = str(environment.prepare(ROOT, options.wheels))
        env = process.clean_environment(ROOT / ".venv") | other_corpus(options)
        if options.target == "test":
            arguments = pytest_arguments(ROOT, options.rest, workers=options.workers, slow=options.slow)
            return process.run_to_end([python, "-m", "pytest", *arguments], root=ROOT, env=env)
        if options.target == "check":
            return check(python, env)
        if options.target == "lab":
            return lab(ROOT, python, env, options.rest)
        if options.target in OF_PATHS:  # as the caller's shell means them
            options.rest = paths_of(options.rest)
        command = [python, "-m", "kit.build", options.target, *options.rest]
        return process.run_to_end(command, root=ROOT, env=env)
    except KitError as error:
        place = f"{error.place}: " if error.place else ""
        remedy = f"\n  -> {error.remedy}" if error.remedy else ""
        print(f"make.py: {place}{error.problem}{remedy}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nmake.py: stopped; the same command goes on from here", file=sys.stderr)
        return 130


def parse(arguments: "list[str]") -> argparse.Namespace:
    """Split the command line into make.py's own options, the target and what is left for the target."""
    rows = [f"{title}:\n" + "\n".join(f"  {name:<14}{what}" for name, what in rows) for title, rows in GROUPS]
    rows.append("examples:\n" + "\n".join(f"  {line:<34}{what}" for line, what in EXAMPLES))
    rows.append(
        "Every target but lock first sets up .venv, if it is not ready, with exactly what requirements.lock names.\n"
        "Delete .venv to set up from scratch. Targets run in the project's folder, wherever make.py is called from."
    )
    parser = argparse.ArgumentParser(
        prog="make.py",
        usage="python3 make.py [--wheels DIR] [-n N] [TARGET] [ARGUMENTS FOR THE TARGET]",
        description="Set up the research kit and run one of its targets.",
        epilog="\n\n".join(rows),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    own = parser.add_argument_group("options")
    own.add_argument("-h", "--help", action="help", help="show this help")
    own.add_argument("--wheels", metavar="DIR", type=folder, help="set up offline, from this folder of wheels")
    own.add_argument("--corpus", metavar="PATH", type=folder, help="take this corpus; its exhibits go to results/NAME/")
    own.add_argument("--figures", metavar="DIR", type=folder, help="with --corpus: its exhibits go to this folder")
    own.add_argument("-n", "--workers", metavar="N", type=int, help="how many notebooks or tests at a time")
    own.add_argument("--slow", action="store_true", help=argparse.SUPPRESS)
    own.add_argument("--upgrade", action="store_true", help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args(arguments)
    options.target = rest.pop(0) if rest and not rest[0].startswith("-") else "figures"
    options.rest = rest
    if options.target not in TARGETS:
        near = difflib.get_close_matches(options.target, TARGETS, 1)
        parser.error(f"no target {options.target!r}; " + (f"did you mean {near[0]}?" if near else "--help lists them"))
    corpora = ("figures", "why", "list", "verify", "report", "clean", "lab")
    takes = {"workers": ("figures", "demo", "verify", "diff", "test"), "slow": ("test",), "upgrade": ("lock",)}
    takes |= {"corpus": corpora, "figures": corpora}
    for name, targets in takes.items():
        if getattr(options, name) and options.target not in targets:
            parser.error(f"--{name} is for {', '.join(targets)}, not for {options.target}")
    if options.figures and not options.corpus:
        parser.error("--figures goes with --corpus; the folder of the project's own corpus is set in pyproject.toml")
    if options.target in {"test", "check", "reference", "docs"} and not (ROOT / "kit").is_dir():
        parser.error(f"{options.target} is for a clone of the kit; this is a study made with it")
    if rest and options.target in {"check", "lock"}:
        parser.error(f"{options.target} takes no {rest[0]!r}")
    if options.workers is not None:
        if options.workers < 1:
            parser.error("--workers takes a number from 1 on")
        if options.target != "test":
            options.rest = ["--workers", str(options.workers), *rest]
    return options


def folder(text: str) -> Path:
    """Take a folder as the caller's shell means it, since targets run in the project's folder."""
    return Path(text).expanduser().absolute()


def paths_of(arguments: "list[str]") -> "list[str]":
    """Make the paths among arguments absolute; options and their values stay."""
    valued = {"--as", "--columns"}
    pairs = zip(["", *arguments], arguments, strict=False)
    return [one if one.startswith("-") or before in valued else str(folder(one)) for before, one in pairs]


def other_corpus(options: argparse.Namespace) -> "dict[str, str]":
    """Return the environment variables that name another corpus; none is left over from the caller's shell."""
    return {"KIT_CORPUS": str(options.corpus or ""), "KIT_FIGURES": str(options.figures or "")}


def check(python: str, env: "dict[str, str]") -> int:
    """Run every check, name each with its result, and fail if one fails."""
    checks = (
        ("lint", ["-m", "ruff", "check", "."]),
        ("format", ["-m", "ruff", "format", "--check", "."]),
        ("types", ["-m", "mypy"]),
        ("doctests", ["-m", "pytest", "-q", *pytest_arguments(ROOT, ["kit"])]),
        ("notebooks without outputs", ["-m", "kit.build", "strip", "--check"]),
    )
    failed = []
    for name, arguments in checks:
        begun = time.monotonic()
        print(f"== {name}: {' '.join(arguments[1:])}")
        code = process.run_to_end([python, *arguments], root=ROOT, env=env)
        print(f"== {name}: {'failed' if code else 'ok'} ({time.monotonic() - begun:.1f} s)\n")
        if code:
            failed.append(name)
    names = f"; failed: {', '.join(failed)}" if failed else ""
    print(f"check: {len(checks) - len(failed)} of {len(checks)} ok{names}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
