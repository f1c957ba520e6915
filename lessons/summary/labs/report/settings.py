"""What can be set in `summary.report`: what stands in the report, in which language and form."""

from typing import Annotated, Literal

from lessons.vocabulary.settings import Settings, choice, text, whole

NAME = "summary.report"

Record = Literal["own", "example"]
Language = Literal["own", "ja", "en"]
Form = Literal["html", "markdown"]
Drawn = Literal["none", "main", "all"]

SECTIONS = 10
MOST_RUNS, MOST_SAMPLES = 200, 50
LONGEST_OWNER = 80


class ReportSettings(Settings, frozen=True):
    """A report, as it will be written."""

    record: Annotated[Record, choice(f"@{NAME}.record")] = "own"
    """Whose record it is: the learner's, or one of the trainings that come with the program."""

    language: Annotated[Language, choice(f"@{NAME}.language")] = "own"
    """The report's; `own` is that of the screens."""

    form: Annotated[Form, choice(f"@{NAME}.form")] = "html"
    owner: Annotated[str, text(f"@{NAME}.owner", longest=LONGEST_OWNER, example="Ada")] = ""
    """Whose name stands at the top; nobody's where empty."""

    first: Annotated[int, whole(1, SECTIONS, label=f"@{NAME}.first")] = 1
    last: Annotated[int, whole(1, SECTIONS, label=f"@{NAME}.last")] = SECTIONS
    """Sections of the lecture whose labs, proofs and questions stand in it; in either order."""

    runs: Annotated[int, whole(0, MOST_RUNS, label=f"@{NAME}.runs")] = 50
    """Trainings at most, the newest."""

    curves: Annotated[Drawn, choice(f"@{NAME}.curves")] = "main"
    """No curves, those of loss and accuracy, or all that were kept."""

    samples: Annotated[int, whole(0, MOST_SAMPLES, label=f"@{NAME}.samples")] = 3
    """Trainings, the newest, that show what they have made last."""

    quiz: Annotated[bool, choice(f"@{NAME}.quiz")] = True

    @property
    def sections(self) -> range:
        """Numbers of the sections."""
        return range(min(self.first, self.last), max(self.first, self.last) + 1)

    @property
    def nothing(self) -> str:
        """The message `lead.…` that says that there is nothing: anywhere, or in the chosen sections."""
        return "empty" if len(self.sections) == SECTIONS else "none_here"
