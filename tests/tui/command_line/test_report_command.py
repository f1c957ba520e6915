"""`nnlab report`: one file where it was asked for, and one sentence where that can't be."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from recorded import Recorded

from engine import writing
from tui.locale import LANGUAGES
from tui.store.places import places


@pytest.fixture
def record(runs: Path) -> Recorded:
    """A record at the place where the command looks for it."""
    made = Recorded(places().state.parent)
    made.progress, made.runs = places().progress, runs
    return made


def test_a_page_is_written_where_it_was_asked_for(nnlab: Any, record: Recorded, tmp_path: Path) -> None:
    record.full()
    path = tmp_path / "my report.html"
    status, stdout, stderr = nnlab("report", "--output", str(path))
    assert (status, stderr) == (0, "") and stdout.startswith(f"wrote {path} (")
    content = path.read_text(encoding="utf-8")
    assert '<html lang="en">' in content and "neuron.unit?w1=-0.8" in content and content.count("<svg xmlns") == 9
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_suffix_language_and_settings_are_heeded(nnlab: Any, record: Recorded, tmp_path: Path, language: str) -> None:
    record.full()
    path = tmp_path / "report.md"
    status, stdout, _ = nnlab("report", "runs=2", "curves=all", "--output", str(path), "--language", language, "--json")
    told = json.loads(stdout)
    assert status == 0 and told == {
        "output": str(path), "bytes": path.stat().st_size, "solved": 2, "runs": 2, "figures": 9,
    }  # fmt: skip
    title = {"ja": "# ニューラルネットワークの学習記録", "en": "# Neural networks: my record"}[language]
    assert path.read_text(encoding="utf-8").startswith(title)


def test_a_form_that_is_named_wins_over_the_suffix(nnlab: Any, record: Recorded, tmp_path: Path) -> None:
    for arguments in (("--format", "markdown"), ("form=markdown",)):
        path = tmp_path / f"report-{len(arguments)}.html"
        assert nnlab("report", *arguments, "--output", str(path))[0] == 0
        assert path.read_text(encoding="utf-8").startswith("# ")


def test_without_a_file_it_takes_a_free_name_or_standard_output(
    nnlab: Any, record: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("nnlab-report.html", "nnlab-report-2.html"):
        assert nnlab("report")[0] == 0 and (tmp_path / name).exists()
    status, stdout, _ = nnlab("report", "--output", "-", "--format", "markdown")
    assert status == 0 and stdout.startswith("# Neural networks") and not (tmp_path / "-").exists()


def test_a_file_is_written_over_only_when_that_is_said(
    nnlab: Any, record: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("mine")
    status, stdout, stderr = nnlab("report", "--output", str(path))
    assert (status, stdout, stderr) == (2, "", f"nnlab: {path} is there already; --force writes over it\n")
    assert path.read_text() == "mine"
    monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: SIM115
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "confirm", lambda question, err: "Write over it?" not in question)
    assert nnlab("report", "--output", str(path))[0] == 2 and path.read_text() == "mine"
    monkeypatch.setattr(click, "confirm", lambda question, err: "Write over it?" in question)
    assert nnlab("report", "--output", str(path))[0] == 0 and path.read_text() != "mine"
    path.write_text("mine")
    assert nnlab("report", "--output", str(path), "--force")[0] == 0 and path.read_text() != "mine"


def test_places_where_no_report_can_be_are_named(nnlab: Any, record: Recorded, tmp_path: Path) -> None:
    missing = tmp_path / "no" / "report.html"
    status, _, stderr = nnlab("report", "--output", str(missing))
    assert (status, stderr) == (
        2, f"nnlab: there is no folder {missing.parent}; make it, or name another place\n",
    )  # fmt: skip
    assert nnlab("report", "--output", str(tmp_path))[::2] == (2, f"nnlab: {tmp_path} is a folder; name a file\n")
    paper = tmp_path / "report.pdf"
    assert nnlab("report", "--output", str(paper))[::2] == (
        2, f"nnlab: {paper} ends neither in .html nor in .md; name its form by --format\n",
    )  # fmt: skip
    assert nnlab("report", "--format", "html", "--output", str(paper))[0] == 0
    status, _, stderr = nnlab("report", "curvs=all", "--output", str(tmp_path / "r.html"))
    assert status == 2 and "curves" in stderr and stderr.count("\n") == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_or_closed_disk_is_said_and_keeps_the_old_report(
    nnlab: Any, record: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")

    def refuse(handle: int, content: bytes) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writing, "write_all", refuse)
    status, stdout, stderr = nnlab("report", "--output", str(path), "--force")
    assert (status, stdout, stderr.count("\n")) == (1, "", 1) and str(path) in stderr
    assert path.read_text() == "old" and [each.name for each in tmp_path.glob(".*")] == []


def test_a_broken_journal_is_said_and_kept(nnlab: Any, record: Recorded, tmp_path: Path) -> None:
    record.full()
    (record.progress / "broken.jsonl").write_bytes(b'{"event": \nrubbish\n')
    path = tmp_path / "report.html"
    status, _, stderr = nnlab("report", "--output", str(path))
    assert status == 0 and stderr.startswith("nnlab: One record of exercises was broken")
    assert "One record of exercises was broken" in path.read_text(encoding="utf-8")
    assert [each.name for each in record.progress.iterdir() if "broken-" in each.name]


def test_the_lab_counts_the_same_without_screens(nnlab: Any, record: Recorded) -> None:
    record.full()
    status, stdout, _ = nnlab("run", "summary.report", "--json")
    last = json.loads(stdout.splitlines()[-1])
    assert status == 0 and (last["solved"], last["proofs"], last["runs"], last["figures"]) == (2, 3, 4, 9)
    assert (last["answered"], last["right"], last["samples"], last["empty"]) == (3, 2, 1, False)
