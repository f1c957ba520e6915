"""The settings of a lab as lines of a help page."""

from collections.abc import Sequence

from lessons.address import AddressError, parse
from lessons.catalogue import UnknownName, load
from lessons.vocabulary.numbers import MINUS, short
from lessons.vocabulary.settings import Setting, fields
from tui.command_line.request import lab_named
from tui.errors import Refused, listed
from tui.locale import Words


def settings_of(typed: Sequence[str], words: Words) -> list[tuple[str, str]]:
    """Describe the settings of the lab named first: what is typed and what is allowed; else nothing."""
    try:
        lab = load(lab_named(parse(typed[0]).lab))
    except (IndexError, AddressError, UnknownName, Refused):
        return []
    return [(f"{setting.name}={_default(setting)}", _allowed(setting, words)) for setting in fields(lab.settings)]


def _default(setting: Setting) -> str:
    value = setting.default
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else short(value)


def _allowed(setting: Setting, words: Words) -> str:
    label = words.say(setting.label)
    if setting.choices:
        allowed = listed(setting.choices)
    elif setting.kind == "drawing":
        allowed = words.text("cli.drawing", length=setting.length)
    elif setting.kind == "text":
        allowed = setting.example
    else:
        allowed = f"{short(setting.low)} … {short(setting.high)}".replace("-", MINUS)
    return allowed if label == setting.name else f"{allowed}  {label}"
