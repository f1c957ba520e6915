"""Texts: the same keys and placeholders in both languages, all that a lab needs, nothing too wide."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from rich.cells import cell_len

from lessons.catalogue import lab_names, load, sections
from lessons.vocabulary.settings import fields
from tui import locale
from tui.locale import LANGUAGES, words

FOLDER = Path(locale.__file__).parent
DOMAINS = sorted({path.stem for path in FOLDER.rglob("*.po")})


def catalogue(language: str, domain: str) -> dict[str, str]:
    with (FOLDER / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as po:
        return {message.id: message.string for message in read_po(po, abort_invalid=True) if message.id}


def placeholders(text: str) -> set[str]:
    return {part[1] for part in Formatter().parse(text) if part[1] is not None}


def needed(name: str) -> set[str]:
    """Every key that a lab's light half makes the program ask for."""
    lab = load(name)
    keys = {f"{name}.title", f"{name}.goal"}
    keys |= {f"{name}.preset.{preset.name}" for preset in lab.presets}
    for setting in fields(lab.settings):
        keys |= {setting.label[1:]} if setting.label.startswith("@") else set()
        keys |= {f"{setting.keys}.{choice}" for choice in setting.choices if setting.kind == "choice"}
    for exercise in lab.exercises:
        parts = ("goal", "hint1", "hint2", "hint3", "why", *(f"choice.{each}" for each in exercise.choices))
        keys |= {f"{name}.{exercise.name}.{part}" for part in parts}
    return keys


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_keys(domain):
    japanese, english = (catalogue(language, domain) for language in LANGUAGES)

    assert japanese.keys() == english.keys()


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_placeholders(domain):
    japanese, english = (catalogue(language, domain) for language in LANGUAGES)
    differing = [key for key in japanese if placeholders(japanese[key]) != placeholders(english.get(key, ""))]

    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_no_text_is_empty_and_no_key_is_there_twice(domain, language):
    texts = catalogue(language, domain)
    written = re.findall(r'^msgid "(.+)"$', (FOLDER / language / "LC_MESSAGES" / f"{domain}.po").read_text(), re.M)

    assert [key for key, text in texts.items() if not text.strip()] == []
    assert sorted(written) == sorted(set(written))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_what_the_program_reads_is_what_is_written(domain, language):
    stale = [key for key, text in catalogue(language, domain).items() if words(language)._find(key) != text]

    assert not stale, "run python -m tui.locale.compile"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_its_title_and_what_is_done_there(language):
    for section in sections():
        for part in ("title", "does"):
            assert words(language).has(f"{section.name}.{part}"), section.name
        assert cell_len(words(language).text(f"{section.name}.does")) <= 54


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_a_lab_has_every_text_that_it_needs(name, language):
    assert {key for key in needed(name) if not words(language).has(key)} == set()


@pytest.mark.parametrize("name", lab_names())
def test_no_exercise_or_preset_that_is_gone_has_texts(name):
    written = {key for key in catalogue("en", load(name).section) if key.startswith(f"{name}.")}
    asked = re.compile(rf"{re.escape(name)}\.(preset\.\w+|\w+\.(goal|hint\d|why|choice\.\w+))")

    assert {key for key in written if asked.fullmatch(key)} <= needed(name)


@pytest.mark.parametrize("name", lab_names())
def test_texts_of_settings_need_no_values(name):
    for setting in fields(load(name).settings):
        for language in LANGUAGES:
            assert not placeholders(words(language).say(setting.label))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lab_names())
def test_texts_fit_their_places(name, language):
    say, lab = words(language), load(name)

    assert cell_len(say.text(f"{name}.title")) <= 16
    assert cell_len(say.text(f"{name}.goal")) <= 50
    for exercise in lab.exercises:
        limits = {"goal": 64, "why": 120, **dict.fromkeys(("hint1", "hint2", "hint3"), 120)}
        limits |= {f"choice.{choice}": 64 for choice in exercise.choices}
        for part, limit in limits.items():
            text = say._find(f"{name}.{exercise.name}.{part}")
            assert cell_len(text) <= limit, (exercise.name, part, cell_len(text))


POLITE = re.compile(r"(です|ます|ません|ました|ください)か?(。|$)")


@pytest.mark.parametrize("name", [name for name in lab_names() if name.startswith(("scaling.", "summary."))])
def test_hints_and_reasons_of_one_lab_are_in_plain_style_and_ask_without_a_question_mark(name):
    texts = catalogue("ja", name.partition(".")[0])
    for exercise in load(name).exercises:
        prose = [texts[f"{name}.{exercise.name}.{part}"] for part in ("hint1", "hint2", "hint3", "why")]
        assert not [text for text in prose if POLITE.search(text) or not text.endswith("。")]
    assert not [key for key, text in texts.items() if "?" in text]
