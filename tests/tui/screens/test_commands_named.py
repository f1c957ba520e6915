"""Every command of every screen and widget has its texts in both languages."""

from importlib import import_module
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

import tui
from tui.commands import GROUPS, Command, bindings
from tui.locale import LANGUAGES, words


def commands() -> list[Command]:
    """Collect the commands of all modules, those of classes inside them too."""
    folder = Path(tui.__file__).parent
    modules = [
        folder / "app.py",
        *folder.glob("screens/*.py"),
        *folder.glob("widgets/*.py"),
        *folder.glob("labs/**/*.py"),
    ]
    found = []
    for path in modules:
        module = import_module(".".join(("tui", *path.relative_to(folder).with_suffix("").parts)))
        for owner in (module, *vars(module).values()):
            for value in vars(owner).values() if hasattr(owner, "__dict__") else ():
                many = value if isinstance(value, tuple) else (value,)
                found += [each for each in many if isinstance(each, Command)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    texts = words(language)
    found = commands()
    assert {"play", "step", "close", "help", "follow", "section_number"} <= {command.name for command in found}
    keys = [f"command.{command.name}{part}" for command in found for part in ("", ".help")]
    keys += [
        f"command.{command.name}.{number}"
        for command in found
        if command.palette and len(set(command.actions)) > 1
        for number in range(1, len(command.actions) + 1)
    ]
    keys += [f"help.group.{group}" for group in GROUPS]
    assert [key for key in keys if not texts.has(key)] == []


def test_every_group_is_known() -> None:
    assert {command.group for command in commands()} <= set(GROUPS)


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("n", "ｎ"),
        ("U", "Ｕ"),
        ("3", "３"),
        ("full_stop", "．"),
        ("question_mark", "？"),
        ("left_square_bracket", "［"),
    ],
)
def test_full_width_forms_answer_as_a_terminal_sends_them(key: str, sent: str) -> None:
    (event,) = XTermParser().feed(sent)
    (binding,) = bindings([Command("seed", (key,), "run")])
    assert isinstance(event, Key) and event.key in binding.key.split(",")
