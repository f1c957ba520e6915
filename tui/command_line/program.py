"""The tree of commands, made in one language. Each command imports what it needs when it is called."""

import os
from pathlib import Path
from typing import Any

import click

from tui.command_line import sitting
from tui.command_line.usage import context_class, help_option
from tui.locale import Words
from tui.store.places import Places
from tui.store.preferences import Preferences


def program(words: Words, preferences: Preferences, places: Places) -> click.Group:
    """Make the command `nnlab`."""
    context = context_class(words)
    say = words.text

    class Command(click.Command):
        """A command whose help is in the learner's language."""

        context_class = context

        def get_help_option(self, ctx: click.Context) -> click.Option | None:
            return help_option(words, super().get_help_option(ctx))

    class Run(Command):
        """Lists the settings of the lab it was asked with, `nnlab run neuron.gates --help`."""

        def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
            ctx.meta["typed"] = [each for each in args if not each.startswith("-")]
            return super().parse_args(ctx, args)

        def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
            from tui.command_line.described import settings_of

            with formatter.section(say("cli.settings")):
                formatter.write_dl(settings_of(ctx.meta["typed"], words) or [("name=value", say("cli.run.which"))])

    class Group(click.Group):
        """The commands in the order in which they are made."""

        context_class = context
        command_class = Command

        def get_help_option(self, ctx: click.Context) -> click.Option | None:
            return help_option(words, super().get_help_option(ctx))

        def list_commands(self, ctx: click.Context) -> list[str]:
            return list(self.commands)

    def described(key: str) -> dict[str, str]:
        """Give a command its help: one line in the list, and a page of lines that are not wrapped again."""
        return {"short_help": say(f"{key}.short"), "help": page(f"{key}.help")}

    def page(key: str) -> str:
        """Mark each paragraph as one that is not wrapped again."""
        return "\b\n" + say(key).replace("\n\n", "\n\n\b\n")

    as_json = click.option("--json", "as_json", is_flag=True, help=say("cli.json"))

    def version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            from importlib.metadata import version as installed

            click.echo(f"nnlab {installed('nnlab')}")
            ctx.exit()

    @click.group(cls=Group, invoke_without_command=True, help=page("cli.nnlab.help"))
    @click.option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=version,
        help=say("cli.version"),
    )
    @sitting.options(words)
    @click.option("--queue", metavar="DIR", default="", help=say("cli.queue"))
    @click.option("--at-once", "at_once", metavar="N", default="", help=say("cli.at_once"))
    @click.pass_context
    def nnlab(ctx: click.Context, queue: str, at_once: str) -> int:
        nonlocal places, preferences
        places = sitting.queue(ctx, places, queue, at_once)
        if ctx.invoked_subcommand not in (None, "open", "serve"):
            places, preferences = sitting.begin(ctx, places, preferences)
        if ctx.invoked_subcommand is None:
            return opened(ctx, None)
        return 0

    def opened(ctx: click.Context, target: str | None) -> int:
        from tui.command_line.opening import open_program

        tour = sitting.sitting(ctx).read_tour(words) if target is None else None
        there, preferred = sitting.begin(ctx, places, preferences)
        return open_program(words, there, target, target is None and preferred.language is None, tour)

    def openable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from tui.command_line.completion import labs

        return labs(words, incomplete, with_sections=True)

    @nnlab.command("open", **described("cli.open"))
    @click.argument("target", metavar="SECTION[.LAB]|ADDRESS", shell_complete=openable)
    @sitting.options(words, tours=False)
    @click.pass_context
    def open_(ctx: click.Context, target: str) -> int:
        from tui.command_line.request import target as checked

        return opened(ctx, checked(target))

    @nnlab.command("list", **described("cli.list"))
    @as_json
    def list_(as_json: bool) -> int:
        from tui.command_line.listing import show

        return show(words, places, preferences, as_json)

    def runnable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from tui.command_line.completion import labs

        return labs(words, incomplete)

    def settable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from tui.command_line.completion import pairs

        return pairs(ctx.params.get("lab"), tuple(ctx.params.get("pairs") or ()), incomplete)

    @nnlab.command("run", cls=Run, **described("cli.run"))
    @click.argument("lab", metavar="SECTION.LAB|ADDRESS", shell_complete=runnable)
    @click.argument("pairs", nargs=-1, metavar="[NAME=VALUE]…", shell_complete=settable)
    @as_json
    @click.option("--save", "folder", metavar="DIR", type=click.Path(path_type=Path), help=say("cli.run.save"))
    @click.option("--detach", is_flag=True, help=say("cli.run.detach"))
    def run_(lab: str, pairs: tuple[str, ...], as_json: bool, folder: Path | None, detach: bool) -> int:
        from tui.command_line.environment import prepare
        from tui.command_line.request import request
        from tui.store import logfile

        runs = prepare(places, preferences)
        found, settings = request(lab, pairs)
        logfile.start(places)
        if detach or found.training:
            from tui.command_line.training import train, trains

            if detach or trains(found, settings):
                return train(found, settings, runs, words, preferences, as_json, folder, detach)
        from tui.command_line.run import run

        return run(found, settings, words, preferences, as_json, folder)

    from tui.command_line.runs_group import runs_group

    nnlab.add_command(runs_group(Group, described, as_json, words, preferences, places))

    def chosen(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from tui.command_line.completion import pairs

        return pairs("summary.report", tuple(ctx.params.get("pairs") or ()), incomplete)

    @nnlab.command("report", **described("cli.report"))
    @click.argument("pairs", nargs=-1, metavar="[NAME=VALUE]…", shell_complete=chosen)
    @click.option("--output", metavar="FILE", type=click.Path(path_type=Path), help=say("cli.report.output"))
    @click.option("--format", "form", type=click.Choice(("html", "markdown")), help=say("cli.report.format"))
    @click.option("--language", type=click.Choice(("ja", "en")), help=say("cli.report.language"))
    @click.option("--force", is_flag=True, help=say("cli.report.force"))
    @as_json
    def report_(
        pairs: tuple[str, ...], output: Path | None, form: str | None, language: str | None, force: bool, as_json: bool
    ) -> int:
        from tui.command_line.environment import prepare
        from tui.command_line.report import report, settings_for

        prepare(places, preferences)
        settings = settings_for(pairs, language, form, output)
        return report(settings, output, force, words, preferences, as_json)

    @nnlab.command("doctor", **described("cli.doctor"))
    @as_json
    def doctor_(as_json: bool) -> int:
        from tui.doctor import show

        return show(words, places, preferences, as_json, os.environ)

    @nnlab.command("bench", **described("cli.bench"))
    @click.argument("names", nargs=-1, metavar="[NAME]…")
    @as_json
    def bench_(names: tuple[str, ...], as_json: bool) -> int:
        from tui.bench import main as bench

        return bench(list(names), as_json) or 0

    @nnlab.command("serve", **described("cli.serve"))
    @click.option("--port", metavar="N", default="", help=say("cli.serve.port"))
    @click.option("--host", metavar="HOST", default="", help=say("cli.serve.host"))
    @sitting.options(words)
    @click.pass_context
    def serve_(ctx: click.Context, port: str, host: str) -> int:
        from tui.serving import command

        asked = sitting.sitting(ctx)
        asked.read_tour(words)  # what is wrong in it is said here rather than in every browser
        number = command.port_number(port or str(command.PORT))
        theme = asked.theme or preferences.theme
        return command.serve(host or command.HOST, number, asked.arguments(), theme, words, places)

    @nnlab.command("completion", **described("cli.completion"))
    @click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(("bash", "zsh", "fish")))
    def completion_(shell: str) -> int:
        from tui.command_line.completion import script

        click.echo(script(nnlab, shell))
        return 0

    return nnlab
