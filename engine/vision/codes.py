"""What the output units of LeNet-5 wait for: a picture of 7×12 pixels for each digit.

LeCun et al. (1998), section II.B, hold the pattern of the 84 units of F6 against such pictures: similar digits get
similar codes, so that what looks alike is close to each other at the output too. These are drawn for nnlab.
"""

import numpy as np
from numpy.typing import NDArray

ROWS, COLUMNS = 12, 7
"""Height and width of a picture."""

_DRAWN = """
.#####.  ...##..  .#####.  .#####.  .....##  #######  ..####.  #######  .#####.  .#####.
##...##  ..###..  ##...##  ##...##  ....###  ##.....  .##....  .....##  ##...##  ##...##
##...##  .####..  .....##  .....##  ...####  ##.....  ##.....  .....##  ##...##  ##...##
##...##  ...##..  .....##  .....##  ..##.##  ##.....  ##.....  ....##.  ##...##  ##...##
##...##  ...##..  ....##.  .....##  .##..##  ######.  ##.###.  ....##.  .##.##.  ##..###
##...##  ...##..  ...##..  ..####.  ##...##  .....##  ###..##  ...##..  .#####.  .###.##
##...##  ...##..  ..##...  .....##  #######  .....##  ##...##  ...##..  ##...##  .....##
##...##  ...##..  .##....  .....##  .....##  .....##  ##...##  ..##...  ##...##  .....##
##...##  ...##..  ##.....  .....##  .....##  .....##  ##...##  ..##...  ##...##  .....##
##...##  ...##..  ##.....  ##...##  .....##  ##...##  ##...##  .##....  ##...##  ....##.
.#####.  .######  #######  .#####.  .....##  .#####.  .#####.  .##....  .#####.  .####..
.......  .......  .......  .......  .......  .......  .......  .......  .......  .......
"""


def _codes() -> NDArray[np.float32]:
    rows = [line.split() for line in _DRAWN.strip().splitlines()]
    ink = [[[1.0 if dot == "#" else -1.0 for dot in row[digit]] for row in rows] for digit in range(10)]
    return np.array(ink, np.float32)


CODES: NDArray[np.float32] = _codes()
"""The centres of the output units, +1 ink and −1 none, shape (10, 12, 7)."""
