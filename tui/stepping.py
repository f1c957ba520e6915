"""A lab's session step by step: playing, going on and back, beginning again."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from engine.process.client import Latest
from lessons.vocabulary.lab import Lab
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings

if TYPE_CHECKING:
    from tui.training import LabTraining

MOST_UNDO = 50
MOST_STEPS = 2000
"""Steps that can be taken back."""


class Stepping:
    """Mixin of `LabSession`, which has what is named here."""

    lab: Lab
    settings: Settings
    observation: Observation | None
    shown_settings: Settings | None
    past: list[Settings]
    steps: list[Observation]
    playing: bool
    finished: bool
    training: "LabTraining | None"
    on_change: Callable[[str], None]
    _wanted: int
    _walk: asyncio.Task[None] | None
    _latest: Latest

    def toggle(self) -> None:
        """Run or pause; take one step where each is the learner's own."""
        if self.walking and self.lab.waits:
            self.forward(1)
            return
        if self.walking and not self.playing and self.at_end:
            self.on_change("end")
            return
        if self.training is not None and not self.walking:
            self.training.toggle()
            return
        self.playing = not self.playing and not (self.learning and self.finished)
        if self.playing and self.lab.flows:
            self.step()
        else:
            self._hasten()
        self.on_change("playing")

    @property
    def at_end(self) -> bool:
        """Whether a walk is where no step leads on."""
        return self.observation is not None and self.shown_settings == self.settings and not self.observation.onward

    def step(self) -> None:
        """Go one step on; the first one starts it."""
        if self.walking:
            self._walk_to("onward")
            return
        if not self.lab.plays or self.busy:
            return
        if not self.learning:
            self.past = [*self.past[1 - MOST_UNDO :], self.settings]
            self.settings = msgspec.structs.replace(self.settings, **{self.lab.plays: True})
            self.on_change("settings")
            self._ask("restart", self.settings)
        elif not self.finished:
            self._ask("next", self.settings)

    def _walk_to(self, way: str) -> None:
        """Take the settings that a step leads to; where there are none it has come to its end."""
        if self.observation is None or self.shown_settings != self.settings:
            return
        values = getattr(self.observation, way)
        if not values:
            asked_on = way == "onward" and not self.playing
            self.playing = False
            self.on_change("end" if asked_on else "playing")
            return
        self._take(msgspec.structs.replace(self.settings, **values), remember=False)

    def forward(self, count: int) -> None:
        """Go steps on, one after another; keys that come faster than the steps are not lost."""
        self._wanted = min(max(self._wanted, 0) + count, MOST_STEPS)
        if self._walk is None or self._walk.done():
            self._walk = asyncio.create_task(self._forward(), name="steps")

    async def _forward(self) -> None:
        while self._wanted and not self.finished:
            await self._latest.settled()
            way = 1 if self._wanted > 0 else -1
            if way > 0:
                self.step()
            else:
                self._walk_to("backward")
            self._wanted -= way
            await self._latest.settled()
        self._wanted = 0

    async def settled(self) -> None:
        """Wait until the engine has answered all that was asked; of what flows, the next answer."""
        seen = self.observation
        while self.playing and self.lab.flows and self.observation is seen:
            await asyncio.sleep(0.01)
        if self.playing and self.lab.flows:
            return
        await self._latest.settled()

    def back(self, count: int = 1) -> None:
        """Go steps back: the earlier picture comes back, and what goes on goes on from there."""
        if self.walking:
            self.playing = False
            self.on_change("playing")
            self._walked_back(count)
            return
        if not self.steps:
            return
        self.playing, self._wanted = False, 0
        for _ in range(min(count, len(self.steps))):
            self.observation = self.steps.pop()
        self._drop()
        self.finished = False
        self._adopt_moved()
        self._look()
        self.on_change("playing")
        self.on_change("observation")

    def _walked_back(self, count: int) -> None:
        self._wanted = -min(count, MOST_STEPS)
        if self._walk is None or self._walk.done():
            self._walk = asyncio.create_task(self._forward(), name="steps")

    @property
    def restarts(self) -> bool:
        """Whether something of the lab's own begins anew: a walk, a run, or learning."""
        return self.walking or self.training is not None or self.learning

    def restart(self) -> None:
        """Begin again with the same seed."""
        if self.walking:
            if self.observation is not None and self.observation.anew:
                self.replace(msgspec.structs.replace(self.settings, **self.observation.anew))
            return
        if self.training is not None:
            self.training.restart()
            return
        self.playing = False
        if self.learning:
            self._ask("restart", self.settings)
            self._hasten()
        else:
            self.reset()
        self.on_change("playing")
