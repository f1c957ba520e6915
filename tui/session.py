"""One lab as the learner has it before them: settings, the present observation, undo, marks, steps, exercises.

Knows the engine's client but no widget: a screen listens to `on_change` and shows what is here. Whatever is
set reaches the experiment as the next settings; of many moves in a row the engine sees the latest.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from engine.process.client import Engine, EngineError, Latest, Session
from lessons.address import address_of, parse
from lessons.vocabulary.exercise import Moment
from lessons.vocabulary.lab import Lab
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, Value, changes, settings_from
from tui.attempt import Attempt
from tui.exercised import Exercised
from tui.stepping import MOST_STEPS, MOST_UNDO, Stepping

if TYPE_CHECKING:
    from tui.training import LabTraining

MERGE_SECONDS = 0.8
"""Moves of one control within this time are undone together."""


class LabSession(Stepping, Exercised):
    """The state of one lab; it lives on when its view is closed."""

    def __init__(self, lab: Lab, engine: Engine, values: Mapping[str, str] | None = None, language: str = "") -> None:
        """Prepare; `values` are settings that differ from the defaults. Raises SettingError."""
        self.lab = lab
        self.engine = engine
        self.settings: Settings = lab.set_by(values or {}, language)
        self.observation: Observation | None = None
        self.shown_settings: Settings | None = None
        """The settings that the present observation belongs to."""

        self.problem: EngineError | None = None
        self.past: list[Settings] = []
        self.future: list[Settings] = []
        self.marked: Moment | None = None
        self.row = 0
        """The row of a list in its view that the keys were on, for when the learner comes back."""

        self.playing = False
        self.finished = False
        """Whether what goes on step by step has come to its end."""

        self.steps: list[Observation] = []
        self._wanted = 0
        self.flowing = False
        """Whether the present picture came by itself, as one of many, and not because the learner did something."""

        self._hurries = False
        """Whether it goes on to its end without anybody playing it."""

        self._walk: asyncio.Task[None] | None = None
        self.attempt = Attempt(lab, language)
        self.training: LabTraining | None = None
        """What starts and follows this lab's runs, for a lab that trains."""

        self.on_change: Callable[[str], None] = lambda what: None
        self.on_ask: Callable[[], None] = lambda: None
        """Hears that the engine is asked for something."""

        self.clock: Callable[[], float] = time.monotonic
        self._last_move = ("", 0.0)
        self._generator: Session | None = None
        self._latest = Latest(self._compute, self._computed, self._failed)

    @property
    def address(self) -> str:
        """The lab address of the present settings."""
        return address_of(self.lab.name, self.settings)

    @property
    def whole_address(self) -> str:
        """The address of this very moment, with what was learned since the settings were made."""
        kept = self.observation.kept if self.observation is not None and self.shown_settings == self.settings else {}
        return address_of(self.lab.name, settings_from(self.lab.settings, {**changes(self.settings), **kept}))

    @property
    def learning(self) -> bool:
        """Whether the settings are those of something that goes on step by step."""
        return bool(self.lab.plays) and bool(getattr(self.settings, self.lab.plays))

    @property
    def walking(self) -> bool:
        """Whether a step on and a step back are other settings, which the observation names."""
        return self.lab.walks is not None and self.lab.walks(self.settings)

    @property
    def steps_on(self) -> bool:
        """Whether there are steps to go on and back by."""
        return bool(self.lab.plays) or self.walking

    @property
    def busy(self) -> bool:
        """Whether the engine is computing for this lab."""
        return self._latest.busy

    @property
    def moment(self) -> Moment | None:
        """The present moment, once there is a picture of the present settings."""
        if self.observation is None or self.shown_settings is None:
            return None
        return Moment(self.shown_settings, self.observation)

    # Settings

    def refresh(self) -> None:
        """Ask for the observation of the present settings."""
        self._ask("observe", self.settings)
        self._hasten()

    def _ask(self, what: str, settings: Settings) -> None:
        self._latest.ask(what, settings)
        self.on_ask()

    def _hasten(self) -> None:
        """Let what flows show where it is, since the learner has done something."""
        if self._latest.busy and self._generator is not None and self.lab.flows:
            self._generator.hasten()

    def set(self, name: str, value: Value) -> None:
        """Change one setting."""
        self.set_all(**{name: value})

    def set_all(self, **values: Value) -> None:
        """Change settings that belong together."""
        now, names = self.clock(), " ".join(values)
        merged = self._last_move[0] == names and now - self._last_move[1] < MERGE_SECONDS and self.past
        self._last_move = (names, now)
        typed = {name: self._typed(name, value) for name, value in values.items()}
        if any(name in self.lab.settles for name in typed) and self.observation is not None:
            typed = {**self.observation.settled, **typed}
        changed = msgspec.structs.replace(self.settings, **typed)
        if changed != self.settings and any(name in self.lab.leaves for name in values):
            changed = msgspec.structs.replace(changed, **{self.lab.run: ""})
        lost = self._lost(changed, values)
        changed = msgspec.structs.replace(changed, **lost)
        self._take(changed, remember=not merged)
        if lost and not self.learning:  # what goes on keeps what fits
            self.on_change("lost")

    def _lost(self, changed: Settings, values: Mapping[str, Value]) -> dict[str, Value]:
        """The defaults of settings that hold no longer, since what they belong to has changed."""
        default, before = self.lab.settings(), self.settings
        return {
            name: getattr(default, name)
            for name, others in self.lab.belongs.items()
            if name not in values
            and getattr(changed, name) != getattr(default, name)
            and any(getattr(changed, each) != getattr(before, each) for each in others)
        }

    def look_into(self, run: str) -> None:
        """Look into a run from now on, at the last that it has kept."""
        self._take(
            msgspec.structs.replace(self.settings, **{**self.lab.newest, self.lab.run: run}),
            remember=False,
            forget=False,
        )

    def look(self, **values: Value) -> None:
        """Look at something else, a unit say: a change that is not taken back by undoing."""
        changed = msgspec.structs.replace(self.settings, **values)
        if changed != self.settings:
            self._take(changed, remember=False, forget=False)

    def _typed(self, name: str, value: Value) -> Value:
        if isinstance(value, (bool, str)):
            return value
        return int(value) if type(getattr(self.settings, name)) is int else float(value)

    def load(self, address: str, *, theirs: bool = False) -> None:
        """Set the lab to an address, the learner's or one of the lab's own; raises AddressError or SettingError.

        What goes on step by step begins anew.
        """
        settings = self.lab.set_by(parse(address).values, self.attempt.language, theirs=theirs)
        self.playing = False
        if self.learning and getattr(settings, self.lab.plays):
            self._drop()
            self.observation = None
        self.replace(settings)

    def replace(self, settings: Settings) -> None:
        """Set all settings at once."""
        self._last_move = ("", 0.0)
        if settings != self.settings:
            self._take(settings, remember=True)

    def reset(self) -> None:
        """Go back to the defaults."""
        self.replace(self.lab.set_by({}, self.attempt.language))

    def speak(self, language: str) -> None:
        """Take another language: a text that the learner has left as it was is said in it."""
        self.attempt.language = language
        settings = self.lab.translated(self.settings, language)
        if settings != self.settings:
            self._take(settings, remember=False, forget=False)

    def undo(self) -> bool:
        """Take the last change back."""
        return self._travel(self.past, self.future)

    def redo(self) -> bool:
        """Make the change again."""
        return self._travel(self.future, self.past)

    def _travel(self, source: list[Settings], target: list[Settings]) -> bool:
        if not source:
            return False
        target.append(self.settings)
        self._last_move = ("", 0.0)
        self._take(source.pop(), remember=False, forget=False)
        return True

    def _take(self, settings: Settings, *, remember: bool, forget: bool = True) -> None:
        if remember:
            self.past = [*self.past[1 - MOST_UNDO :], self.settings]
        if forget:
            self.future = []
        self.settings = settings
        self.on_change("settings")
        self.refresh()

    def mark(self) -> None:
        """Keep the present moment for comparison, or let the kept one go if it is the same."""
        moment = self.moment
        same = self.marked is not None and moment is not None and self.marked.settings == moment.settings
        self.marked = None if same else moment
        self._look()
        self.on_change("mark")

    # The engine's answers

    def _sent(self, settings: Settings) -> Settings:
        """The settings as the experiment receives them: those it plays with while it plays."""
        if self.lab.flows and (self.playing or self._hurries):
            return msgspec.structs.replace(settings, **self.lab.flows)
        return settings

    async def _compute(self, what: str, settings: Settings) -> tuple[str, Observation | None]:
        kind = self.lab.observation
        if not self.lab.plays or not getattr(settings, self.lab.plays):
            self._drop()
            return "observe", await self.engine.call(self.lab.experiment, settings, result=kind)
        if what == "restart" or self.observation is None or not self.observation.state:
            self._drop()
            return "restart", await self._opened(settings, None)
        how = "next" if what == "next" else "edit"
        if how == "edit" and settings == self.shown_settings and self.problem is None:
            return "same", self.observation  # asked again, it would go a step on
        if self._generator is not None and self._generator.alive:
            return how, await self._generator.next(self._sent(settings))
        return how, await self._opened(settings, self.observation.state)

    async def _opened(self, settings: Settings, start: dict[str, Any] | None) -> Observation | None:
        """Open what goes on step by step, and take its first observation."""
        self._generator = await self.engine.open(
            self.lab.experiment, self._sent(settings), start=start, result=self.lab.observation
        )
        first: Observation | None = await self._generator.next()
        return first

    def _drop(self) -> None:
        if self._generator is not None:
            generator, self._generator = self._generator, None
            if generator.alive:
                asyncio.get_running_loop().create_task(generator.close())

    def _computed(self, value: tuple[str, Observation | None], what: str, settings: Settings) -> None:
        how, observation = value
        if observation is None:
            self.finished, self.playing = True, False
            self._generator = None  # it has ended over there; what is changed from here on opens another
            self.on_change("playing")
            return
        if how == "next" and self.observation is not None:
            self._remember(self.observation)
        elif how in ("observe", "restart"):
            self.steps = []
        if how not in ("next", "same"):
            self.finished = False
        self.problem = None
        self.flowing = how == "next" and self.playing and bool(self.lab.flows)
        self.observation = observation
        self.shown_settings = settings
        self._adopt_moved()
        awaited = self._latest.waits
        if self.playing and self.lab.flows and not awaited:
            self._ask("next", self.settings)  # it goes on while the picture is drawn
        self._look()
        if not (self.flowing and awaited):  # else what the learner has done follows at once, and is drawn alone
            self.on_change("observation")

    def _remember(self, observation: Observation) -> None:
        """Keep a step to go back to; what flows keeps fewer of the early ones rather than none."""
        self.steps.append(observation)
        if len(self.steps) > MOST_STEPS:
            if self.lab.flows:
                self.steps[1 : MOST_STEPS // 2] = self.steps[1 : MOST_STEPS // 2 : 2]
            else:
                del self.steps[0]

    def _adopt_moved(self) -> None:
        """Bring the settings to what the experiment itself has changed."""
        if self.observation is not None and self.observation.moved:
            moved = {name: self._typed(name, value) for name, value in self.observation.moved.items()}
            self.settings = msgspec.structs.replace(self.settings, **moved)
            self.shown_settings = self.settings
            self.on_change("moved")

    def _failed(self, error: EngineError) -> None:
        self.problem = error
        self.playing = False
        self._generator = None
        self.on_change("problem")

    def _look(self) -> None:
        """Let the exercise see the present moment."""
        if moment := self.moment:
            self.attempt.look(moment, self.marked)
