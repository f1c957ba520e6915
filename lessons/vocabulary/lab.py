"""A lab's light half as one record: what is set, seen and asked, and where its heavy half is."""

from dataclasses import dataclass

from lessons.vocabulary.exercise import Exercise
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings


@dataclass(frozen=True)
class Preset:
    """Settings worth trying, named by the message `<lab>.preset.<name>`."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Lab:
    """All that the screens and the command line know of a lab."""

    name: str
    """Full name: `neuron.unit`. Its texts are the messages `<name>.title` and `<name>.goal`."""

    settings: type[Settings]
    observation: type[Observation]
    exercises: tuple[Exercise, ...]
    presets: tuple[Preset, ...] = ()

    source: tuple[str, ...] = ()
    """Engine functions behind the lab, as `package.module:function`; the first is shown first."""

    wide: bool = False
    """Takes all columns; the lesson is closed at first."""

    plays: str = ""
    """The switch that starts something that goes on step by step; empty for a lab that only answers."""

    @property
    def section(self) -> str:
        """Name of the lab's section."""
        return self.name.partition(".")[0]

    @property
    def experiment(self) -> str:
        """Dotted name of the heavy half, for the engine process."""
        section, _, lab = self.name.partition(".")
        return f"lessons.{section}.experiments.{lab}:observe"
