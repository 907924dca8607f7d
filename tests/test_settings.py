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
    (folder / "notebooks").mkdir(exist_ok=True)
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


@pytest.mark.parametrize("key", ["corpus", "figures"])
@pytest.mark.parametrize(
    "place", ["", " ", ".", "./", "corpus/..", "..", "../..", "kit", "kit/x", "tests/", ".git", ".\\\\kit", "{other}"]
)
def test_a_place_that_is_not_the_study_s_own_is_refused(tmp_path: Path, key: str, place: str) -> None:
    place = place.replace("{other}", "figures" if key == "corpus" else "corpus")
    project(tmp_path, f'[tool.kit]\n{key} = "{place}"')
    with pytest.raises(SettingsError, match=f"{key} = .* is no place of its own -> name a folder for it alone"):
        kit.load_settings(tmp_path)


def test_articles_may_lie_elsewhere_exhibits_not(tmp_path: Path) -> None:
    project(tmp_path, '[tool.kit]\ncorpus = "../data/berita"\nfigures = "out/figures"')
    settings = kit.load_settings(tmp_path)
    assert (settings.corpus, settings.figures) == (tmp_path / "../data/berita", tmp_path / "out" / "figures")
    for outside in ("../out", ".kit/figures", ".hidden"):
        project(tmp_path, f'[tool.kit]\nfigures = "{outside}"')
        with pytest.raises(SettingsError, match="is no place of its own"):
            kit.load_settings(tmp_path)


def test_settings_in_another_encoding_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes('[tool.kit]\ncodebook = "café"'.encode("cp1252"))
    with pytest.raises(SettingsError, match=r"pyproject\.toml: byte \d+ is not UTF-8 -> save it as UTF-8"):
        kit.load_settings(tmp_path)


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


def test_a_text_without_quotes_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\nlabels = id\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"at line 2.* -> mend the line; texts stand in quotes"):
        kit.load_settings(tmp_path)
