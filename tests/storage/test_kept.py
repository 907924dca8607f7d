"""A corpus that was read before: the same as read anew, and never one that is out of date or damaged."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kit
from kit import sealed
from kit.corpus.corpus import Corpus
from kit.storage import articles, kept

TABLES = ("documents", "segments", "removed", "sentences", "tokens", "types", "flagged", "repaired", "set_aside")
BODY = "SURABAYA, CONTOH.com - ASN melayani warga. Pelayanan itu cepat. (abc/de)"


class Project:
    """A project with a small corpus, and how often it was read."""

    def __init__(self, root: Path) -> None:
        self.root, self.source, self.readings = root, root / "berita", 0
        (root / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
        (self.source / "articles").mkdir(parents=True)
        for name in "abc":
            (self.source / "articles" / f"{name}.txt").write_text(f"{BODY}\n{name}", encoding="utf-8")
        (self.source / "articles" / "d.txt").write_bytes(b"")
        (self.source / "articles.csv").write_text("file,outlet,halaman\na.txt,Satu,3\nb.txt,Dua,4\n", encoding="utf-8")

    def load(self, **options: bool) -> Corpus:
        return kit.load_corpus(self.source, **options)

    @property
    def states(self) -> list[Path]:
        return sorted((self.root / ".kit" / "read").glob("*-*"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kept, "_LEAST", 1)
    made = Project(tmp_path)
    read = articles.read_source

    def counted(*arguments: object) -> object:
        made.readings += 1
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(articles, "read_source", counted)
    return made


def check_same(one: Corpus, other: Corpus) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)
        assert getattr(one, name).attrs == getattr(other, name).attrs, name
    assert one.fingerprint == other.fingerprint
    assert one.origin == other.origin
    assert one.selection == other.selection
    assert one.words == other.words
    np.testing.assert_array_equal(one.sketches.minima, other.sketches.minima)


def test_what_is_opened_is_what_was_read(project: Project) -> None:
    fresh = project.load()
    again = project.load()
    assert project.readings == 1
    assert len(fresh.set_aside) == 1
    check_same(fresh, again)
    check_same(fresh.where(outlet="Satu"), again.where(outlet="Satu"))
    pd.testing.assert_frame_equal(kit.term_frequencies(fresh), kit.term_frequencies(again))
    assert kit.term_frequencies(fresh).attrs == kit.term_frequencies(again).attrs


def _other_text(project: Project) -> None:
    file = project.source / "articles" / "a.txt"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"cepat", b"tepat"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # the same size and the same time


def _other_cell(project: Project) -> None:
    file = project.source / "articles.csv"
    file.write_bytes(file.read_bytes().replace(b"Dua", b"Tiga"))


def _one_more(project: Project) -> None:
    (project.source / "articles" / "e.txt").write_text(BODY, encoding="utf-8")


def _one_gone(project: Project) -> None:
    (project.source / "articles" / "c.txt").unlink()


def _one_renamed(project: Project) -> None:
    (project.source / "articles" / "c.txt").rename(project.source / "articles" / "z.txt")


def _other_settings(project: Project) -> None:
    (project.root / "pyproject.toml").write_text('[tool.kit]\ncolumns = "outlet=halaman"\n', encoding="utf-8")


CHANGES = (_other_text, _other_cell, _one_more, _one_gone, _one_renamed, _other_settings)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changes_is_read_anew(project: Project, change: Callable[[Project], None]) -> None:
    project.load()
    change(project)
    now = project.load()
    assert project.readings == 2
    kept_as_read = project.load()
    assert project.readings == 2
    check_same(now, kept_as_read)


def test_repair_is_part_of_it(project: Project) -> None:
    for repair in (False, True, False, True):
        project.load(repair=repair)
    assert project.readings == 2


def test_other_rules_or_libraries_read_anew(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.load()
    monkeypatch.setattr(kept, "rules_of", lambda *rooms: "others")
    project.load()
    assert project.readings == 2


def test_rules_hang_on_code_data_and_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "kit" / "reading"
    room.mkdir(parents=True)
    monkeypatch.setattr(sealed, "__file__", str(tmp_path / "kit" / "sealed.py"))

    def rules() -> str:
        sealed._room.cache_clear()
        sealed._libraries.cache_clear()
        return sealed.rules_of.__wrapped__("reading")

    seen = {rules()}
    for name in ("news.py", "news_rules.toml"):
        (room / name).write_text("x = 1\n", encoding="utf-8")
        seen.add(rules())
    (tmp_path / "site" / "trafilatura-9.9.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site")
    seen.add(rules())
    sealed._room.cache_clear()
    sealed._libraries.cache_clear()
    assert len(seen) == 4


@pytest.mark.parametrize("name", ["surface.npy", "documents.arrow", "word_digests.npy", "part.json"])
def test_what_is_damaged_is_made_anew(project: Project, name: str) -> None:
    before = project.load()
    [file] = project.states[0].glob(f"parts/*/{name}")
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    check_same(before, project.load())
    check_same(before, project.load())
    assert project.readings == 2


def test_a_state_without_a_file_is_made_anew(project: Project) -> None:
    before = project.load()
    [file] = project.states[0].glob("parts/*/types.arrow")
    file.unlink()
    check_same(before, project.load())
    assert project.readings == 2


def test_what_is_open_needs_the_folder_no_more(project: Project) -> None:
    fresh = project.load()
    opened = project.load()
    for number in range(4):
        (project.source / "articles" / f"baru{number}.txt").write_text(f"{BODY} {number}", encoding="utf-8")
        project.load()
    assert len(project.states) == 2
    check_same(fresh, opened)


def test_two_at_once_read_once(project: Project) -> None:
    found: list[Corpus] = []
    threads = [threading.Thread(target=lambda: found.append(project.load())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert project.readings == 1
    assert len({corpus.fingerprint for corpus in found}) == 1


def test_a_file_changed_while_it_is_read_is_not_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read = articles.read_source

    def slow(*arguments: object) -> object:
        found = read(*arguments)  # type: ignore[arg-type]
        if project.readings == 1:
            _other_text(project)
        return found

    monkeypatch.setattr(articles, "read_source", slow)
    project.load()
    assert project.states == []
    assert "tepat" in project.load().documents["text"][0]


def test_small_corpora_of_elsewhere_and_places_outside_a_project_keep_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(kept, "_LEAST", 200_000)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "corpus"
    shutil.copytree(project.source, elsewhere)
    kit.load_corpus(elsewhere)
    assert not (tmp_path / ".kit").exists()
    project.load()
    assert len(project.states) == 1  # the project's own, however small
    shutil.rmtree(tmp_path / ".kit")
    (tmp_path / "pyproject.toml").unlink()
    project.load()
    assert not (tmp_path / ".kit").exists()


def test_a_project_that_cannot_be_written_is_read(project: Project) -> None:
    (project.root / ".kit").write_text("no folder", encoding="utf-8")
    project.load()
    project.load()
    assert project.readings == 2
