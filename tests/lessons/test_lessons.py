"""The lessons' text: both languages built alike, links that set a lab, lengths and widths that fit."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import lessons
from lessons.address import address_of, parse
from lessons.catalogue import lab_names, load, sections
from lessons.vocabulary.settings import settings_from
from tui.locale import LANGUAGES

FOLDER = Path(lessons.__file__).parent
SECTIONS = [section.name for section in sections()]
HEADING = re.compile(r"^(#+) +(.+?)(?: +\{#(\w+)\})?$", re.M)
LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")
MEASURE = 41
LENGTHS = {"en": (400, 900), "ja": (1200, 2800)}
TWICE = ("language",)
"""Sections that may be twice as long."""


def lesson(section: str, language: str) -> str:
    return (FOLDER / section / f"lesson.{language}.md").read_text(encoding="utf-8")


def without_fences(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def prose(text: str) -> str:
    """What is read: no text figures, link targets, marks or rules of tables."""
    text = LINK.sub(lambda found: found[0][1 : found[0].index("](")], without_fences(text))
    text = re.sub(r" *\{#\w+\}|^[|:\- ]+$", "", text, flags=re.M)
    return re.sub(r"^#+ |^- |[|*`]", " ", text, flags=re.M)


def length(text: str, language: str) -> int:
    words = prose(text).split()
    return len([word for word in words if re.search(r"\w", word)]) if language == "en" else len("".join(words))


def parts(text: str) -> dict[str, str]:
    """The text under each marked heading, up to the next marked one."""
    marks = [found for found in HEADING.finditer(without_fences(text)) if found[3]]
    ends = [*(found.start() for found in marks[1:]), None][: len(marks)]
    return {found[3]: without_fences(text)[found.end() : end] for found, end in zip(marks, ends, strict=True)}


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_have_the_same_headings_and_marks(section):
    japanese, english = (
        [(len(found[1]), found[3]) for found in HEADING.finditer(without_fences(lesson(section, language)))]
        for language in LANGUAGES
    )

    assert japanese == english
    assert japanese[0] == (1, None), "a lesson begins with its title"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", sections(), ids=lambda section: section.name)
def test_every_lab_has_its_heading_in_the_order_of_the_section(section, language):
    assert tuple(parts(lesson(section.name, language))) == section.labs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_a_lab_is_set_by_at_least_two_links_under_its_heading(name, language):
    section, _, lab = name.partition(".")
    links = LINK.findall(parts(lesson(section, language))[lab])
    own = {link for link in links if link.startswith("lab:") and parse(link).lab == name}

    assert len(own) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_link_sets_a_lab_to_what_it_can_be(section, language):
    for link in LINK.findall(lesson(section, language)):
        assert link.startswith("lab:"), link
        address = parse(link)
        assert address.values, f"{link} sets nothing"
        settings_from(load(address.lab).settings, address.values)


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_set_the_labs_alike(section):
    japanese, english = (
        sorted(in_english(link) for link in LINK.findall(lesson(section, language))) for language in LANGUAGES
    )

    assert japanese == english


def in_english(link: str) -> str:
    """The address, its texts in the language in which the lab's own are written."""
    address = parse(link)
    lab = load(address.lab)
    return address_of(address.lab, lab.translated(settings_from(lab.settings, address.values), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_lesson_is_as_long_as_it_may_be(section, language):
    low, high = LENGTHS[language]

    assert low <= length(lesson(section, language), language) <= high * (2 if section in TWICE else 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_text_figures_and_tables_fit_the_measure(section, language):
    text = lesson(section, language)
    for block in re.findall(r"^```.*?\n(.*?)^```$", text, flags=re.M | re.S):
        for line in block.splitlines():
            assert cell_len(line) <= MEASURE, line
    for table in re.findall(r"(?:^\|.*\|$\n?)+", without_fences(text), flags=re.M):
        rows = [[cell.strip(" *") for cell in row.strip("|").split("|")] for row in table.splitlines()]
        widths = [max(cell_len(cell) for cell in column) for column in zip(*rows[:1], *rows[2:], strict=True)]
        assert sum(widths) + 2 * (len(widths) - 1) <= MEASURE, rows[0]


def test_what_is_counted_is_what_is_read():
    text = "# One\n\n```\nnot this one\n```\n\ntwo **three** [four five](lab:neuron.unit?h=1) − {#x}\n"

    assert length(text, "en") == 5
    assert length("# 題\n\n本文は[五字](lab:x)。", "ja") == 7
