"""Building a model for its shapes only: on the meta device, and without filling it with first weights.

A weight on the meta device has a shape and takes no memory. Filling one does nothing there either, but the first time
torch loads half a second's worth of code for it.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

FILLING = (Tensor.normal_, Tensor.uniform_, Tensor.zero_, Tensor.fill_)


class _Unfilled(TorchFunctionMode):
    """Hands weights on as they are where they should be filled."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        given = kwargs or {}
        if func in FILLING or getattr(func, "__module__", "") == "torch.nn.init":
            return args[0] if args else given["tensor"]
        return func(*args, **given)


@contextmanager
def shapes_only() -> Iterator[None]:
    """Give all modules that are made within shapes and no numbers."""
    collects = gc.isenabled()
    gc.disable()  # thousands of modules that all stay; looking for garbage among them takes as long as making them
    try:
        with torch.device("meta"), _Unfilled():
            yield
    finally:
        if collects:
            gc.enable()
