"""The questions of the quiz: enough of them, whole in both languages, with labs that there are, and nothing that
gives the right choice away."""

from collections import Counter
from pathlib import Path
from statistics import mean

import msgspec
import pytest
from rich.cells import cell_len

from lessons import quiz
from lessons.address import address_of, parse
from lessons.catalogue import lab_names, load, sections
from lessons.quiz import CHOICES, Question, Texts
from lessons.vocabulary.section import FOLDERS
from lessons.vocabulary.settings import settings_from
from tui.locale import LANGUAGES, words

LEAST = 8
"""Questions on each section."""

LIMITS = {"question": 126, "why": 190, **dict.fromkeys(CHOICES, 56)}
"""Cells: two rows of a question, three of an explanation and one of a choice, beside each other's numbers."""

QUESTIONS = list(quiz.questions().values())


def texts(question: Question, language: str) -> Texts:
    return question.entry.ja if language == "ja" else question.entry.en


def test_every_section_has_its_questions():
    counted = Counter(question.section for question in QUESTIONS)

    assert list(counted) == [name for name in FOLDERS if name in {section.name for section in sections()}]
    assert min(counted.values()) >= LEAST, counted


def test_names_are_unlike_over_all_sections():
    files = Path(quiz.__file__).parent.glob(f"*/{quiz.FILE}")
    names = [entry.name for path in files for entry in msgspec.toml.decode(path.read_bytes(), type=quiz.File).questions]

    assert sorted(names) == sorted(quiz.questions())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.full)
def test_a_question_is_whole_and_fits_its_place(question, language):
    found = texts(question, language)
    for part, limit in LIMITS.items():
        text = getattr(found, part)
        assert text == text.strip() and not set("{}\n") & set(text), part
        assert cell_len(text) <= limit, (part, cell_len(text))
        assert words(language).text(question.key(part)) == text
    assert len({getattr(found, choice) for choice in CHOICES}) == len(CHOICES)


def test_japanese_questions_are_japanese_and_english_ones_english():
    for question in QUESTIONS:
        assert any("぀" <= letter <= "ヿ" for letter in question.entry.ja.question), question.full
        assert question.entry.en.why[0].isascii() and question.entry.en.why.endswith((".", "?")), question.full


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.full)
def test_the_address_sets_a_lab_that_there_is(question):
    address = parse(question.entry.lab)

    assert address.lab in lab_names()
    settings = settings_from(load(address.lab).settings, address.values)
    assert address.values and address_of(address.lab, settings) == question.entry.lab


def test_addresses_show_something_different():
    assert len({question.entry.lab for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("section", quiz.sections())
def test_the_place_of_the_right_choice_gives_nothing_away(section):
    counted = Counter(question.entry.right for question in QUESTIONS if question.section == section)

    assert set(counted) == set(CHOICES)
    assert max(counted.values()) <= 0.4 * counted.total()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_length_of_the_right_choice_gives_nothing_away(language):
    longest = shortest = 0
    ratios = []
    for question in QUESTIONS:
        found = texts(question, language)
        lengths = {choice: cell_len(getattr(found, choice)) for choice in CHOICES}
        right = lengths.pop(question.entry.right)
        longest += right > max(lengths.values())
        shortest += right < min(lengths.values())
        ratios.append(right / mean(lengths.values()))
        assert right <= 1.6 * max(lengths.values()) + 4, question.full

    assert longest <= 0.35 * len(QUESTIONS), "always the longest would be right too often"
    assert shortest <= 0.35 * len(QUESTIONS), "always the shortest would be right too often"
    assert 0.85 <= mean(ratios) <= 1.15


def test_a_key_that_is_no_questions_is_no_text():
    for key in ("quiz", "quiz.nothing.why", "quiz.and_one_input.name", "quiz.and_one_input.why.more"):
        assert quiz.text(key, "en") is None
        assert not words("en").has(key)
