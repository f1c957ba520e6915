"""Errors in words: one line that says what is wrong and what is allowed, on screens and command lines."""

import sys
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeGuard

from lessons.address import AddressError
from lessons.catalogue import UnknownName
from lessons.notice import Notice, failure
from lessons.vocabulary.numbers import MINUS, UNKNOWN, short
from lessons.vocabulary.settings import SettingError
from tui.locale import Words

if TYPE_CHECKING:  # the first paint does without the engine
    from engine.training.record import Reason, RunProblem

LONGEST = 40
"""Characters that are shown of what somebody has typed."""

EXAMPLE = "neuron.gates?w1=0.5&h=0.8"


MODELS = {
    "ImageError": "image",
    "TableError": "table",
    "CheckpointProblem": "checkpoint",
    "WeightsError": "weights",
    "MeasureError": "measure",
    "KernelError": "kernel",
    "LetterError": "letter",
    "WeightsProblem": "official",
    "OnnxProblem": "onnx",
    "GptError": "gpt",
    "PromptError": "prompt",
    "TextError": "text",
    "CausalProblem": "causal",
    "ShippedProblem": "shipped",
}
"""Errors of the models that tell of a wrong request: the messages `error.<name>.<reason or kind>` say them."""

ELSEWHERE = {"notice.read_only": "error.read_only", "notice.no_permission": "error.no_permission"}
"""What a command says, whose place to write to may have been named with it: NNLAB_HOME moves nnlab's own files only."""


class Refused(ValueError):
    """A request that can't be followed, said as a notice already."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.notice = Notice(key, {name: str(value) for name, value in values.items()})


def explain(error: BaseException, words: Words) -> str:
    """Say an error in one line in the learner's language."""
    if isinstance(error, SettingError):
        return _setting(error, words)
    if isinstance(error, UnknownName):
        near = get_close_matches(error.name, error.allowed, n=1, cutoff=0.5)
        return words.text("error.name", name=clipped(error.name), allowed=listed(error.allowed)) + _hint(near, words)
    if isinstance(error, AddressError):
        return words.text("error.address", text=clipped(error.args[0]), example=EXAMPLE)
    if isinstance(error, Refused):
        return said(error.notice, words)
    if _is_run_problem(error):
        values = {name: clipped(value) if name == "id" else printable(value) for name, value in error.values.items()}
        return words.text(f"run.problem.{error.kind}", **values)
    if _is_drawing_error(error):
        return words.text("error.drawing_text")
    if type(error).__name__ in MODELS:
        return of_model(type(error).__name__, getattr(error, "values", {}), words) or words.text("error.output")
    if isinstance(error, OSError):
        notice = failure(error, error.filename or words.text("error.output"))
        return words.text(ELSEWHERE.get(notice.key, notice.key), **notice.values)
    if isinstance(error, MemoryError):
        return words.text("error.memory")
    return words.text("error.kind", kind=type(error).__name__)


def of_model(kind: str, values: Mapping[str, object], words: Words) -> str:
    """Say an error that a model raised, here or in the engine process; empty for one that is not known."""
    if kind not in MODELS:
        return ""
    which = values.get("reason") or values.get("kind")
    shown = {
        name: clipped((listed(map(str, v)) or UNKNOWN) if isinstance(v, list) else v) for name, v in values.items()
    }
    return words.text(f"error.{MODELS[kind]}" + (f".{which}" if which else ""), **shown)


def said(notice: Notice, words: Words) -> str:
    """Say a notice in one line."""
    return words.text(notice.key, **notice.values)


def why(reason: "Reason", words: Words) -> str:
    """Say in one line why a run stands as it does, and what to do, where that is known."""
    what, do = what_happened(reason, words), remedy(reason, words)
    return words.text("run.reason.both", what=what, do=do) if do else what


def what_happened(reason: "Reason", words: Words) -> str:
    """Say why a run stands as it does."""
    key = f"run.reason.{reason.kind}"
    told = reason.values.get("values")
    if isinstance(told, dict) and (known := of_model(str(reason.values.get("kind")), told, words)):
        return known
    if not words.has(key):
        return words.text("error.kind", kind=printable(reason.kind))
    return words.text(key, **{name: _shown(value) for name, value in reason.values.items()})


def remedy(reason: "Reason", words: Words) -> str:
    """Say what to do about it; empty where nothing is known that would help."""
    key = f"run.reason.{reason.kind}.do"
    if not words.has(key) or "values" in reason.values or reason.values.get("suggested", "") is None:
        return ""
    return words.text(key, **{name: _shown(value) for name, value in reason.values.items()})


def _shown(value: object) -> str:
    return short(value) if isinstance(value, (int, float)) else printable(value)


def is_mistake(error: BaseException) -> bool:
    """Tell whether an error is a wrong request, rather than a failure of the program or the machine."""
    if isinstance(error, (SettingError, UnknownName, AddressError, Refused)):
        return True
    return _is_drawing_error(error) or _is_run_problem(error) or type(error).__name__ in MODELS


def _is_drawing_error(error: BaseException) -> bool:
    """Tell whether a lab could not read a drawing; the module is there only if one has tried."""
    drawings = sys.modules.get("lessons.vocabulary.drawings")
    return drawings is not None and isinstance(error, drawings.DrawingError)


def _is_run_problem(error: BaseException) -> TypeGuard["RunProblem"]:
    """Tell whether a run can't be used as asked; the module is there only if one was."""
    record = sys.modules.get("engine.training.record")
    return record is not None and isinstance(error, record.RunProblem)


def clipped(value: object) -> str:
    """Show what somebody has typed: on one line, without control characters, of bearable length."""
    text = printable(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def printable(value: object) -> str:
    """Show a text on one line, without control characters."""
    return "".join(letter if letter.isprintable() else "·" for letter in str(value))


def listed(names: Iterable[str]) -> str:
    """List what is allowed."""
    return ", ".join(names)


def _limit(value: float) -> str:
    return short(value).replace("-", MINUS)


def _hint(near: list[str], words: Words) -> str:
    """Suggest the nearest name, if there is one."""
    return words.text("error.hint", near=near[0]) if near else ""


def _setting(error: SettingError, words: Words) -> str:
    values = error.values
    name, value = clipped(values["name"]), clipped(values.get("value", ""))
    if error.problem in ("unknown", "choice"):
        wrong = name if error.problem == "unknown" else value
        allowed = {each.lower(): each for each in values["allowed"]}
        near = [allowed[each] for each in get_close_matches(wrong.lower(), allowed, n=1, cutoff=0.5)]
        text = words.text(f"error.{error.problem}", name=name, value=value, allowed=listed(allowed.values()))
        return text + _hint(near, words)
    if error.problem in ("drawing", "text"):
        return words.text(f"error.{error.problem}", name=name, length=values["length"])
    if error.problem == "pattern":
        limits = words.say(values.get("limits", ""))
        key = "error.limits" if limits else "error.pattern"
        return words.text(key, name=name, value=value or '""', example=values["example"], limits=limits)
    low, high = _limit(values["low"]), _limit(values["high"])
    return words.text(f"error.{error.problem}", name=name, value=value, low=low, high=high)
