"""Errors in words: what is wrong and what is allowed, in both languages."""

import errno

import pytest

from lessons.address import AddressError, parse
from lessons.catalogue import UnknownName, resolve
from lessons.neuron.labs.unit import UnitSettings
from lessons.vocabulary.settings import SettingError, settings_from
from tui.errors import Refused, explain, is_mistake
from tui.locale import LANGUAGES, words

MISTAKES: list[tuple[BaseException, tuple[str, ...]]] = [
    (SettingError("range", name="w1", value="99", low=-2.0, high=2.0, digits=2), ("w1", "−2", "2", "99")),
    (SettingError("number", name="w1", value="abc", low=-2.0, high=2.0, digits=2), ("w1", "−2", "abc")),
    (SettingError("unknown", name="w9", allowed=("w1", "h")), ("w9", "w1, h")),
    (SettingError("choice", name="gate", value="nadn", allowed=("AND", "NAND")), ("nadn", "AND, NAND")),
    (SettingError("drawing", name="x", length=12), ("x", "12")),
    (UnknownName("neuron.gats", ("neuron.gates",)), ("neuron.gats", "neuron.gates")),
    (AddressError("a\nb" * 90), ("a·b", "…", "neuron.gates?")),
    (Refused("error.pair", text="{w1}"), ("{w1}", "name=value")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("error", "parts"), MISTAKES, ids=lambda value: type(value).__name__)
def test_a_mistake_is_one_line_with_all_that_matters(
    language: str, error: BaseException, parts: tuple[str, ...]
) -> None:
    text = explain(error, words(language))  # type: ignore[arg-type]
    assert is_mistake(error) and "\n" not in text and not text.startswith("error.")
    assert all(part in text for part in parts), text


def test_a_suggestion_is_made_only_where_something_is_near() -> None:
    english = words("en")
    near = SettingError("choice", name="gate", value="nadn", allowed=("AND", "NAND"))
    far = SettingError("choice", name="gate", value="zzzz", allowed=("AND", "NAND"))
    assert explain(near, english).endswith("Did you mean NAND?") and "Did you mean" not in explain(far, english)


def test_errors_as_they_are_raised() -> None:
    english = words("en")
    for wrong in (
        lambda: settings_from(UnitSettings, {"f": "x"}),
        lambda: parse("a b"),
        lambda: resolve("zzz"),
    ):
        with pytest.raises(ValueError) as caught:
            wrong()
        assert is_mistake(caught.value) and "\n" not in explain(caught.value, english)


def test_failures_of_the_machine_are_no_mistakes() -> None:
    full = OSError(errno.ENOSPC, "no space", "/data/run")
    assert not is_mistake(full) and explain(full, words("en")).startswith("The disk is full, so /data/run")
    assert "ZeroDivisionError" in explain(ZeroDivisionError(), words("en"))


def test_a_drawing_that_can_not_be_read_is_a_mistake() -> None:
    from lessons.vocabulary.drawings import decode

    with pytest.raises(ValueError) as caught:
        decode("AAAA", 12)
    assert is_mistake(caught.value) and "drawing" in explain(caught.value, words("en"))
