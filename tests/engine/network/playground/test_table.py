"""CSV files as learners have them: each trouble is told by its kind and its place."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.network.playground.table import MOST_ROWS, TableError, read


def file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "own.csv"
    path.write_bytes(text.encode(encoding))
    return path


GOOD = "height,width,kind\n1,10,a\n2,30,b\n3,20,a\n"


def test_measures_are_scaled_to_the_plane(tmp_path: Path) -> None:
    points = read(file(tmp_path, GOOD))
    np.testing.assert_allclose(points.x, [[-5, -5], [0, 5], [5, 0]])
    assert points.t.tolist() == [1, -1, 1] and points.classes == ("b", "a")
    assert [axis.name for axis in points.axes] == ["height", "width"]
    assert points.axes[0].low == pytest.approx(0.8) and points.axes[0].high == pytest.approx(3.2)


def test_columns_are_named_or_numbered_and_the_class_is_chosen(tmp_path: Path) -> None:
    points = read(file(tmp_path, GOOD), x1="width", x2="1", positive="b")
    np.testing.assert_allclose(points.x[:, 0], [-5, 5, 0])
    assert points.t.tolist() == [-1, 1, -1]
    numbers = read(file(tmp_path, GOOD), "1", "1", target="width", problem="regression")
    np.testing.assert_allclose(numbers.t, [-1, 1, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("1;10;a\n2;30;b\n3;20;a\n", "utf-8"),
        ("\n身長\t幅\t種類\n1\t10\tあ\n\n2\t30\tい\n3\t20\tあ\n", "cp932"),
        ('"h","w","k"\r\n1, 10,"a"\r\n2,30,b\r\n3,20,a\r\n', "utf-8-sig"),
    ],
)
def test_spreadsheets_of_several_kinds_are_read(tmp_path: Path, text: str, encoding: str) -> None:
    points = read(file(tmp_path, text, encoding))
    np.testing.assert_allclose(points.x, [[-5, -5], [0, 5], [5, 0]])
    assert points.t.tolist() == [1, -1, 1]


def test_an_axis_without_any_difference_lies_in_the_middle(tmp_path: Path) -> None:
    points = read(file(tmp_path, "7,1,a\n7,2,b\n"))
    assert points.x[:, 0].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("x,y,k\n1,2,a\n1,two,b\n", "text", {"row": 3, "column": "y", "text": "two"}),
        ("x,y,k\n1,2,a\n1,inf,b\n", "text", {"row": 3, "column": "y", "text": "inf"}),
        ("x,y,k\n1,2,a\n\n,2,b\n", "blank", {"row": 4, "column": "x"}),
        ("x,y,k\n1,2,a\n1,2,\n", "blank", {"row": 3, "column": "k"}),
        ("x,y,k\n1,2,a\n3,4,a\n", "one_class", {"column": "k", "text": "a"}),
        ("x,y,k\n1,2,a\n3,4\n", "columns", {"row": 3, "found": 2, "expected": 3}),
        ("x,y\n1,2\n3,4\n", "columns", {"row": 1, "found": 2, "expected": 3}),
        ("x,y,k\n", "empty", {}),
        ("", "empty", {}),
        ("just some words in a file", "empty", {}),
        ("1,2,a\n" * (MOST_ROWS + 1), "many", {"most": MOST_ROWS}),
        ("x,y,k\n1,2,a\0\n", "unreadable", {}),
        ('x,y,k\n1,2,"' + "a" * 200_000, "unreadable", {}),
    ],
)
def test_each_trouble_has_its_kind_and_its_place(tmp_path: Path, text: str, kind: str, values: dict[str, Any]) -> None:
    with pytest.raises(TableError) as caught:
        read(file(tmp_path, text))
    assert caught.value.kind == kind
    assert values.items() <= caught.value.values.items()


def test_a_million_rows_are_refused_at_once(tmp_path: Path) -> None:
    path = file(tmp_path, "x,y,k\n" + "1.5,2.5,a\n2.5,1.5,b\n" * 500_000)
    with pytest.raises(TableError) as caught:
        read(path)
    assert caught.value.kind == "many"


def test_files_and_columns_that_are_not_there(tmp_path: Path) -> None:
    for path, kind in ((tmp_path / "none.csv", "missing"), (tmp_path, "unreadable")):
        with pytest.raises(TableError) as caught:
            read(path)
        assert caught.value.kind == kind
    with pytest.raises(TableError) as caught:
        read(file(tmp_path, GOOD), x1="weight")
    assert caught.value.values == {"kind": "unknown", "column": "weight", "columns": ["height", "width", "kind"]}
    with pytest.raises(TableError) as caught:
        read(file(tmp_path, GOOD), positive="c")
    assert caught.value.kind == "no_class" and caught.value.values["classes"] == ["a", "b"]
