"""The questions of a quiz in the lines of a terminal, and in JSON: read out in the learner's language."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lessons.quiz import DOMAIN
from tui.command_line.output import plain_data
from tui.locale import Words

if TYPE_CHECKING:
    from rich.console import Console

INDENT = 4
"""Cells before what belongs to a question."""


def are_questions(records: list[dict[str, Any]]) -> bool:
    """Tell whether records are questions with their choices."""
    return all({"question", "choices", "chosen"} <= record.keys() for record in records)


def print_questions(records: list[dict[str, Any]], out: "Console", words: Words) -> None:
    """Print each question with its numbered choices; what was answered with its verdict, why, and where it is shown."""
    from rich.text import Text

    from tui.typesetting import wrap

    def put(text: str, indent: int, style: str = "") -> None:
        for line in wrap(text, max(out.width - indent - 1, 20)):
            out.print(Text(" " * indent + line, style))

    for number, asked in enumerate(records, start=1):
        put(f"{number}  {words.say(asked['question'])}", 0, "bold")
        for place, choice in enumerate(asked["choices"], start=1):
            sign = "✓" if place == asked["answer"] else "✗" if place == asked["chosen"] else " "
            put(f"{sign} {place}  {words.say(choice)}", INDENT)
        if asked["chosen"] is not None:
            put(words.say(asked["why"]), INDENT)
            put(f"nnlab open '{asked['lab']}'", INDENT)
        out.print()


def read_out(value: Any, words: Words) -> Any:
    """Put the questions' texts in place of their keys, wherever they stand."""
    value = plain_data(value)
    if isinstance(value, str):
        return words.say(value) if value.startswith(f"@{DOMAIN}.") else value
    if isinstance(value, Mapping):
        return {name: read_out(each, words) for name, each in value.items()}
    return [read_out(each, words) for each in value] if isinstance(value, list) else value
