"""Every text that is not a lesson, in Japanese and English: gettext catalogues, one domain for the program
(`nnlab`) and one for each section. Message ids are keys, `neuron.unit.title`; both languages are catalogues.
The texts of the quiz's questions, `quiz.and_one_input.why`, are messages too, in files of their own (`lessons.quiz`).

`Words.say` is the one way from a key to a text. The language comes from the setting, else from LC_ALL,
LC_MESSAGES and LANG read as text: on many servers the Japanese locale is not installed, and Python then
reports English.
"""

import gettext
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from lessons import quiz
from lessons.vocabulary.section import FOLDERS

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
FOLDER = Path(__file__).parent


def language_of(environ: Mapping[str, str]) -> Language:
    """Read the language from the environment: Japanese if the first variable that is set says so."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"


class _KeepsUnknown(dict[str, object]):
    """Leaves a placeholder standing whose value is not there, rather than failing on the screen."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Words:
    """The texts of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    @cached_property
    def _catalogues(self) -> dict[str, gettext.NullTranslations]:
        return {domain: self._load(domain) for domain in ("nnlab", *FOLDERS)}

    def _load(self, domain: str) -> gettext.NullTranslations:
        return gettext.translation(domain, FOLDER, [self.language], fallback=True)

    def has(self, key: str) -> bool:
        """Tell whether this language has a text for the key."""
        return self._find(key) != key

    def _find(self, key: str) -> str:
        domain = key.partition(".")[0]
        if domain == quiz.DOMAIN:
            return quiz.text(key, self.language) or key
        return self._catalogues.get(domain, self._catalogues["nnlab"]).gettext(key)

    def say(self, text: str, /, **values: object) -> str:
        """Give the text of `@key` with its placeholders filled; any other text comes back as it stands.

        What follows the key after a blank, a number say, stays behind the text.
        """
        if not text.startswith("@"):
            return text
        key, blank, rest = text[1:].partition(" ")
        return self.text(key, **values) + blank + rest

    def text(self, key: str, /, **values: object) -> str:
        """Give the text of a key with its placeholders filled."""
        found = self._find(key)
        return found.format_map(_KeepsUnknown(values)) if values or "{" in found else found


@cache
def words(language: Language) -> Words:
    """Give the texts of a language; catalogues are read at the first use."""
    return Words(language)
