"""Memory that is given back to the system and asked for again at every step costs a CPU a fifth of its time."""

import ctypes
import sys
from contextlib import suppress

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
"""Numbers of glibc's options (mallopt(3))."""

KEPT = 1 << 30
"""Bytes that the process keeps for its next step once they were used."""

APART = 32 << 20
"""Bytes from which a piece of memory is fetched on its own; the most that glibc takes."""


def keep() -> bool:
    """Have this process keep the memory of a step for the next one, where the C library can; returns whether it can.

    torch frees what a step has computed after it, and the C library hands that back to the system, which must clear it
    page by page when it is wanted again. On a GPU torch keeps memory itself.
    """
    if not sys.platform.startswith("linux"):
        return False
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt.argtypes, mallopt.restype = [ctypes.c_int, ctypes.c_int], ctypes.c_int
        options = {MMAP_THRESHOLD: APART, TRIM_THRESHOLD: KEPT, TOP_PAD: 16 << 20}
        return all([mallopt(number, value) == 1 for number, value in options.items()])
    return False
