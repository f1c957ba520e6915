"""What every lab's experiment sees, by default and in each preset."""

from importlib import import_module

import msgspec
import numpy as np
import pytest

from engine.process.frames import decode, encode
from lessons.address import address_of, parse
from lessons.catalogue import lab_names, load
from lessons.vocabulary.figures import Axis, Bars, Curves, Figure
from lessons.vocabulary.observation import FIGURES, arrays, figures, numbers
from lessons.vocabulary.settings import fields, settings_from
from tui.locale import LANGUAGES, words


def addresses(name: str) -> list[str]:
    return [name, *(preset.address for preset in load(name).presets)]


def texts(value: object) -> set[str]:
    """Every text in an observation that is a message key."""
    if isinstance(value, str):
        return {value[1:].partition(" ")[0]} if value.startswith("@") else set()
    if isinstance(value, msgspec.Struct):
        return set().union(*(texts(getattr(value, name)) for name in value.__struct_fields__))
    if isinstance(value, (tuple, list)):
        return set().union(*(texts(each) for each in value))
    return set()


def axes(figure: Figure) -> list[Axis]:
    return [getattr(figure, name) for name in ("x", "y") if isinstance(getattr(figure, name, None), Axis)]


@pytest.mark.parametrize("name", lab_names())
def test_every_number_is_finite(name, moment):
    for address in addresses(name):
        seen = moment(address).observation
        for key, values in arrays(seen).items():
            infinite = isinstance(
                getattr(seen, key.partition(".")[0]), Bars
            )  # written as ∞, an infinite perplexity say
            if values.dtype.kind == "f" and ".lines." not in key and not infinite:
                assert np.isfinite(values).all(), (address, key)


@pytest.mark.parametrize("name", lab_names())
def test_every_figure_that_the_lab_names_is_there(name, moment):
    lab = load(name)
    hints = {field.name: field.type for field in msgspec.structs.fields(lab.observation)}
    promised = [key for key, hint in hints.items() if isinstance(hint, type) and issubclass(hint, FIGURES)]
    assert promised
    for address in addresses(name):
        seen = moment(address).observation
        assert type(seen) is lab.observation
        assert list(figures(seen)) == [key for key in hints if key in figures(seen)]
        assert set(promised) <= set(figures(seen)), address
        assert numbers(seen), address


@pytest.mark.parametrize("name", lab_names())
def test_the_same_settings_give_the_same_observation(name, observe):
    lab = load(name)
    for address in addresses(name):
        settings = settings_from(lab.settings, parse(address).values)
        first, second = (arrays(observe(name, settings)) for _ in range(2))
        assert first.keys() == second.keys()
        for key in first:
            np.testing.assert_array_equal(first[key], second[key], err_msg=f"{address} {key}")


@pytest.mark.parametrize("name", lab_names())
def test_an_observation_crosses_the_process_border_unchanged(name, moment):
    lab = load(name)
    for address in addresses(name):
        seen = moment(address).observation
        arrived = decode(encode(seen), lab.observation)
        sent, got = arrays(seen), arrays(arrived)
        assert sent.keys() == got.keys()
        for key in sent:
            np.testing.assert_array_equal(sent[key], got[key], err_msg=key)
        assert msgspec.to_builtins(numbers(seen)) == msgspec.to_builtins(numbers(arrived))
        assert list(figures(arrived)) == list(figures(seen))


@pytest.mark.parametrize("name", lab_names())
def test_curves_and_points_lie_within_their_axes(name, moment):
    for address in addresses(name):
        for key, figure in figures(moment(address).observation).items():
            assert all(axis.low < axis.high for axis in axes(figure)), (address, key)
            if not isinstance(figure, Curves):
                continue
            points = [np.array([point]) for point in (figure.point, figure.ghost) if point]
            points += [np.stack([line.x, line.y], axis=1) for line in figure.lines]
            for point in points:
                for axis, values in ((figure.x, point[:, 0]), (figure.y, point[:, 1])):
                    within = (values >= axis.low - 1e-9) & (values <= axis.high + 1e-9) | np.isnan(values)
                    assert within.all(), (address, key, values[~within])


@pytest.mark.parametrize("name", lab_names())
def test_what_a_figure_moves_is_a_setting(name, moment):
    known = {setting.name for setting in fields(load(name).settings)}
    for address in addresses(name):
        for figure in figures(moment(address).observation).values():
            named = {getattr(part, "setting", "") for part in getattr(figure, "levels", ())}
            named |= {getattr(part, "setting", "") for part in getattr(figure, "links", ())}
            named |= {getattr(figure, "drawn", "")}
            assert named - {""} <= known


@pytest.mark.parametrize("name", lab_names())
def test_texts_of_an_observation_are_there_in_both_languages(name, moment):
    for address in addresses(name):
        for language in LANGUAGES:
            missing = {key for key in texts(moment(address).observation) if not words(language).has(key)}
            assert not missing, (address, language)


@pytest.mark.parametrize("name", lab_names())
def test_every_value_that_can_be_chosen_can_be_seen(name, observe):
    lab = load(name)
    for setting in fields(lab.settings):
        written = setting.kind in ("drawing", "text")
        ends = setting.choices or (() if written else (f"{setting.low:.10g}", f"{setting.high:.10g}"))
        for value in ends:
            settings = settings_from(lab.settings, {setting.name: value})
            seen = observe(name, settings)
            for key, values in arrays(seen).items():
                unknown = isinstance(getattr(seen, key.partition(".")[0]), Bars)  # written as –, not as 0
                if values.dtype.kind == "f" and ".lines." not in key and not unknown:
                    assert np.isfinite(values).all(), (address_of(name, settings), key)


@pytest.mark.parametrize("name", lab_names())
def test_every_preset_sets_its_own_lab_to_something_else(name):
    lab = load(name)
    settings = [settings_from(lab.settings, parse(preset.address).values) for preset in lab.presets]

    assert len({address_of(name, each) for each in settings}) == len(lab.presets)
    assert {parse(preset.address).lab for preset in lab.presets} <= {name}


@pytest.mark.parametrize("name", lab_names())
def test_the_source_that_a_lab_names_is_there(name):
    lab = load(name)
    assert lab.source
    for source in lab.source:
        module, _, thing = source.partition(":")
        assert module.startswith("engine.") and hasattr(import_module(module), thing), source
