"""Reading the JSON files of a model folder."""

import json
from pathlib import Path
from typing import Any

from engine.language.gpt.errors import GptError


def read_json(path: Path) -> dict[str, Any]:
    """What a JSON file has. Raises GptError `unreadable`."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise GptError("unreadable", path=str(path.parent), file=path.name) from None
    if not isinstance(values, dict):
        raise GptError("unreadable", path=str(path.parent), file=path.name)
    return values
