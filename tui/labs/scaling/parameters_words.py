"""What the view of `scaling.parameters` says in words under its figures."""

from lessons.scaling.labs.parameters import NAME
from lessons.scaling.labs.parameters.observation import ParametersObservation
from tui.labs.deep_networks.architectures_words import Piece
from tui.locale import Words
from tui.session import LabSession


def notes(session: LabSession, words: Words) -> list[Piece]:
    """What must be known of the present view."""
    seen = session.observation
    if not isinstance(seen, ParametersObservation):
        return []
    view = getattr(session.shown_settings, "view", "parts")
    if view == "memory":
        return [(words.text(f"{NAME}.memory.note"), "muted")]
    if view in ("table", "years"):
        return [(words.say(reason), "muted") for reason in seen.reasons]
    if view == "scale" and seen.ratios:
        names, ratios = list(seen.ratios), list(seen.ratios.values())
        times = f"{ratios[-1]:,.0f}"
        return [(words.text(f"{NAME}.scale.note", large=names[-1], small=names[0], times=times), "muted")]
    return []
