"""Tasks: every call runs, every public function has one, and each is found by the words people have for it."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.measures.cards import describe_measure
from kit.wording.tasks import TaskCard, find_tasks, tasks, tasks_document

ROOT = Path(__file__).resolve().parents[2]
#: Calls that take long, and those that need what these have made.
LONG = re.compile(
    r"kit\.(sample_corpus|simulate_corpus|compare_specifications|plot_specifications|map_clusters|plot_cluster_map|"
    r"compare_topics|plot_topic_choice|topic_stability|export_coding|import_coding|split_half|Figure)\b"
)


def test_the_document_is_made_of_the_tasks() -> None:
    assert (ROOT / "docs" / "tasks.md").read_text(encoding="utf-8") == tasks_document()


def test_every_public_function_has_a_task() -> None:
    named = set().union(*(task.names for task in tasks()))
    functions = {name for name in kit._HOME if inspect.isfunction(getattr(kit, name))}
    assert {name for name in functions if name.casefold() not in named} == set()


def test_tasks_are_told_once_in_both_languages() -> None:
    for part in ("call", "en", "id"):
        assert [text for text, times in Counter(getattr(task, part) for task in tasks()).items() if times > 1] == []
    for task in tasks():
        assert all(task.words), task
        assert not any(text.endswith(".") or text != text.strip() for text in (task.en, task.id, *task.words)), task


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("kwic", "concordance"),
        ("KWIC()", "concordance"),
        ("konkordansi", "concordance"),
        ("word list", "term_frequencies"),
        ("daftar kata", "term_frequencies"),
        ("keywords", "keyness"),
        ("textstat_keyness", "keyness"),
        ("kolokasi", "collocations"),
        ("GraphColl", "collocations"),
        ("Concordancer", "concordance"),
        ("narasumber", "list_speakers"),
        ("kit.evidence", "evidence"),
        ("LDA", "fit_topics"),
        ("number of topics", "compare_topics"),
    ],
)
def test_words_of_the_field_find_a_call(asked: str, name: str) -> None:
    found = describe_measure(asked)
    assert isinstance(found, TaskCard)
    assert name in found.tasks[0].names
    assert found.tasks[0].call in str(found)
    assert f"`{found.tasks[0].call}`" in found._repr_markdown_()


def test_what_is_meant_exactly_goes_before_what_only_has_the_word() -> None:
    found = find_tasks("evidence")
    assert found is not None
    assert all("evidence" in task.names for task in found.tasks)
    assert find_tasks("no such thing") is None
    assert find_tasks("") is None
    assert isinstance(describe_measure("dp_norm"), kit.MeasureCard)  # a card goes before
    with pytest.raises(QueryError, match=r"no measure is called 'qwxz' -> use a column name, .* docs/tasks.md has"):
        describe_measure("qwxz")
    with pytest.raises(QueryError, match="no measure is called 'kwic' in topics"):
        describe_measure("kwic", "topics")


@pytest.fixture
def known(sample: kit.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The demonstration corpus, and the files that calls name."""
    folder = tmp_path
    (folder / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    table = sample.documents[["doc_id", "text", "outlet", "date"]]
    (folder / "corpus" / "articles").mkdir(parents=True)
    (folder / "corpus" / "articles" / "a.txt").write_text("ASN melayani warga.\n", encoding="utf-8")
    table.head(5).to_csv(folder / "more.csv", index=False)
    (folder / "mine.dic").write_text("%\n1\tserving\n%\nmelayani\t1\n", encoding="utf-8")
    said = ["doc_id,organisation,concept,agreement", "d1,Dinas,transparansi,1", "d1,LSM,transparansi,-1"]
    (folder / "statements.csv").write_text("\n".join(said), encoding="utf-8")
    return {"kit": kit, "corpus": sample, "codebook": kit.load_codebook(), "table": table}


def run(calls: list[str], known: dict[str, Any]) -> None:
    """Run calls one after another; what people have done in between is done."""
    for call in calls:
        line = call
        if call.startswith("corpus = "):
            line = call.removeprefix("corpus = ")  # the demonstration corpus stays
        elif call.startswith("table = "):
            line = call.removeprefix("table = ")
        elif "kit.read_codings" in call:
            file = Path("coding/coding-ani.csv")
            frame = pd.read_csv(file, dtype=str, keep_default_na=False)
            frame.assign(value="yes").to_csv(file, index=False)
        elif "kit.sentence_codings" in call:
            known["marked"] = kit.find_mentions(known["corpus"], known["codebook"]).head(5).assign(coder="ani")
        elif "kit.score_intrusion" in call:
            known["answers"] = known["intruders"].key.assign(coder="ani", value="1", time="")
        exec(line, known)


def test_every_call_runs(known: dict[str, Any]) -> None:
    run([task.call for task in tasks() if not LONG.search(task.call)], known)


@pytest.mark.slow
def test_the_long_calls_run(known: dict[str, Any]) -> None:
    made = re.compile(r"(topics|clusters) = ")
    run([task.call for task in tasks() if LONG.search(task.call) or made.match(task.call)], known)
