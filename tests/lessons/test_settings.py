"""Settings of every lab: whatever a learner can set goes through an address and comes back the same."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.address import address_of, command_line, parse, shortened
from lessons.catalogue import lab_names, load
from lessons.vocabulary.drawings import encode
from lessons.vocabulary.settings import Setting, SettingError, changes, fields, settings_from


def six_digits(low: float, high: float):
    """Numbers of a range as a slider or a typed value gives them: an address keeps six digits."""
    floats = st.floats(low, high, allow_nan=False)
    return floats.map(lambda value: min(max(float(f"{value:.6g}"), low), high))


def values_of(setting: Setting):
    if setting.kind == "number":
        return six_digits(setting.low, setting.high)
    if setting.kind == "integer":
        return st.integers(int(setting.low), int(setting.high))
    if setting.kind == "choice":
        return st.sampled_from(setting.choices)
    if setting.kind == "switch":
        return st.booleans()
    if setting.pattern:
        return st.from_regex(setting.pattern, fullmatch=True)
    if setting.kind == "text":
        return st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=min(setting.length, 40))
    numbers = st.lists(st.floats(-2, 2), min_size=setting.length, max_size=setting.length)
    return st.one_of(st.just(""), numbers.map(lambda each: encode(np.array(each))))


def settings_of(name: str):
    kind = load(name).settings
    return st.builds(kind, **{setting.name: values_of(setting) for setting in fields(kind)})


@pytest.mark.parametrize("name", lab_names())
def test_an_address_comes_back_as_the_settings_it_was_made_of(name):
    kind = load(name).settings

    @given(settings=settings_of(name))
    def round_trip(settings):
        for text in (address_of(name, settings), command_line(name, settings)):
            parsed = parse(text)
            assert parsed.lab == name
            assert settings_from(kind, parsed.values) == settings

    round_trip()


@pytest.mark.parametrize("name", lab_names())
def test_what_differs_from_the_defaults_is_all_there_is(name):
    kind = load(name).settings

    @given(settings=settings_of(name))
    def round_trip(settings):
        differing = changes(settings)
        assert settings_from(kind, differing) == settings
        assert all(getattr(kind(), key) != value for key, value in differing.items())

    round_trip()


@pytest.mark.parametrize("name", lab_names())
def test_defaults_need_no_words_and_are_valid(name):
    kind = load(name).settings

    assert address_of(name, kind()) == name
    assert settings_from(kind, {}) == kind()
    assert msgspec.convert(msgspec.to_builtins(kind()), kind) == kind()
    for setting in fields(kind):
        if setting.kind in ("number", "integer"):
            assert setting.low <= setting.default <= setting.high, setting.name


@pytest.mark.parametrize("name", lab_names())
def test_numbers_that_cannot_be_are_refused_with_what_is_allowed(name):
    kind = load(name).settings
    for setting in fields(kind):
        if setting.kind not in ("number", "integer"):
            continue
        refused = [
            ("nan", "number"),
            (float("nan"), "number"),
            ("much", "number"),
            ("", "number"),
            (str(setting.high + setting.step), "range"),
            (setting.low - setting.step, "range"),
            ("inf", "range" if setting.kind == "number" else "number"),
        ]
        if setting.kind == "integer":
            refused.append((setting.low + 0.5, "number"))
        for value, problem in refused:
            with pytest.raises(SettingError) as caught:
                settings_from(kind, {setting.name: value})
            assert caught.value.problem == problem, (setting.name, value)
            assert caught.value.values["name"] == setting.name
            assert (caught.value.values["low"], caught.value.values["high"]) == (setting.low, setting.high)


@pytest.mark.parametrize("name", lab_names())
def test_unknown_names_choices_and_drawings_are_refused(name):
    kind = load(name).settings

    with pytest.raises(SettingError) as caught:
        settings_from(kind, {"nothing_of_the_kind": 1})
    assert caught.value.problem == "unknown"
    assert caught.value.values["allowed"] == tuple(setting.name for setting in fields(kind))

    for setting in fields(kind):
        if setting.choices:
            with pytest.raises(SettingError) as caught:
                settings_from(kind, {setting.name: "nothing of the kind"})
            assert caught.value.problem == "choice"
            assert caught.value.values["allowed"] == setting.choices
        if setting.kind == "text":
            with pytest.raises(SettingError) as caught:
                settings_from(kind, {setting.name: "字" * (setting.length + 1)})
            assert (caught.value.problem, caught.value.values["length"]) == ("text", setting.length)
        if setting.kind == "drawing":
            for drawing in ("AAA", "?", "線", encode(np.ones(setting.length + 1)), "A" * 5000):
                with pytest.raises(SettingError) as caught:
                    settings_from(kind, {setting.name: drawing})
                assert (caught.value.problem, caught.value.values["length"]) == ("drawing", setting.length)


@pytest.mark.parametrize("name", lab_names())
def test_values_are_taken_as_people_type_them(name):
    kind = load(name).settings
    for setting in fields(kind):
        if setting.kind == "choice":
            choice = setting.choices[-1]
            assert getattr(settings_from(kind, {setting.name: choice.upper()}), setting.name) == choice
        if setting.kind == "switch":
            for text, value in (("on", True), ("Yes", True), ("off", False), ("0", False)):
                assert getattr(settings_from(kind, {setting.name: text}), setting.name) is value
        if setting.kind == "number" and setting.low <= -1:
            assert getattr(settings_from(kind, {setting.name: " −1 "}), setting.name) == -1


def test_an_address_that_is_only_looked_at_shows_the_beginning_of_a_drawing() -> None:
    long = "A" * 300
    assert (
        shortened(f"convolution.lenet5?digit=3&drawn={long}&epoch=1")
        == "convolution.lenet5?digit=3&drawn=AAAAAA…&epoch=1"
    )
    assert shortened("neuron.unit?w1=0.5") == "neuron.unit?w1=0.5" and shortened("neuron") == "neuron"
