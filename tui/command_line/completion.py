"""Shell completion: labs, sections, and settings with their values."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from lessons.catalogue import lab_names, load, sections
from lessons.vocabulary.settings import Setting, fields
from tui.command_line.request import lab_named
from tui.locale import Words

SHELLS = ("bash", "zsh", "fish")


def script(program: click.Command, shell: str) -> str:
    """Write what a shell evaluates at its start, so that no space follows `name=`."""
    found = get_completion_class(shell)
    assert found is not None
    text = found(program, {}, "nnlab", "_NNLAB_COMPLETE").source()
    added = "COMPREPLY+=($value)"
    text = text.replace(added, f"{added}\n            [[ $value == *= ]] && compopt -o nospace")
    return text.replace("compadd -U", "compadd -S '' -U")


def labs(words: Words, incomplete: str, with_sections: bool = False) -> list[CompletionItem]:
    """Complete a lab's full name, each with its title; sections too where they can be opened."""
    names = [section.name for section in sections()] if with_sections else []
    names += lab_names()
    return [CompletionItem(name, help=words.text(f"{name}.title")) for name in names if name.startswith(incomplete)]


def pairs(lab: str | None, typed: tuple[str, ...], incomplete: str) -> list[CompletionItem]:
    """Complete `name=` and then the choices; bash hands over `=` and what follows as words of their own."""
    try:
        settings = {setting.name: setting for setting in fields(load(lab_named(lab or "")).settings)}
    except ValueError:
        return []
    if not incomplete and typed and typed[-1] in settings:  # of a word that is `=` alone click makes an empty one
        return _values(settings[typed[-1]], "", "")
    if len(typed) >= 2 and typed[-1] == "=" and typed[-2] in settings:
        return _values(settings[typed[-2]], "", incomplete)
    name, equals, value = incomplete.partition("=")
    if equals:
        return _values(settings[name], f"{name}=", value) if name in settings else []
    taken = {pair.partition("=")[0] for pair in typed}
    return [CompletionItem(f"{each}=") for each in settings if each.startswith(incomplete) and each not in taken]


def runs(folder: Path, words: Words, incomplete: str) -> list[CompletionItem]:
    """Complete a run's id, each with its state and its name."""
    from engine.training.folder import listed
    from tui.command_line.run_lines import title

    items = []
    for each in listed(folder):
        if each.id.startswith(incomplete):
            told = [words.text(f"run.state.{each.status.state}")] if each.status else []
            told += [title(each.record, words)] if each.record else []
            items.append(CompletionItem(each.id, help="  ".join(told)))
    return items


def _values(setting: Setting, prefix: str, incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(f"{prefix}{choice}")
        for choice in setting.choices
        if choice.lower().startswith(incomplete.lower())
    ]
