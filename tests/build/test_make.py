"""The command line of make.py: what it takes itself, and what it hands on."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def make():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("make_script", ROOT / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_are_the_target_if_none_is_named(make):
    assert make.parse([]).target == "figures"
    options = make.parse(["-n", "2", "demo", "06"])
    assert (options.target, options.rest) == ("demo", ["--workers", "2", "06"])


def test_another_corpus_is_meant_as_the_caller_s_shell_means_it(make, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    options = make.parse(["--corpus", "../b/pidato.csv", "why", "02"])
    assert (options.target, options.rest) == ("why", ["02"])
    assert Path(make.other_corpus(options)["KIT_CORPUS"]) == tmp_path / "../b/pidato.csv"
    assert make.other_corpus(options)["KIT_FIGURES"] == ""
    options = make.parse(["--corpus", "b", "--figures", "hasil"])
    assert (options.target, make.other_corpus(options)["KIT_FIGURES"]) == ("figures", str(tmp_path / "hasil"))


def test_without_the_option_a_corpus_that_the_shell_names_is_not_taken(make, monkeypatch):
    monkeypatch.setenv("KIT_CORPUS", "elsewhere")
    assert make.other_corpus(make.parse(["verify"])) == {"KIT_CORPUS": "", "KIT_FIGURES": ""}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["figure"], "did you mean figures?"),
        (["test", "--corpus", "x"], "--corpus is for figures, why, list, verify, report, clean, lab, not for test"),
        (["demo", "--corpus", "x"], "not for demo"),
        (["--figures", "x"], "--figures goes with --corpus"),
        (["why", "-n", "2"], "--workers is for figures, demo, verify, diff, test, not for why"),
    ],
)
def test_what_makes_no_sense_is_refused(make, arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        make.parse(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err
