"""Click in the learner's language: help pages, and errors in one line that names what is allowed."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

import click

from lessons.address import AddressError
from lessons.vocabulary.settings import SettingError
from tui.command_line.request import target
from tui.errors import clipped, listed
from tui.locale import Words


def context_class(words: Words) -> type[click.Context]:
    """Make the context whose help pages carry headings in this language."""
    headings = {"Options": words.text("cli.options"), "Commands": words.text("cli.commands")}

    class Formatter(click.HelpFormatter):
        """Writes click's own headings in the learner's language."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or f"{words.text('cli.usage')}  ")

        @contextmanager
        def section(self, name: str) -> Iterator[None]:
            with super().section(headings.get(name, name)):
                yield

    class Context(click.Context):
        """Knows the language."""

        formatter_class = Formatter

    return Context


def help_option(words: Words, option: click.Option | None) -> click.Option | None:
    """Describe `--help` in this language."""
    if option is not None:
        option.help = words.text("cli.help")
    return option


def explain_usage(error: click.ClickException, words: Words) -> str:
    """Say what was wrong with a command line, and what is allowed."""
    context: Any = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoSuchOption):
        return _no_option(error, context, words)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _no_command(error.command_name, context, words)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return words.text("cli.missing", name=error.param.make_metavar(context), usage=_usage(context))
    if isinstance(error, click.BadParameter) and isinstance(getattr(error.param, "type", None), click.Choice):
        return words.text("cli.choice", allowed=listed(error.param.type.choices))  # type: ignore[union-attr]
    return clipped_line(error.format_message())


def clipped_line(text: str) -> str:
    """Bring a message to one line."""
    return " ".join(text.split())


def _usage(context: click.Context) -> str:
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])


def _no_option(error: click.exceptions.NoSuchOption, context: click.Context, words: Words) -> str:
    allowed = [
        name for param in context.command.get_params(context) if isinstance(param, click.Option) for name in param.opts
    ]
    near = get_close_matches(error.option_name, allowed, n=1)
    text = words.text("cli.option", name=clipped(error.option_name), allowed=listed(allowed))
    if near:
        return text + words.text("error.hint", near=near[0])
    return text + (words.text("cli.pairs") if context.command.name == "run" else "")


def _no_command(name: str, context: click.Context, words: Words) -> str:
    assert isinstance(context.command, click.Group)
    allowed = context.command.list_commands(context)
    text = words.text("cli.command", name=clipped(name), allowed=listed(allowed))
    near = get_close_matches(name, allowed, n=1)
    if not near:
        try:
            near = [f"nnlab open {target(name)}"]
        except (AddressError, SettingError, ValueError):
            return text
    return text + words.text("error.hint", near=near[0])
