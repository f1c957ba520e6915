"""Weights set by hand, taken over into a network of another shape."""

from engine.network.playground.shape import Shape
from lessons.neuron.experiments.playground.course import read
from lessons.neuron.labs.playground.settings import PlaygroundSettings, features, layers
from lessons.neuron.labs.playground.weights import encode


def carried(before: PlaygroundSettings, now: PlaygroundSettings) -> str:
    """Write the weights of `before` for the network of `now`.

    A weight stays where the units at both its ends do; those of new units are the seed's. Empty where there are none
    that belong to `before`. Raises WeightsError.
    """
    old, new = (Shape(features(each), layers(each.hidden)) for each in (before, now))
    given = read(before.weights)
    if given.size != old.size:
        return ""
    return encode(new.keep(given, old, new.initial([now.seed, 0])))
