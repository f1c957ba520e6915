"""Points that a learner sets on a plane, as text: base64url of three bytes a point.

The plane reaches from −6 to 6 on both axes; a place is kept to 1/20, its class as −1 or 1.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from lessons.vocabulary.drawings import DrawingError

Mark = tuple[float, float, float]
"""x₁, x₂, and the class −1 or 1."""

EDGE = 6.0
STEPS = 20
"""Places in a unit of length."""

MOST = 300
"""Points that a text may hold: four letters each."""


def encode(points: Sequence[Mark]) -> str:
    """Write points; those beyond the plane are moved to its border, those beyond the 300th left out."""
    content = bytearray()
    for x1, x2, sign in points[:MOST]:
        content += bytes(round((min(max(x, -EDGE), EDGE) + EDGE) * STEPS) for x in (x1, x2))
        content.append(1 if sign > 0 else 0)
    return urlsafe_b64encode(bytes(content)).decode()


def decode(text: str) -> list[Mark]:
    """Read points. Raises DrawingError."""
    try:
        content = urlsafe_b64decode(text.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        raise DrawingError("points are written in base64url") from None
    places = [content[start : start + 3] for start in range(0, len(content), 3)]
    if any(len(each) < 3 or max(each[:2]) > 2 * EDGE * STEPS or each[2] > 1 for each in places):
        raise DrawingError("three bytes a point")
    return [(x / STEPS - EDGE, y / STEPS - EDGE, 1.0 if sign else -1.0) for x, y, sign in places]
