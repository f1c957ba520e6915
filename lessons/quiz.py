"""The questions of the quiz: `lessons/<section>/quiz.toml`, read and checked by their types.

A question's texts are messages like all others: `quiz.<name>.question`, `quiz.<name>.a` to `.d`, `quiz.<name>.why`.
Its name never changes, since the learner's record holds it.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from lessons.vocabulary.section import FOLDERS

DOMAIN = "quiz"
"""What the keys of its texts begin with."""

FILE = "quiz.toml"

Choice = Literal["a", "b", "c", "d"]
CHOICES: tuple[Choice, ...] = ("a", "b", "c", "d")

Written = Annotated[str, msgspec.Meta(min_length=1)]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question in one language."""

    question: Written
    a: Written
    b: Written
    c: Written
    d: Written
    why: Written
    """Why the right choice is right."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question as its file has it."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]*$", max_length=24)]
    """Unlike the names of all other questions, whatever the section."""

    right: Choice
    lab: Written
    """Address of a lab that shows the answer."""

    ja: Texts
    en: Texts


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All questions on a section."""

    questions: tuple[Entry, ...]


class Question(msgspec.Struct, frozen=True):
    """A question and the section that it is about."""

    section: str
    entry: Entry

    @property
    def name(self) -> str:
        """Its name in an address: `and_one_input`."""
        return self.entry.name

    @property
    def full(self) -> str:
        """Its name in the learner's record: `neuron.and_one_input`."""
        return f"{self.section}.{self.entry.name}"

    def key(self, part: str) -> str:
        """Give the key of one of its texts."""
        return f"{DOMAIN}.{self.name}.{part}"


@cache
def questions() -> dict[str, Question]:
    """Read the questions of all sections that have some, by their names, in the order of the lecture."""
    found: dict[str, Question] = {}
    for section in FOLDERS:
        path = Path(__file__).parent / section / FILE
        if path.is_file():
            file = msgspec.toml.decode(path.read_bytes(), type=File)
            found |= {entry.name: Question(section, entry) for entry in file.questions}
    return found


def sections() -> tuple[str, ...]:
    """Name the sections that have questions, in the order of the lecture."""
    return tuple(dict.fromkeys(question.section for question in questions().values()))


def text(key: str, language: Literal["ja", "en"]) -> str | None:
    """Give the text of a key, `quiz.and_one_input.why`; None where there is none."""
    _, name, part = key.split(".") if key.count(".") == 2 else ("", "", "")
    question = questions().get(name)
    if question is None or part not in Texts.__struct_fields__:
        return None
    texts = question.entry.ja if language == "ja" else question.entry.en
    return str(getattr(texts, part))


def groups(section: str) -> dict[str, str]:
    """Give the questions on a section, or on `all` of them, each with its section."""
    return {name: each.section for name, each in questions().items() if section in ("all", each.section)}
