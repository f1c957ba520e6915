"""A report as HTML and as Markdown: whole, well formed, closed in itself, and safe against any text of the learner."""

import base64
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import HOSTILE, NOW, Recorded, answered

from lessons.quiz import questions
from lessons.summary.gathered import Gathered
from lessons.summary.gathering import gathered
from lessons.summary.labs.report.settings import ReportSettings
from tui.locale import LANGUAGES, words
from tui.report.document import LONGEST, SHOWN
from tui.report.markdown import code, fenced, text
from tui.report.page import text as html_text
from tui.report.style import TOKENS, sheet
from tui.report.writing import make

VOID = {"meta", "br", "rect", "line", "circle", "path", "image", "polygon"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    made = Recorded(tmp_path)
    made.name(monkeypatch)
    return made


def written(chosen: ReportSettings, language: str = "ja", found: Gathered | None = None) -> str:
    return make(found or gathered(chosen), chosen, words(language), NOW, "1.2.3").content.decode()


class Page(HTMLParser):
    """Reads a page and insists that every element is closed where it was opened."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(content)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_needs_nothing_from_outside(language: str, record: Recorded) -> None:
    record.full()
    content = written(ReportSettings(curves="all", samples=9, owner="A & <B>"), language)
    page = Page(content)
    tags = {tag for tag, _ in page.seen}
    assert content.startswith("<!DOCTYPE html>") and dict(page.seen)["html"] == {"lang": language}
    assert not tags & {"script", "link", "iframe", "object", "embed", "base", "form"}
    for _, attributes in page.seen:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href", "xlink:href", "action", "srcset"):
            value = attributes.get(name) or "#"
            assert value.startswith(("#", "data:image/png;base64,")), value
    assert not re.search(r"@import|url\(", content)
    ids = {attributes["id"] for _, attributes in page.seen if "id" in attributes}
    assert {attributes["href"] for tag, attributes in page.seen if tag == "a"} == {f"#{each}" for each in ids}
    assert "A & <B>" in page.text and HOSTILE.replace("\x07", "") in page.text
    assert "neuron.unit?w1=-0.8" in page.text and "42" in page.text and "0.91" in page.text
    assert "First line" in page.text and "96.5 %" in page.text and "1.2.3" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_whole_svg(language: str, record: Recorded) -> None:
    record.full()
    content = written(ReportSettings(curves="all"), language)
    drawn = re.findall(r"<svg xmlns.*?</svg>\s*</figure>", content, re.S)
    for each in drawn:
        root = ElementTree.fromstring(each.removesuffix("</figure>"))
        assert root.tag == f"{SVG}svg" and root.find(f"{SVG}title") is not None
    # four runs: loss, accuracy, gradients and the rate; the kernels of one
    assert len(drawn) == content.count("<figure") == 4 * 4 + 1


def test_parts_are_left_out_as_chosen(record: Recorded) -> None:
    record.full()
    assert 'id="quiz"' in written(ReportSettings()) and 'id="quiz"' not in written(ReportSettings(quiz=False))
    short = written(ReportSettings(curves="none", samples=0, runs=1), "en")
    assert "<svg" not in short and "3 older runs" in short
    assert "sections 2 to 5" in written(ReportSettings(first=5, last=2), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_an_empty_record_is_told_kindly(form, language: str, record: Recorded) -> None:
    content = written(ReportSettings(form=form), language)
    say = words(language).text
    for key in ("lead.empty", "proofs.none", "runs.none", "quiz.none"):
        assert say(f"summary.report.{key}") in content, key
    assert "{" not in re.sub(r"<style>.*?</style>", "", content, flags=re.S)


def test_the_language_can_be_another_than_that_of_the_screens(record: Recorded) -> None:
    record.full()
    assert written(ReportSettings(language="en"), "ja") == written(ReportSettings(), "en")
    assert '<html lang="ja">' in written(ReportSettings(language="ja"), "en")


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_what_is_gone_or_unknown_says_so_in_its_place(form, record: Recorded) -> None:
    record.full()
    found = gathered(ReportSettings(form=form))
    gone = type(found.runs[0])(listed=found.runs[0].listed, gone=True)
    told = type(found)(labs=found.labs, proofs=(), runs=(gone, *found.runs[1:]), quiz=found.quiz)
    content = written(ReportSettings(form=form), "en", told)
    assert "This run was deleted while the report was being made" in content


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_has_its_tables_and_figures(language: str, record: Recorded) -> None:
    record.full()
    content = written(ReportSettings(form="markdown", samples=9), language)
    body, _, data = content.partition("\n[figure-1]: ")
    assert content.startswith("# ") and "<svg" not in content
    tables = re.findall(r"(?:^\|.*\|\n)+", body, re.M)
    assert len(tables) == 2  # progress and quiz
    for table in tables:
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(counts) == 1, table
    drawn = dict(re.findall(r"^\[(figure-\d+)\]: data:image/svg\+xml;base64,(\S+)$", f"[figure-1]: {data}", re.M))
    assert list(drawn) == re.findall(r"!\[[^]]*\]\[(figure-\d+)\]", body)
    for each in drawn.values():
        assert ElementTree.fromstring(base64.b64decode(each)).tag == f"{SVG}svg"
    assert "\n````text\nFirst line\n" in body and "\\<script\\>" in body
    assert not re.search(r"(?<![\\`])<(b|script)>", re.sub(r"(`+).*?\1", "", body, flags=re.S))


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_gets_out_of_its_place(content: str) -> None:
    page = Page(f"<p>{html_text(content)}</p>")
    assert [tag for tag, _ in page.seen] == ["p"]
    line = text(content)
    assert "\n" not in line and not re.search(r"(?<!\\)(?:\\\\)*[<>|`*_\[\]#]", re.sub(r"\\[\\<>|`*_\[\]#]", "", line))
    assert not re.match(r"\s|[-+=](\s|$)|\d+[.)](\s|$)", line)
    quoted = code(content)
    assert "\n" not in quoted and (not quoted or quoted.count(quoted[: len(quoted) - len(quoted.lstrip("`"))]) >= 2)
    first, *middle, last = fenced(content).split("\n")
    assert first.removesuffix("text") == last and not any(each.startswith(last) for each in middle)


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_missed_question_is_asked_again_and_leads_to_its_lab(form, record: Recorded) -> None:
    question = next(iter(questions().values()))
    record.note(answered(question.section, question.name, right=False), answered("neuron", "unheard_of", right=False))
    content = unescape(written(ReportSettings(form=form), "en").replace("\\", ""))
    assert question.entry.en.question in content and question.entry.lab in content
    assert "✗ unheard_of" in content or "✗</span>unheard_of" in content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_very_long_address_is_folded_and_whole_within(form, language: str) -> None:
    example = ReportSettings(record="example", form=form, curves="none", samples=0)
    found = gathered(example)
    long = [each.address for each in found.proofs if len(each.address) > LONGEST]
    assert long and len(found.proofs) > len(long)
    content = written(example, language, found)
    folded = re.findall(
        r"<details><summary><code>(.*?)…</code></summary>(?:<p>)?<code>(.*?)</code>(?:</p>)?</details>", content
    )
    assert [unescape(whole) for _, whole in folded] == long
    assert all(whole.startswith(short) and len(unescape(short)) == SHOWN for short, whole in folded)
    outside = unescape(re.sub(r"<details>.*?</details>", "", content))
    assert not any(each in outside for each in long)
    if form == "html":
        Page(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_report_has_a_title_of_its_own(language: str, record: Recorded) -> None:
    title = words(language).text("summary.report.page.example")
    assert f"<h1>{title}</h1>" in written(ReportSettings(record="example", runs=0), language)
    assert title not in written(ReportSettings(runs=0), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_style_sheet_names_only_colours_that_it_has(language) -> None:
    content = sheet(language)
    assert set(re.findall(r"var\(--([\w-]+)\)", content)) <= {*TOKENS, "text", "mono"}
    assert content.count("{") == content.count("}") and "@media print" in content
