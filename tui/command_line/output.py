"""What commands print: JSON, one object a line, or text by rich."""

import json
import math
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:  # rich is imported when something is drawn; JSON goes without it
    from rich.console import Console

    from tui.store.preferences import Preferences

_SYSTEMS = {"truecolor": "truecolor", "256": "256", "16": "standard"}


def plain_data(value: Any) -> Any:
    """Turn a value into what JSON knows; what is not a finite number is None."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain_data(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain_data(each) for each in value]
    if isinstance(value, msgspec.Struct):
        return {name: plain_data(getattr(value, name)) for name in value.__struct_fields__}
    if hasattr(value, "tolist"):  # numpy's arrays and numbers
        return plain_data(value.tolist())
    return plain_data(msgspec.to_builtins(value))


def print_json(record: Mapping[str, Any]) -> None:
    """Print one object on one line, at once; letters that the output can't hold are written as `\\uXXXX`."""
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    text = json.dumps(plain_data(record), ensure_ascii=ascii_only, allow_nan=False)
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def console(preferences: "Preferences", stderr: bool = False) -> "Console":
    """Make a rich console with the colours that the learner has chosen, else those of the terminal."""
    from rich.console import Console

    chosen = preferences.colours
    file = sys.stderr if stderr else sys.stdout
    if chosen == "none":
        return Console(file=file, no_color=True, highlight=False)
    if chosen in _SYSTEMS and file.isatty():
        return Console(file=file, color_system=_SYSTEMS[chosen], highlight=False)  # type: ignore[arg-type]
    return Console(file=file, highlight=False)


def depth(made: "Console") -> str:
    """Name a console's colours as the palette does."""
    if made.no_color or made.color_system is None:
        return "none"
    return {"standard": "16", "windows": "16"}.get(made.color_system, made.color_system)
