"""The commands of `nnlab runs`, made in one language."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tui.command_line.environment import prepare
from tui.locale import Words
from tui.store.places import Places
from tui.store.preferences import Preferences


def runs_group(
    group: type[click.Group],
    described: Callable[[str], dict[str, str]],
    as_json: Callable[[Any], Any],
    words: Words,
    preferences: Preferences,
    places: Places,
) -> click.Group:
    """Make the group `runs`; alone it lists the runs."""
    say = words.text

    def ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from tui.command_line.completion import runs as complete

        return complete(prepare(places, preferences), words, incomplete)

    one = click.argument("run_id", metavar="ID", shell_complete=ids)

    @click.group("runs", cls=group, invoke_without_command=True, **described("cli.runs"))
    @click.pass_context
    def runs(ctx: click.Context) -> int:
        ctx.obj = prepare(places, preferences)
        if ctx.invoked_subcommand is None:
            from tui.command_line.runs import list_runs

            return list_runs(ctx.obj, words, preferences, False)
        return 0

    @runs.command("list", **described("cli.runs.list"))
    @as_json
    @click.pass_obj
    def list_(folder: Path, as_json: bool) -> int:
        from tui.command_line.runs import list_runs

        return list_runs(folder, words, preferences, as_json)

    @runs.command("show", **described("cli.runs.show"))
    @one
    @as_json
    @click.pass_obj
    def show_(folder: Path, run_id: str, as_json: bool) -> int:
        from tui.command_line.runs import show

        return show(folder, run_id, words, preferences, as_json)

    @runs.command("pause", **described("cli.runs.pause"))
    @one
    @as_json
    @click.pass_obj
    def pause_(folder: Path, run_id: str, as_json: bool) -> int:
        from tui.command_line.runs import pause

        return pause(folder, run_id, words, preferences, as_json)

    @runs.command("resume", **described("cli.runs.resume"))
    @one
    @click.option("--processes", metavar="N", default="", help=say("cli.runs.resume.processes"))
    @as_json
    @click.pass_obj
    def resume_(folder: Path, run_id: str, processes: str, as_json: bool) -> int:
        from tui.command_line.runs import processes_of, resume

        return resume(folder, run_id, as_json, processes_of(processes) if processes else None)

    @runs.command("stop", **described("cli.runs.stop"))
    @one
    @as_json
    @click.pass_obj
    def stop_(folder: Path, run_id: str, as_json: bool) -> int:
        from tui.command_line.runs import stop

        return stop(folder, run_id, words, preferences, as_json)

    @runs.command("delete", **described("cli.runs.delete"))
    @click.argument("run_ids", nargs=-1, required=True, metavar="ID…", shell_complete=ids)
    @click.option("--yes", is_flag=True, help=say("cli.runs.delete.yes"))
    @as_json
    @click.pass_obj
    def delete_(folder: Path, run_ids: tuple[str, ...], yes: bool, as_json: bool) -> int:
        from tui.command_line.runs import delete

        return delete(folder, run_ids, words, preferences, as_json, yes)

    @runs.command("rename", **described("cli.runs.rename"))
    @one
    @click.argument("name", metavar="NAME")
    @as_json
    @click.pass_obj
    def rename_(folder: Path, run_id: str, name: str, as_json: bool) -> int:
        from tui.command_line.runs import rename

        return rename(folder, run_id, name, words, preferences, as_json)

    @runs.command("export", **described("cli.runs.export"))
    @one
    @click.option(
        "--format", "form", type=click.Choice(("csv", "tensorboard")), default="csv", help=say("cli.runs.export.format")
    )
    @click.option("--output", metavar="FILE|DIR", type=click.Path(path_type=Path), help=say("cli.runs.export.output"))
    @as_json
    @click.pass_obj
    def export_(folder: Path, run_id: str, form: Any, output: Path | None, as_json: bool) -> int:
        from tui.command_line.exporting import export

        return export(folder, run_id, form, output, words, preferences, as_json)

    return runs
