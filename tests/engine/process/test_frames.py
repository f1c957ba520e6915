"""What may cross the border, and what may not."""

import asyncio
import io
import pickle
import struct

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from engine.process import frames

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(PLAIN)
def test_plain_values_return_as_they_were(value: object) -> None:
    assert frames.decode(frames.encode(value)) == value


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(sorted(frames.DTYPES)).flatmap(
        lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, min_side=0))
    )
)
def test_arrays_return_with_shape_and_type(array: NDArray[np.float64]) -> None:
    back = frames.decode(frames.encode([array]))[0]
    assert back.dtype == array.dtype and back.shape == array.shape
    np.testing.assert_array_equal(back, array)
    assert back.flags.writeable and back.flags.aligned


def test_views_and_foreign_byte_order_arrive_in_order() -> None:
    matrix = np.arange(12, dtype=">f8").reshape(3, 4).T[::2]
    np.testing.assert_array_equal(frames.decode(frames.encode(matrix)), matrix)


def test_numpy_scalars_become_numbers() -> None:
    assert frames.decode(frames.encode([np.float32(0.5), np.int64(3), np.bool_(True)])) == [0.5, 3, True]


@pytest.mark.parametrize("array", [np.array([print]), np.array(["text"]), np.zeros(2, "i4,f4"), np.array([1j])])
def test_arrays_of_other_things_are_refused(array: NDArray[np.float64]) -> None:
    with pytest.raises(frames.FrameError):
        frames.encode(array)


def test_nothing_is_pickled() -> None:
    with pytest.raises(TypeError, match="not plain data"):
        frames.encode(io.StringIO())
    assert frames.decode(frames.encode(pickle.dumps(print))) == pickle.dumps(print)


def _extension(code: int, dtype: str, shape: tuple[int, ...], content: bytes) -> bytes:
    head = msgspec.msgpack.encode((dtype, shape))
    return msgspec.msgpack.encode(msgspec.msgpack.Ext(code, bytes([len(head)]) + head + content))


@pytest.mark.parametrize(
    ("code", "dtype", "shape", "content"),
    [
        (1, "|O", (1,), b"12345678"),
        (1, "<f8", (2,), b"12345678"),
        (1, "<f8", (-1,), b"12345678"),
        (2, "<f8", (1,), b""),
    ],
)
def test_broken_arrays_are_refused(code: int, dtype: str, shape: tuple[int, ...], content: bytes) -> None:
    with pytest.raises(frames.FrameError):
        frames.decode(_extension(code, dtype, shape, content))


def test_an_array_field_takes_arrays_only() -> None:
    with pytest.raises(msgspec.ValidationError):
        frames.decode(frames.encode([1.0, 2.0]), np.ndarray)


def test_blocking_frames_end_with_the_stream_and_know_their_limit() -> None:
    stream = io.BytesIO(frames.frame(b"one") + frames.frame(b"") + b"\0\0\0\5cut")
    assert [frames.read(stream) for _ in range(3)] == [b"one", b"", None]
    with pytest.raises(frames.FrameError):
        frames.read(io.BytesIO(struct.pack(">I", frames.LIMIT + 1)))


async def test_async_frames_end_with_the_stream_and_know_their_limit() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(frames.frame(b"one") + b"\0\0\0\5cut")
    stream.feed_eof()
    assert [await frames.read_async(stream), await frames.read_async(stream)] == [b"one", None]
    stream = asyncio.StreamReader()
    stream.feed_data(struct.pack(">I", frames.LIMIT + 1))
    with pytest.raises(frames.FrameError):
        await frames.read_async(stream)
