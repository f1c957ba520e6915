"""Functions by dotted name: which may be called, and how plain arguments become what they expect."""

import importlib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

from msgspec import Raw
from numpy.typing import ArrayLike

from engine.process.frames import decode


class NotAllowed(LookupError):
    """A function outside the packages that may be called."""


class UnknownFunction(LookupError):
    """A name behind which there is no function."""


@dataclass(frozen=True)
class Function:
    """A function that may be called, with the types of its positional parameters."""

    call: Callable[..., Any]
    """The function."""

    types: tuple[Any, ...]
    """A type a parameter, Any where none is written."""

    def arguments(self, given: Sequence[Raw]) -> list[Any]:
        """Read the arguments by the parameters' types.

        Raises TypeError for too many of them, msgspec.ValidationError where one does not fit.
        """
        if len(given) > len(self.types):
            raise TypeError(f"{self.call.__name__} takes {len(self.types)} arguments, {len(given)} were given")
        return [decode(argument, type) for argument, type in zip(given, self.types, strict=False)]


class Functions:
    """Finds functions by name, in allowed packages only, and remembers them."""

    def __init__(self, prefixes: Sequence[str]) -> None:
        self._prefixes = tuple(prefixes)
        self._found: dict[str, Function] = {}

    def find(self, name: str) -> Function:
        """Find `package.module:function`, importing the module at the first time.

        Raises NotAllowed, UnknownFunction, or what the import raises.
        """
        if name not in self._found:
            self._found[name] = self._load(name)
        return self._found[name]

    def _load(self, name: str) -> Function:
        module_name, _, attribute = name.partition(":")
        self._check(module_name, name)
        try:
            found = getattr(importlib.import_module(module_name), attribute, None)
        except ModuleNotFoundError as error:
            if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
                raise  # the module is there, but something that it imports is missing
            found = None
        if not inspect.isfunction(found):
            raise UnknownFunction(f"there is no function {name}")
        # A module's namespace also holds what it imported from elsewhere.
        self._check(found.__module__, name)
        hints = get_type_hints(found, include_extras=True)
        positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        parameters = inspect.signature(found).parameters.values()
        named = [hints.get(each.name, Any) for each in parameters if each.kind in positional]
        # NumPy's ArrayLike is a union that msgspec can't check: numbers, lists and arrays pass as they are.
        types = tuple(Any if hint == ArrayLike else hint for hint in named)
        return Function(found, types)

    def _check(self, module_name: str, name: str) -> None:
        if not f"{module_name}.".startswith(self._prefixes):
            raise NotAllowed(f"{name} is not in a package that may be called")
