"""The pages of exhibits in a real browser, opened from disk: on a small screen, by keyboard, in the dark, on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

import kit
from kit.corpus.facts import rows_of
from kit.exhibits.index import write_index
from kit.plots.style import new_figure, style

ROOT = Path(__file__).resolve().parents[2]
WORDS = {"en": "Words <b>", "id": "Kata <b>"}
PHONE = {"width": 400, "height": 800}
#: A sheet of A4 with margins of 12 mm, in CSS pixels.
SHEETS = {"upright": round(186 / 25.4 * 96), "across": round(273 / 25.4 * 96)}
UNREACHED = """() => [...document.querySelectorAll('main *')].filter((one) =>
  ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
  && one.scrollWidth > one.clientWidth && one.tabIndex < 0).length"""
SCROLLED = "() => [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).length"
CUT = """([name, width]) => [...document.querySelectorAll('table, img, pre')]
  .filter((one) => (one.classList.contains('wide') ? 'across' : 'upright') === name)
  .map((one) => [one.closest('section, main')?.id, Math.ceil(one.getBoundingClientRect().right)])
  .filter(([, right]) => right > width + 1)"""
UNDRAWN = "() => [...document.images].filter((one) => !one.complete || !one.naturalWidth).map((one) => one.src)"

pytestmark = pytest.mark.browser


def numbers(columns: int) -> pd.DataFrame:
    """A table of words and so many columns of numbers."""
    frame = pd.DataFrame({"term": ["akuntabilitas", "pertanggungjawaban", None]})
    frame = frame.assign(**{f"rate_of_{place}": [12345.6789, 0.5, 7.25] for place in range(columns)})
    frame.attrs["rows"] = rows_of(frame, ["term"])
    return frame


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Tables from narrow to far too wide, of long texts, of entries, with evidence, without rows; and a figure."""
    root = tmp_path_factory.mktemp("pages") / "ruang kerja é"
    root.mkdir()
    (root / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("KIT_STAGE", raising=False)
        return made_in(root / "figures")


def made_in(folder: Path) -> list[Path]:
    """Save the exhibits, and list their pages."""
    for columns in (3, 8, 16, 60):
        kit.Table(numbers(columns), id=f"tbl-c{columns}", title=WORDS).save()
    texts = pd.DataFrame({"doc_id": ["a", "b"], "passage": ["Aparatur melayani warga. " * 20, "x" * 300]})
    texts.attrs["rows"] = rows_of(texts, ["doc_id"])
    kit.Table(texts, id="tbl-texts", title=WORDS).save()
    kit.Table(texts, id="tbl-entries", title=WORDS, layout="entries").save()
    kit.Table(texts.head(0), id="tbl-none", title=WORDS).save()
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN harus akuntabel kepada warga. " * 30]})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    book = kit.load_codebook()
    concepts = kit.concept_frequencies(corpus, book)
    concepts = concepts[concepts["mentions"] > 0]
    evidence = kit.evidence(corpus, kit.find_passages(corpus, concepts, codebook=book))
    kit.Table(concepts, id="tbl-concepts", title=WORDS, evidence=evidence).save()
    with style():
        canvas, axes = new_figure("double", 60)
        axes.plot([1, 2])
    kit.Figure(canvas, id="fig-line", title=WORDS, data=texts, alt=WORDS).save()
    made = [write_index(folder, "en", {""}), *sorted(folder.glob("*/*.html"))]
    assert len(made) == 10
    assert len(evidence) == 90
    return made


def on_paper(page) -> list[str]:
    """What a printed sheet would cut off; the page is left as for a printer."""
    page.emulate_media(media="print")
    cut = []
    for name, width in SHEETS.items():
        page.set_viewport_size({"width": width, "height": 1000})
        cut += page.evaluate(CUT, [name, width])
    return cut


def sheets(page) -> set[str]:
    """How the sheets of the printed page lie."""
    printed = page.pdf(prefer_css_page_size=True).decode("latin-1")
    boxes = re.findall(r"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    return {"across" if float(width) > float(height) else "upright" for width, height in boxes}


def broken_rules(page) -> list[str]:
    """What axe finds: all its rules in the light, those of colours in the dark too."""
    found = []
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        violations = Axe().run(page, options=options).response["violations"]
        found += [f"{scheme}: {one['id']} ({one['impact']}) {one['nodes'][0]['html'][:200]}" for one in violations]
    return found


def test_nothing_is_lost_on_a_small_screen_by_keyboard_or_on_paper(pages, opens) -> None:
    scrolled, printed = {}, {}
    for file in pages:
        page = opens(file.as_uri(), viewport=PHONE)
        name = f"{file.parent.name}/{file.name}"
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 400, name
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#_main", name
        assert page.evaluate(UNREACHED) == 0, name
        scrolled[name] = page.evaluate(SCROLLED)
        assert on_paper(page) == [], name
        printed[name] = sheets(page)
    assert scrolled["tables/tbl-c60.html"] == 1
    assert printed["tables/tbl-c60.html"] == printed["tables/tbl-c16.html"] == {"across"}
    assert printed["tables/tbl-c3.html"] == printed["evidence/tbl-concepts.html"] == {"upright"}
    assert printed["figures/index.html"] == {"across", "upright"}


def test_axe_finds_no_rule_broken_in_the_light_or_in_the_dark(pages, opens) -> None:
    for file in pages:
        if file.stem in ("tbl-c3", "tbl-c8", "tbl-c16"):
            continue  # as tbl-c60, with less in it
        page = opens(file.as_uri(), viewport=PHONE, bypass_csp=True)  # the page forbids scripts; axe is one
        assert broken_rules(page) == [], file.name


def test_the_exhibits_of_the_kit_open_from_disk(opens) -> None:
    page = opens((ROOT / "figures" / "index.html").as_uri())
    assert page.locator("section[id^=tbl-], section[id^=fig-]").count() > 20
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()  # it may be loaded only then
    assert page.evaluate(UNDRAWN) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert on_paper(page) == []
    page.emulate_media(media="screen")
    page.locator("a[href^='evidence/']").first.click()
    page.wait_for_url("**/evidence/*.html*")
    assert page.locator("main mark").count() > 0
    page.locator("a[href*='index.html']").first.click()  # and back
    page.wait_for_url("**/figures/index.html*")


@pytest.mark.slow
def test_what_would_run_in_a_browser_is_read(project, opens, hostile) -> None:
    """Texts, titles, labels and passages of one list of payloads: no dialog, no picture, nothing of another page."""
    folder = project()
    texts = [text for text in hostile if not re.search("[\x00-\x08\ud800\uffff]", text)]
    ids = [f"d{number}" for number in range(len(texts))]
    rows = pd.DataFrame(
        {"doc_id": ids, "title": texts, "outlet": texts, "text": [f"{text} ASN {text}" for text in texts]}
    )
    corpus = kit.Corpus.from_frame(rows, clean=False)
    words = {language: " ".join(texts) for language in ("en", "id")}
    lines = kit.concordance(corpus, "asn").drop(columns="line_id")
    kit.Table(lines, id="tbl-lines", title=words, note=words).save()
    kit.Table(lines, id="tbl-entries", title=words, layout="entries").save()
    terms = kit.term_frequencies(corpus)
    kit.Table(
        terms, id="tbl-terms", title=words, evidence=kit.evidence(corpus, kit.find_passages(corpus, terms))
    ).save()
    kit.Figure(kit.plot_dispersion(corpus, {texts[0]: "form:asn"}, by="outlet"), id="fig-x", title=words).save()
    made = [write_index(folder, "en", {""}), *folder.glob("*/*.html"), folder / "fig-x.svg"]
    assert len(made) == 6
    for file in made:
        page = opens("about:blank")
        page.on("dialog", lambda dialog: pytest.fail(f"{file.name} asks: {dialog.message}"))  # noqa: B023
        page.goto(file.as_uri())
        assert (
            page.evaluate("document.querySelectorAll('script, iframe, [onerror], [onmouseover], img[src=x]').length")
            == 0
        )
        assert "<script>alert(1)</script>" in page.evaluate("document.documentElement.textContent")
