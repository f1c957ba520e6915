"""The curves as they are read while they grow."""

from pathlib import Path

import pytest

from engine.training.metrics import Metrics, cut


def test_what_is_new_is_read_and_a_torn_end_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    curves = Metrics(path)
    assert not curves.read()
    path.write_bytes(b'{"step": 1, "seconds": 0.5, "a": 3}\n{"step": 2, "se')
    assert curves.read() and curves.points == [{"step": 1, "seconds": 0.5, "a": 3}]
    assert not curves.read()
    with path.open("ab") as file:
        file.write(b'conds": 1, "a": 2, "b": 7}\nnonsense\n\xff\n{"step": 3, "b": 8}\n')
    assert curves.read() and curves.torn == 2
    assert curves.names() == ["a", "b"] and curves.last() == {"a": 2, "b": 8}
    assert curves.curve("a", "seconds") == ([0.5, 1], [3, 2]) and curves.curve("b", "seconds") == ([1], [7])


def test_a_file_that_was_cut_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b'{"a": 1}\n{"a": 2}\n')
    curves = Metrics(path)
    curves.read()
    cut(path, 9)
    assert not curves.read() or curves.points == [{"a": 1}]
    assert curves.points == [{"a": 1}]


@pytest.mark.parametrize(("size", "left"), [(0, 0), (9, 9), (12, 9), (8, 0), (100, 18)])
def test_curves_are_cut_to_whole_lines(tmp_path: Path, size: int, left: int) -> None:
    path = tmp_path / "metrics.jsonl"
    cut(path, size)  # nothing to cut
    path.write_bytes(b'{"a": 1}\n{"a": 2}\n{"to')
    cut(path, size)
    assert path.stat().st_size == left
