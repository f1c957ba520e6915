"""Frames: what crosses the border between two processes, and how it looks on the wire.

A frame is a length of four bytes (big-endian) and that many bytes of MessagePack. Numbers, text, lists,
dicts, msgspec Structs and dataclasses are written by msgspec; a NumPy array is an extension of dtype, shape
and bytes. Nothing is ever pickled. NumPy is imported only when an array arrives, so that a light process
stays light.
"""

import asyncio
import math
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")

LIMIT = 256 * 1024 * 1024
"""Bytes that a frame may have."""

ARRAY = 1
"""MessagePack extension code of an array."""

DTYPES = frozenset(
    ["|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"],
)
"""Element types that may cross; objects and text never do."""

_LENGTH = struct.Struct(">I")


class FrameError(ValueError):
    """Bytes that are no frame, or a value that can't be one."""


def encode(value: object) -> bytes:
    """Write a value as MessagePack.

    Raises TypeError for what is not plain data, FrameError for an array of other elements than `DTYPES`.
    """
    return _encoder.encode(value)


def decode(data: bytes | memoryview | msgspec.Raw, type: Any = Any) -> Any:
    """Read a value of a type; raises msgspec.ValidationError where the data does not fit it.

    Arrays are copies of their own, aligned and writable; a field of type `np.ndarray` refuses anything else.
    """
    try:
        decoder = _decoder(type)
    except TypeError:  # a type with an unhashable mark, such as Meta(extra={...})
        decoder = _decoder.__wrapped__(type)
    return decoder.decode(data)


def frame(body: bytes) -> bytes:
    """Put the length before a message; raises FrameError above the limit."""
    if len(body) > LIMIT:
        raise FrameError(f"a message of {len(body)} bytes is longer than {LIMIT}")
    return _LENGTH.pack(len(body)) + body


async def read_async(stream: asyncio.StreamReader) -> bytes | None:
    """Read one frame's body; None at the end of the stream, FrameError above the limit."""
    try:
        return await stream.readexactly(_length(await stream.readexactly(_LENGTH.size)))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def read(stream: IO[bytes]) -> bytes | None:
    """Read one frame's body from a blocking stream; None at its end, FrameError above the limit."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _length(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _length(head: bytes) -> int:
    length: int = _LENGTH.unpack(head)[0]
    if length > LIMIT:
        raise FrameError(f"a frame says that it has {length} bytes, more than {LIMIT}")
    return length


def _to_plain(value: Any) -> Any:
    """Turn what msgspec doesn't know, an array or a NumPy scalar, into what it does."""
    import numpy as np

    if isinstance(value, np.ndarray):
        return _array_to_extension(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__module__}.{type(value).__qualname__} is not plain data")


def _array_to_extension(array: "np.ndarray[Any, Any]") -> msgspec.msgpack.Ext:
    code = array.dtype.newbyteorder("<").str
    if code not in DTYPES:
        raise FrameError(f"an array of {array.dtype} can't cross the process border")
    head = msgspec.msgpack.encode((code, array.shape))
    content = array.astype(code, order="C", copy=False)
    # Joined from the array's own memory, one copy less.
    return msgspec.msgpack.Ext(ARRAY, b"".join((bytes([len(head)]), head, content.data)))


def _from_extension(code: int, data: memoryview) -> Any:
    if code != ARRAY:
        raise FrameError(f"unknown extension {code}")
    import numpy as np

    start = 1 + data[0]
    dtype, shape = msgspec.msgpack.decode(data[1:start], type=tuple[str, tuple[int, ...]])
    if dtype not in DTYPES:
        raise FrameError(f"an array of {dtype} can't cross the process border")
    content = data[start:]
    if min(shape, default=0) < 0 or math.prod(shape) * np.dtype(dtype).itemsize != len(content):
        raise FrameError(f"an array of shape {shape} does not have {len(content)} bytes")
    # A copy: the view would keep the whole frame alive, and be unaligned and read-only.
    return np.frombuffer(content, dtype).reshape(shape).copy()


def _check_custom(expected: Any, value: Any) -> Any:
    """Let an array through where one is expected; msgspec asks this for every type that it doesn't know."""
    import numpy as np

    if getattr(expected, "__origin__", expected) is np.ndarray and isinstance(value, np.ndarray):
        return value
    raise msgspec.ValidationError(f"Expected `array`, got `{type(value).__name__}`")


_encoder = msgspec.msgpack.Encoder(enc_hook=_to_plain)


@lru_cache(maxsize=256)
def _decoder(type: Any) -> msgspec.msgpack.Decoder[Any]:
    extension: Callable[[int, memoryview], Any] = _from_extension
    return msgspec.msgpack.Decoder(type, dec_hook=_check_custom, ext_hook=extension)
