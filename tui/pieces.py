"""Draws what nothing covers in one piece, so that no wide character is lost.

Textual parts each line where any widget begins or ends, also one that lies hidden below, and puts it together again.
A character two cells wide that stands across such a place would be replaced by blanks: in a Japanese lesson over a lab
that means holes. Here a line is parted only where something covers it.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

PARAMETERS = ["self", "crop", "is_rendered_line"]
NOTHING = Strip([], 0)
"""Stands where the piece before it has drawn already."""


def render_pieces(
    compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]
) -> Sequence[Mapping[int, Strip | None]]:
    """The strips of each line by the column in which they begin, as `Compositor._render_chops` gives them.

    A strip may be longer than up to the next column; then `NOTHING` stands there.
    """
    cuts = compositor.cuts
    lines: list[dict[int, Strip | None]] = [dict.fromkeys(columns[:-1]) for columns in cuts]
    for region, clip, strips in compositor._get_renders(crop):  # from the front to the back
        seen = region.intersection(clip)
        first, last = seen.column_span
        for y, strip in zip(seen.line_range, strips, strict=False):
            if not is_rendered_line(y):
                continue
            line, begin = lines[y], -1
            for column in cuts[y]:
                if not first <= column <= last:
                    continue
                free = column < last and line[column] is None
                if free and begin < 0:
                    begin = column
                elif free:
                    line[column] = NOTHING
                elif begin >= 0:
                    line[begin] = strip.crop(begin - seen.x, column - seen.x)
                    begin = -1
    return lines


_stock: list[object] = []
"""What `install` replaced."""


def install() -> bool:
    """Draws in pieces from now on; False, and no change, where Textual is not built as expected."""
    found = getattr(Compositor, "_render_chops", None)
    if _stock:
        return True
    if found is None or list(inspect.signature(found).parameters) != PARAMETERS:
        return False
    _stock.append(found)
    Compositor._render_chops = render_pieces  # type: ignore[method-assign, assignment]
    return True


def uninstall() -> None:
    """Lets Textual draw as it would."""
    if _stock:
        Compositor._render_chops = _stock.pop()  # type: ignore[method-assign, assignment]
