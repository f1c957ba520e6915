"""A lab's light half as one record: what is set, seen and asked, and where its heavy half is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec

from lessons.vocabulary.exercise import Exercise
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, Value, changes, fields, settings_from


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

    asked_anew: bool = False
    """Whether its experiment reads what changes elsewhere, the learner's record say: it is asked again whenever the
    lab is opened."""

    plays: str = ""
    """The switch that starts something that goes on step by step; empty for a lab that only answers."""

    flows: Mapping[str, Value] = field(default_factory=dict)
    """Settings with which it plays, where it goes on as fast as it computes and is looked at now and then."""

    belongs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Settings that hold only while others stay as they are; a change of these brings their defaults back."""

    walks: Callable[[Settings], bool] | None = None
    """Whether, with these settings, a step on and back are other settings, which the observation names; None for a
    lab without such steps."""

    waits: bool = False
    """Whether each step of a lab that walks is the learner's own: the key that runs takes one, and none follows."""

    settles: tuple[str, ...] = ()
    """Settings of a lab that walks whose change leaves what has come about so far as it is."""

    training: str = ""
    """What makes a run's training, `package.module:function`, called with (settings, device); empty without one."""

    trains: Callable[[Settings], bool] = lambda settings: False
    """Whether these settings start a run when they are run; all else is answered at once."""

    run: str = ""
    """The setting that names the run which the lab looks into."""

    summary: str = ""
    """What sums a finished run up for a command line, `package.module:function`, called with the run."""

    sample: str = ""
    """What gives the last that a run has made, as figures, `package.module:function`, called with the run."""

    writes: bool = False
    """Whether that is a text, and no picture."""

    newest: Mapping[str, Value] = field(default_factory=dict)
    """Settings with which the lab looks at the last that a run has kept."""

    leaves: tuple[str, ...] = ()
    """Settings whose change leaves the run: what it has kept is of another kind."""

    spoken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language, what the texts of the lab's defaults, exercises and presets are in it."""

    looks: tuple[str, ...] = ()
    """Settings of a training lab that choose what is looked at, and are no part of a run."""

    def trained(self, settings: Settings, *, whole: bool = False) -> dict[str, Value]:
        """Name the settings of a run: those that differ from their defaults, or all; what only looks is left out."""
        names = [field.name for field in fields(self.settings)] if whole else changes(settings)
        return {name: getattr(settings, name) for name in names if name not in (*self.looks, self.run)}

    def set_by(self, values: Mapping[str, str], language: str, *, theirs: bool = False) -> Settings:
        """Make the settings of an address for a learner of a language: hers as it stands, or one of the lab's own.

        What the address leaves out is said in her language in any case. Raises SettingError.
        """
        said = self.spoken.get(language, {})
        left = {name: said[text] for name, text in self._texts(self.settings()).items() if text in said}
        given = values if theirs else {name: said.get(text, text) for name, text in values.items()}
        return settings_from(self.settings, {**left, **given})

    def translated(self, settings: Settings, language: str) -> Settings:
        """Say the lab's own texts in another language; what the learner has written stays."""
        first = {text: default for said in self.spoken.values() for default, text in said.items()}
        now = {name: first.get(text, text) for name, text in self._texts(settings).items()}
        said = self.spoken.get(language, {})
        return msgspec.structs.replace(settings, **{name: said.get(text, text) for name, text in now.items()})

    def _texts(self, settings: Settings) -> dict[str, str]:
        return {each.name: getattr(settings, each.name) for each in fields(self.settings) if each.kind == "text"}

    @property
    def section(self) -> str:
        """Name of the lab's section."""
        return self.name.partition(".")[0]

    @property
    def experiment(self) -> str:
        """Dotted name of the heavy half, for the engine process."""
        section, _, lab = self.name.partition(".")
        return f"lessons.{section}.experiments.{lab}:observe"
