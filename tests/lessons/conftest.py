"""Running labs without screens: an address becomes the moment that a learner would see there."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import islice

import msgspec
import pytest

from lessons.address import parse
from lessons.catalogue import load
from lessons.vocabulary.exercise import Moment
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, settings_from

LONGEST = 400
"""Observations asked of an experiment that goes on."""


def run(name: str, settings: Settings) -> Observation:
    """Observe a lab once; of an experiment that goes on, take where it has come to."""
    module, _, function = load(name).experiment.partition(":")
    seen = getattr(import_module(module), function)(settings)
    if isinstance(seen, Iterator):
        *_, seen = islice(seen, LONGEST)
    return seen


def with_what_moved(settings: Settings, observation: Observation) -> Settings:
    """Set what the experiment itself has changed, as the control panel does."""
    return msgspec.structs.replace(settings, **observation.moved) if observation.moved else settings


@cache
def moment_at(address: str) -> Moment:
    parsed = parse(address)
    settings = settings_from(load(parsed.lab).settings, parsed.values)
    observation = run(parsed.lab, settings)
    return Moment(with_what_moved(settings, observation), observation)


@pytest.fixture
def observe() -> Callable[[str, Settings], Observation]:
    """Observe a lab under given settings."""
    return run


@pytest.fixture
def moment() -> Callable[[str], Moment]:
    """Bring a lab to an address and look."""
    return moment_at
