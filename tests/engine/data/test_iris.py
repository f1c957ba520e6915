"""The iris table, against scikit-learn's own reading of it."""

import subprocess
import sys

import numpy as np
from sklearn.datasets import load_iris

from engine.data.iris import iris


def test_it_is_what_scikit_learn_reads() -> None:
    reference = load_iris()
    for names, rows in (
        (("setosa", "versicolor"), slice(0, 100)),
        (("versicolor", "virginica"), slice(50, 150)),
    ):
        flowers = iris(*names)
        np.testing.assert_array_equal(flowers.X, reference.data[rows, 2:])
        np.testing.assert_array_equal(flowers.t, np.repeat([0, 1], 50))
        assert flowers.names == names


def test_scikit_learn_is_not_imported_for_it() -> None:
    code = "import sys; from engine.data.iris import iris; iris(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"sklearn", "scipy"} & set(loaded.stdout.split())
