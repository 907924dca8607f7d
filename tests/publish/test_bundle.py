"""The archive: the same bytes twice, every flipped byte named, nothing of withheld texts in it."""

from __future__ import annotations

import csv
import hashlib
import html
import importlib.util
import io
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import kit
from kit.build import bundling
from kit.build.bundling import members, unpacked
from kit.errors import BuildError
from kit.publish.archive import sums, withheld
from kit.publish.archive.bundle import contents, make_bundle, packed

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("tbl-concordance", "tbl-concepts", "tbl-removed-passages", "fig-concepts")
_KEPT = ("make.py", "LICENSE", "CITATION.cff", "requirements.lock", "pyproject.toml", "figures/index.html")


@pytest.fixture(scope="module")
def settings():
    return replace(kit.load_settings(ROOT), root=ROOT, figures=ROOT / "figures", corpus=ROOT / "corpus")


@pytest.fixture(scope="module")
def names():
    """Some files of each kind."""
    every = members(ROOT)
    some = [name for name in every if name.rpartition("/")[2].partition(".")[0] in TABLES]
    some += [name for name in every if name.startswith(("corpus/", "notebooks/02", "docs/cleaning"))]
    return sorted({*some, *(name for name in every if name in _KEPT)})


@pytest.fixture(scope="module")
def corpus():
    return kit.load_corpus(ROOT / "corpus")


@pytest.fixture(scope="module")
def files(settings, corpus, names):
    return contents(settings, corpus, names, withhold=False)


@pytest.fixture(scope="module")
def bare(settings, corpus, names):
    return contents(settings, corpus, names, withhold=True)


def unpack(files, folder):
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_tests_and_hidden_files_are_no_members():
    every = members(ROOT)
    assert "make.py" in every
    assert "figures/tables/tbl-concepts.csv" in every
    assert not [name for name in every if name.startswith(("tests/", "benchmarks/", ".")) or "/." in name]


def test_the_same_bytes_twice_with_fixed_dates(settings, corpus, names, files):
    data = packed(files)
    assert data == packed(contents(settings, corpus, names, withhold=False))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_a_corpus_in_parts_is_packed_as_one(settings, corpus, names, bare, monkeypatch):
    parts = kit.PartedCorpus.of([corpus])
    assert contents(settings, parts, names, withhold=True) == bare
    monkeypatch.setattr(withheld, "_MOST", 10)
    for one in (corpus, parts):
        with pytest.raises(BuildError, match=r'too many .* -> write evidence = "ids" into \[tool\.kit\]'):
            contents(settings, one, names[:1], withhold=True)
        assert contents(settings, one, names[:1], withhold=False)


def test_files_beyond_memory_are_not_packed(settings, monkeypatch):
    monkeypatch.setattr(bundling, "_LARGEST", 1000)
    with pytest.raises(BuildError, match=r'made in memory -> keep a large corpus outside .* corpus = "\.\./saved"'):
        bundling.bundle(settings, withhold=False)


def test_the_hash_stands_beside_the_file(settings, corpus, names, tmp_path):
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    made = make_bundle(replace(settings, root=tmp_path), corpus, names[:9], withhold=False)
    beside = made.with_name(made.name + ".sha256").read_text(encoding="utf-8")
    assert beside == f"{hashlib.sha256(made.read_bytes()).hexdigest()}  {made.name}\n"


def test_every_flipped_byte_is_named(files, tmp_path):
    unpack(files, tmp_path)
    assert sums.differing(tmp_path) == []
    draw = random.Random(19)
    chosen = [sums.NAME, sums.OWN, *draw.choices(sorted(files), k=48)]
    for name in chosen:
        data = bytearray(files[name])
        if not data:
            continue
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        (tmp_path / name).write_bytes(data)
        assert name in sums.differing(tmp_path), name
        (tmp_path / name).write_bytes(files[name])
    (tmp_path / "LICENSE").unlink()
    assert sums.differing(tmp_path) == ["LICENSE"]


def test_sha256sum_agrees(files, tmp_path):
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not on this machine")
    unpack(files, tmp_path)
    for name in (sums.NAME, sums.OWN):
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", name], cwd=tmp_path, check=True)


def told(name: str, data: bytes) -> list[str]:
    """All words of a member, by a way of its own: zips opened, tags dropped, escapes of JSON read."""
    if name.endswith((".xlsx", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [word for part in archive.namelist() for word in told(part, archive.read(part))]
    text = data.decode("utf-8", "ignore").lower()
    if name.endswith((".html", ".xml", ".svg")):
        text = html.unescape(re.sub(r"<[^<>]+>", " ", text))
    return re.findall(r"[^\W_]+", text)


def test_nothing_of_the_texts_is_in_an_archive_without_them(corpus, bare):
    words = [re.findall(r"[^\W_]+", text.lower()) for text in corpus.documents["text"]]
    runs = {tuple(text[place : place + 8]) for text in words for place in range(len(text) - 7)}
    assert len(runs) > 200
    for name, data in bare.items():
        if not name.endswith((".png", ".pdf")):
            member = told(name, data)
            assert not runs & {tuple(member[place : place + 8]) for place in range(len(member) - 7)}, name
    listed = {row["file"]: row for row in csv.DictReader(io.StringIO(bare[withheld.LISTED].decode()))}
    assert "corpus/articles/seed-article.txt" in listed
    assert listed["figures/tables/tbl-concordance.csv"]["withheld"] == "columns blanked: left node right"
    assert "figures/tables/tbl-concordance.docx" not in bare
    rows = list(csv.DictReader(io.StringIO(bare["figures/evidence/tbl-concepts.csv"].decode())))
    assert rows
    assert all(not row["surface"] and not row["passage"] and row["start"].isdigit() for row in rows)
    assert "figures/tables/tbl-concepts.docx" not in bare or "figures/evidence/tbl-concepts.html" not in bare


def test_verify_says_what_could_not_be_checked(settings, files, bare, tmp_path, capsys):
    assert unpacked(replace(settings, root=tmp_path)) is None
    unpack(bare, tmp_path)
    assert unpacked(replace(settings, root=tmp_path, labels="en")) == 0
    assert "figures not compared: the texts are withheld" in capsys.readouterr().out
    unpack({withheld.LISTED: b"file,withheld,sha256\nkit/a.toml,left out,0\ndocs/b.md,left out,0\n"}, tmp_path)
    rest = {name: data for name, data in bare.items() if name not in (sums.NAME, sums.OWN, withheld.LISTED)}
    unpack(sums.sums({**rest, withheld.LISTED: (tmp_path / withheld.LISTED).read_bytes()}), tmp_path)
    assert unpacked(replace(settings, root=tmp_path, labels="en")) == 0
    said = capsys.readouterr().out
    assert "Left out as well, since it quotes an article: kit/a.toml. With the texts, take it" in said
    unpack(bare, tmp_path)
    (tmp_path / "LICENSE").write_bytes(b"other")
    assert unpacked(replace(settings, root=tmp_path, labels="en")) == 1
    assert "not as it was packed: LICENSE" in capsys.readouterr().out
    (tmp_path / withheld.LISTED).unlink()
    unpack(files, tmp_path)
    assert unpacked(replace(settings, root=tmp_path)) is None  # and the notebooks run


def test_the_crate_has_a_run_for_each_exhibit(files):
    graph = {one["@id"]: one for one in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    assert graph["./"]["license"] == {"@id": "https://spdx.org/licenses/MIT"}
    assert {part["@id"] for part in graph["./"]["hasPart"]} == {*files} - {
        "ro-crate-metadata.json", sums.NAME, sums.OWN,
    }  # fmt: skip
    for entity in (graph["./"], graph["ro-crate-metadata.json"]):  # 1.2: of the root data entity, profiles alone
        assert entity["conformsTo"]["@id"].startswith("https://w3id.org/ro/")
    assert "Profile" in graph[graph["./"]["conformsTo"]["@id"]]["@type"]
    action = graph["#make-tbl-concepts"]
    assert action["@type"] == "CreateAction"
    assert action["instrument"]["@id"].startswith("notebooks/")
    assert {"@id": "figures/tables/tbl-concepts.csv"} in action["result"]
    assert {"@id": "corpus/articles.csv"} in action["object"]
    for one in graph.values():
        for value in one.values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict) and "@id" in item and not item["@id"].startswith("http"):
                    assert item["@id"] in graph


def test_the_readme_has_the_sections_of_the_template(files):
    text = files["REPLICATION.md"].decode()
    heads = ["Overview", "Data Availability and Provenance Statements", "Dataset list", "Computational requirements"]
    heads += [
        "Description of programs/code",
        "Instructions to Replicators",
        "List of tables and programs",
        "References",
    ]
    assert [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")] == heads
    assert "| tbl-concepts | notebooks/" in text
    assert "{" not in text


# Asks the validator, which has no network here: the contexts are what they say of the terms that the crate uses
VALIDATE = """
import io, json, sys, urllib.request
from email.message import Message
import requests, requests_cache, rdflib.parser, rdflib.plugins.shared.jsonld.util as loading
graph = json.load(open("ro-crate-metadata.json", encoding="utf-8"))["@graph"]
used = {key for one in graph for key in one if key[0] != "@"}
used |= {kind for one in graph for kind in (one["@type"] if isinstance(one["@type"], list) else [one["@type"]])}
context = {term: f"http://schema.org/{term}" for term in used} | {
    "File": "http://schema.org/MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo",
    "Profile": "http://www.w3.org/ns/dx/prof/Profile", "sha256": "https://w3id.org/ro/terms/workflow-run#sha256",
}
written = json.dumps({"@context": context}).encode()
def opened(url, *_, **__):
    answer, answer.headers = io.BytesIO(written), Message()
    answer.headers["Content-Type"] = "application/ld+json"
    answer.info, answer.geturl = lambda: answer.headers, lambda: str(url)
    return answer
def asked(self, method, url, *_, **__):
    answer = requests.Response()
    answer.status_code, answer.url, answer._content = 200 if "context" in url else 404, url, written
    answer.headers["Content-Type"] = "application/ld+json"
    return answer
for module in (loading, rdflib.parser, urllib.request):
    module.urlopen = opened
requests.sessions.Session.request = requests_cache.CacheMixin.request = asked
from rocrate_validator import models, services
# the profile of runs builds on 1.1, whose rules for the version are not those of 1.2: its own are asked for alone
for profile, alone in (("ro-crate-1.2", False), ("process-run-crate", True)):
    settings = services.ValidationSettings(
        rocrate_uri=".", profile_identifier=profile, requirement_severity=models.Severity.REQUIRED,
        disable_inherited_profiles_issue_reporting=alone,
    )
    found = services.validate(settings).get_issues()
    assert not found, [(one.check.identifier, one.message, str(one.violatingEntity)) for one in found]
"""


@pytest.mark.slow
def test_the_validator_of_crates_finds_nothing(files, bare, tmp_path):
    if not importlib.util.find_spec("rocrate_validator"):
        pytest.skip("rocrate_validator is not here: python -m pip install roc-validator")
    for place, packed_files in enumerate((files, bare)):
        folder = tmp_path / str(place)
        unpack(packed_files, folder)
        run = subprocess.run([sys.executable, "-c", VALIDATE], cwd=folder, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr[-2000:]


def test_the_citation_file_is_one_by_its_schema():
    """What CFF 1.2.0 asks for, and nothing that it does not know."""
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= told.keys()
    assert told.keys() <= {
        "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords",
        "license", "license-url", "message", "preferred-citation", "references", "repository", "repository-artifact",
        "repository-code", "title", "type", "url", "version",
    }  # fmt: skip
    assert told["cff-version"] == "1.2.0"
    assert told.get("type", "software") in ("software", "dataset")
    assert told["authors"]
    for author in told["authors"]:
        known = {"name", "alias", "affiliation", "email", "family-names", "given-names", "orcid", "website", "address"}
        assert author.keys() <= known
        assert author.keys() & {"name", "family-names", "given-names", "alias"}
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(told["date-released"]))
    assert told["license"] == "MIT"


def test_frictionless_finds_nothing(files, bare, tmp_path):
    if not importlib.util.find_spec("frictionless"):
        pytest.skip("frictionless is not here: python -m pip install frictionless")
    for place, packed_files in enumerate((files, bare)):
        folder = tmp_path / str(place)
        unpack(packed_files, folder)
        run = subprocess.run(
            [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout[-2000:]
