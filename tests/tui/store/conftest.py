"""Places of their own for each test."""

from pathlib import Path

import pytest

from tui.store.places import Places
from tui.store.places import places as places_of


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return places_of({"NNLAB_HOME": str(tmp_path)})
