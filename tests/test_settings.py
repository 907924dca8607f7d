"""The project's settings, and what is said of those that cannot be used."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import kit
from kit.errors import SettingsError
from kit.settings import RELEASED

ROOT = Path(__file__).resolve().parent.parent


def project(folder: Path, table: str) -> Path:
    (folder / "pyproject.toml").write_text(table, encoding="utf-8")
    (folder / "notebooks").mkdir()
    return folder / "notebooks"


def test_defaults(tmp_path: Path) -> None:
    settings = kit.load_settings(project(tmp_path, "[tool.kit]\n"))
    assert settings.root == tmp_path
    assert settings.corpus == tmp_path / "corpus"
    assert settings.codebook is None
    assert settings.figures == tmp_path / "figures"
    assert (settings.labels, settings.evidence, settings.repair) == ("en", "full", False)


def test_damage_is_mended_where_the_project_says_so(tmp_path: Path) -> None:
    assert kit.load_settings(project(tmp_path, '[tool.kit]\nrepair = "yes"\n')).repair is True


def test_a_codebook_of_ones_own(tmp_path: Path) -> None:
    settings = kit.load_settings(project(tmp_path, '[tool.kit]\ncodebook = "buku kode"\nlabels = "id"\n'))
    assert settings.codebook == tmp_path / "buku kode"
    assert settings.labels == "id"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[tool.kit]\nlabel = "en"', "unknown setting 'label'"),
        ('[tool.kit]\nlabels = "fr"', "labels = 'fr' -> use one of en, id"),
        ("[tool.kit]\nlabels = 1", "labels = 1 is not a text"),
        ('[tool.kit]\nevidence = "none"', "use one of full, ids"),
        ('[tool.kit]\nrepair = "true"', "repair = 'true' -> use one of no, yes"),
        ("[tool.kit", "pyproject.toml"),
        ('[project]\nname = "x"', "no pyproject.toml with a"),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, table: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        kit.load_settings(project(tmp_path, table))
    assert message in str(caught.value)


def test_another_corpus_has_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = project(tmp_path, '[tool.kit]\nlabels = "id"\n')
    own = kit.load_settings(here)
    assert (own.apart, own.environment) == ("", {})
    monkeypatch.setenv("KIT_CORPUS", "lain/pidato.csv.gz")
    other = kit.load_settings(here)
    assert other.corpus == tmp_path / "lain" / "pidato.csv.gz"
    assert other.figures == tmp_path / "results" / "pidato"
    assert (other.labels, other.codebook, other.apart) == ("id", None, "results-pidato")
    monkeypatch.setenv("KIT_CORPUS", str(tmp_path.parent / "jauh" / "corpus"))
    monkeypatch.setenv("KIT_FIGURES", "hasil")
    other = kit.load_settings(here)
    assert (other.corpus, other.figures) == (tmp_path.parent / "jauh" / "corpus", tmp_path / "hasil")
    for name, value in other.environment.items():
        monkeypatch.setenv(name, value)
    assert kit.load_settings(here) == other


def test_folders_for_exhibits_alone_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = project(tmp_path, "[tool.kit]\n")
    monkeypatch.setenv("KIT_CORPUS", "")
    monkeypatch.setenv("KIT_FIGURES", "hasil")
    assert kit.load_settings(here).figures == tmp_path / "figures"


@pytest.mark.parametrize("figures", ["figures", "figures/lain", ".", "lain/../figures"])
def test_another_corpus_never_writes_among_the_project_s_own_exhibits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: str
) -> None:
    monkeypatch.setenv("KIT_CORPUS", "lain")
    monkeypatch.setenv("KIT_FIGURES", figures)
    with pytest.raises(SettingsError, match="among those of the project's own corpus -> name a folder of their own"):
        kit.load_settings(project(tmp_path, "[tool.kit]\n"))


def test_one_version() -> None:
    """It stands in kit/settings.py, and the package takes it from there (tests/build/test_wheel.py)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"] == {"path": "kit/settings.py"}
    assert f"## [{kit.__version__}] - {RELEASED}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {kit.__version__}\ndate-released: {RELEASED}\n" in cited


def test_every_public_name_is_there() -> None:
    for name in kit.__all__:
        assert getattr(kit, name) is not None
    with pytest.raises(AttributeError, match="frequencies"):
        kit.frequencies  # noqa: B018
