"""`nnlab list`: sections and labs with what the learner has solved; no lab's module is imported."""

import sys
from collections.abc import Iterator
from typing import Any

from lessons.catalogue import exercise_count, lab_number, sections
from lessons.progress import Progress, read
from tui.command_line.output import console, print_json
from tui.errors import said
from tui.locale import Words
from tui.store.places import Places
from tui.store.preferences import Preferences


def records(words: Words, progress: Progress) -> Iterator[dict[str, Any]]:
    """Describe each lab; a section without labs is described alone, its `lab` None."""
    for section in sections():
        head = {"section": section.name, "section_title": words.text(f"{section.name}.title")}
        if not section.labs:
            yield {"number": str(section.number), "lab": None, **head}
        for short in section.labs:
            name = f"{section.name}.{short}"
            count = progress.of_lab(name, exercise_count(name))
            yield {
                "number": lab_number(name),
                "lab": name,
                **head,
                "title": words.text(f"{name}.title"),
                "goal": words.text(f"{name}.goal"),
                "solved": count.done,
                "exercises": count.total,
            }


def show(words: Words, places: Places, preferences: Preferences, as_json: bool) -> int:
    """Print the labs, as JSON lines or as a table."""
    progress, notices = read(places.progress)
    for notice in notices:
        print(f"nnlab: {said(notice, words)}", file=sys.stderr)
    found = list(records(words, progress))
    if as_json:
        for record in found:
            print_json(record)
        return 0
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    section = ""
    for record in found:
        if record["section"] != section:
            if section:
                table.add_row()
            section = record["section"]
            number = record["number"].partition(".")[0]
            table.add_row(f"[b]{number}", f"[b]{section}", f"[b]{record['section_title']}")
        if record["lab"]:
            solved = f"{record['solved']}/{record['exercises']}"
            table.add_row(record["number"], record["lab"], f"{record['title']}  {record['goal']}", solved)
    console(preferences).print(table)
    return 0
