"""`applications.panel`: a LeNet-5 reads, a GPT writes, a diffusion model draws, from one set of settings.

Each answers for itself: what one of them can't do is told, and the others' answers stay. An answer is kept with its
time as long as what led to it stays the same.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from lessons.applications.experiments.panel import drawer, reader, writer
from lessons.applications.experiments.panel.figures import reading_bars, sizes, typed
from lessons.applications.experiments.panel.trouble import FAILS, Unanswered, trouble, trouble_of
from lessons.applications.labs.panel.observation import Network, PanelObservation, Trouble
from lessons.applications.labs.panel.settings import PanelSettings, asked, language
from lessons.convolution.labs.lenet5 import PIXELS
from lessons.vocabulary.figures import Raster

Found = TypeVar("Found")

SIZES: Mapping[Network, Callable[[PanelSettings], tuple[int, bool]]] = {
    "reader": reader.size,
    "writer": writer.size,
    "drawer": drawer.size,
}


class Answers:
    """What the networks have answered, and why one of them has not."""

    def __init__(self) -> None:
        self.troubles: list[Trouble] = []

    def of(self, network: Network, answer: Callable[[], Found]) -> Found | None:
        """Give a network's answer, or None and the trouble that it has."""
        try:
            return answer()
        except (Unanswered, *FAILS) as error:  # it must not silence the others
            self.troubles.append(trouble_of(network, error))
        return None

    def note(self, network: Network, kind: str) -> None:
        """Tell something of a network that has answered all the same."""
        self.troubles.append(trouble(network, kind, answers=True))


def observe(settings: PanelSettings) -> PanelObservation:
    """Let all three answer."""
    found = Answers()
    seen: dict[str, Any] = {}
    measured: dict[str, float] = {}
    image, label = reader.image(settings)
    read = found.of("reader", lambda: reader.read(settings, image))
    if read is not None:
        seen |= {"scores": read.scores, "read": read.digit, "reader_passes": 1}
        measured["reader_ms"] = read.ms
    written = found.of("writer", lambda: writer.write(settings))
    if written is not None:
        seen |= {
            "written_text": written.text,
            "tokens_written": written.passes,
            "writer_passes": written.passes,
            "next": written.next,
        }
        measured["writer_ms"] = written.ms
    digit = asked(settings, read.digit if read is not None else None)
    drawn = found.of("drawer", lambda: drawer.draw(settings, digit))
    if drawn is not None:
        seen |= {"drawing": drawn.drawing, "walk": drawn.walk, "drawer_passes": drawn.passes}
        measured["drawer_ms"] = drawn.ms
        # LeNet-5 is the judge of the picture too; without it the picture stands unjudged.
        back = Answers().of("reader", lambda: reader.read(settings, drawn.picture))
        if back is not None:
            seen |= {"read_back": back.digit, "read_back_score": back.scores[back.digit]}
    for network, size in SIZES.items():
        known = Answers().of(network, partial(size, settings))
        seen[f"{network}_parameters"] = known and known[0]
        if known and known[1]:
            found.note(network, "run_missing")
    return PanelObservation(
        label=label,
        asked=digit,
        writer_language=language(settings),
        troubles=tuple(found.troubles),
        sizes=sizes(seen),
        input=Raster(title="@convolution.lenet5.input", values=image, map="ink", note=f"{PIXELS}×{PIXELS}"),
        reading=reading_bars(read.scores if read is not None else ()),
        writing=written.figure if written is not None else typed(settings.sentence),
        measured=measured,
        **seen,
    )
