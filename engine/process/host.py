"""The engine process itself: `python -m engine.process.host PREFIX...`.

It reads requests from its standard input and answers on its standard output, both moved to private
descriptors before anything else is imported: what a function prints or reads later can't hurt the stream. It
ends when its input does, that is when the process that started it has gone, and by itself after ten idle
minutes.
"""

import os
import sys
from typing import BinaryIO


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Move input and output to private descriptors; prints go to the log (descriptor 2) from now on."""
    requests, replies = os.dup(0), os.dup(1)  # not inherited by programs that a function starts
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb")


def main() -> None:
    """Serve until the input ends or nobody asks any more."""
    requests, replies = take_streams()
    # Only now, since an import may print.
    from engine.process.server import Server

    Server(requests, replies, sys.argv[1:], os.environ).serve()


if __name__ == "__main__":
    main()
