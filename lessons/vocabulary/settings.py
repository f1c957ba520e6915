"""All that a learner may change in a lab, as plain data with range, step, choices and label.

A lab derives its own frozen class from `Settings` and annotates each field with `number`, `choice` and their
kin. From the fields come the control panel, the command line's options, validation and the lab address.
"""

import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

Kind = Literal["number", "integer", "choice", "switch", "drawing", "text"]
Value = float | int | str | bool


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every lab's settings."""


def number(
    low: float,
    high: float,
    *,
    step: float,
    label: str,
    signed: bool = False,
    unit: str = "",
    digits: int = 2,
    log: bool = False,
    part: str = "",
    plus: bool = True,
) -> msgspec.Meta:
    """Describe a number between `low` and `high` for `Annotated[float, number(…)]` (or `int`).

    `signed` colours it by its sign and fills its slider from 0; `plus` writes the sign of positive values too;
    `part` names the group of the control panel it stands in; `log` spaces the slider by factors.
    """
    extra = {"step": step, "label": label, "signed": signed, "unit": unit, "digits": digits, "log": log}
    return msgspec.Meta(ge=low, le=high, extra=extra | {"part": part, "plus": plus})


def whole(low: int, high: int, *, label: str, step: int = 1, unit: str = "", part: str = "") -> msgspec.Meta:
    """Describe a whole number, shown without a sign; a field named `seed` gets the seed's control."""
    return number(low, high, step=step, label=label, unit=unit, digits=0, part=part, plus=False)


def choice(label: str, *, part: str = "", keys: str = "") -> msgspec.Meta:
    """Describe a `Literal[…]` or `bool`; the messages `<keys>.<value>` name the values (default: `label`'s)."""
    return msgspec.Meta(extra={"label": label, "part": part, "keys": keys or label.removeprefix("@")})


def drawing(label: str, *, length: int, part: str = "") -> msgspec.Meta:
    """Describe an array that the learner draws: base64url of `length` float16 numbers, or empty."""
    return msgspec.Meta(max_length=4096, extra={"label": label, "part": part, "length": length})


def text(
    label: str, *, longest: int, example: str = "", pattern: str = "", limits: str = "", part: str = ""
) -> msgspec.Meta:
    """Describe a text, a file's path or a run's name say; `example` shows a command line what it looks like.

    The whole text must match the regular expression `pattern`, where there is one; the message `limits` says of it what
    the example doesn't.
    """
    extra = {"label": label, "part": part, "length": longest, "is_text": True, "example": example}
    extra |= {"pattern": pattern, "limits": limits}
    return msgspec.Meta(max_length=longest, pattern=f"^({pattern})$" if pattern else None, extra=extra)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a lab's settings, with all that a control or a command line needs to know of it."""

    name: str
    kind: Kind
    default: Value
    label: str
    """Symbol as it stands (`w₁`), or a message key after `@`."""

    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    digits: int = 2
    """Decimals that the value is shown with and rounded to (one more for fine steps)."""

    signed: bool = False
    plus: bool = True
    log: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    keys: str = ""
    """Prefix of the messages that name the choices."""

    part: str = ""
    """Group of the control panel it belongs to."""

    length: int = 0
    """Numbers in a drawing, or the most characters of a text."""

    example: str = ""
    """What a text may look like."""

    pattern: str = ""
    """The regular expression that the whole text must match, if any."""

    limits: str = ""
    """Message key after `@`: what of the pattern the example doesn't show."""


def _kind(hint: Any) -> tuple[Kind, tuple[str, ...]]:
    origin = get_origin(hint)
    if origin is Literal:
        return "choice", get_args(hint)
    if origin in (Union, types.UnionType):
        raise TypeError(f"a setting has one type, not {hint}")
    if hint is bool:
        return "switch", ("true", "false")
    kinds: dict[Any, Kind] = {int: "integer", float: "number", str: "drawing"}
    return kinds[hint], ()


@cache
def fields(kind: type[Settings]) -> tuple[Setting, ...]:
    """List the fields of a lab's settings in their order."""
    hints = get_type_hints(kind, include_extras=True)
    defaults = {field.name: field.default for field in msgspec.structs.fields(kind)}
    found = []
    for name, hint in hints.items():
        bare, meta = get_args(hint) if hasattr(hint, "__metadata__") else (hint, None)
        if not isinstance(meta, msgspec.Meta):
            raise TypeError(f"{kind.__name__}.{name} lacks its description")
        value_kind, choices = _kind(bare)
        described: dict[str, Any] = dict(meta.extra or {})
        if described.pop("is_text", False):
            value_kind = "text"
        if meta.ge is not None:
            described |= {"low": meta.ge, "high": meta.le}
        found.append(Setting(name=name, kind=value_kind, default=defaults[name], choices=choices, **described))
    return tuple(found)


class SettingError(ValueError):
    """A setting that can't be: `problem` is `unknown`, `number`, `range`, `choice`, `drawing`, `text` or `pattern`."""

    def __init__(self, problem: str, **values: Any) -> None:
        super().__init__(f"{problem}: {values}")
        self.problem = problem
        self.values = values


S = TypeVar("S", bound=Settings)


def _problem(setting: Setting, text: object) -> SettingError:
    """Say of a refused value what is allowed in its place."""
    if setting.choices:
        return SettingError("choice", name=setting.name, value=text, allowed=setting.choices)
    if setting.kind == "text" and len(str(text)) <= setting.length:
        return SettingError("pattern", name=setting.name, value=text, example=setting.example, limits=setting.limits)
    if setting.kind in ("drawing", "text"):
        return SettingError(setting.kind, name=setting.name, length=setting.length)
    limits = {"low": setting.low, "high": setting.high, "digits": setting.digits}
    try:
        value = float(str(text))
    except ValueError:
        return SettingError("number", name=setting.name, value=text, **limits)
    whole_number = setting.kind == "integer" and value.is_integer()
    problem = "number" if value != value or (setting.kind == "integer" and not whole_number) else "range"
    return SettingError(problem, name=setting.name, value=text, **limits)


def settings_from(kind: type[S], values: Mapping[str, object]) -> S:
    """Make settings of plain values or of their texts; what isn't named keeps its default.

    Raises SettingError for the first name or value that can't be.
    """
    known = {setting.name: setting for setting in fields(kind)}
    for name, value in values.items():
        if name not in known:
            raise SettingError("unknown", name=name, allowed=tuple(known))
        literal = known[name].kind == "text"
        cleaned = value.replace("−", "-").strip() if isinstance(value, str) and not literal else value
        if isinstance(cleaned, str):
            cleaned = _plain_value(cleaned, known[name])
        try:
            msgspec.convert({name: cleaned}, kind, strict=False)
        except msgspec.ValidationError:
            raise _problem(known[name], value) from None
        values = {**values, name: cleaned}
    return msgspec.convert(dict(values), kind, strict=False)


def _plain_value(text: str, setting: Setting) -> object:
    """Read a number as people write it (`.5`, `+0.80`), a choice in any capitals; anything else stays as it is."""
    if setting.choices:
        return _same_choice(text, setting.choices)
    if setting.kind in ("number", "integer") and "_" not in text:
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _same_choice(text: str, choices: tuple[str, ...]) -> str:
    """Find the choice that differs from `text` in capitals only; switches take yes and no, on and off too."""
    if choices == ("true", "false"):
        text = {"on": "true", "yes": "true", "1": "true", "off": "false", "no": "false", "0": "false"}.get(
            text.lower(), text
        )
    return next((choice for choice in choices if choice.lower() == text.lower()), text)


def changes(settings: Settings) -> dict[str, Value]:
    """Name the values that differ from their defaults, in the order of the fields."""
    return {
        setting.name: getattr(settings, setting.name)
        for setting in fields(type(settings))
        if getattr(settings, setting.name) != setting.default
    }
