"""What can be set in `language.next_word`."""

from typing import Annotated, Literal

from lessons.vocabulary.settings import Settings, choice, number, whole
from lessons.vocabulary.settings import text as typed

NAME = "language.next_word"

Text = Literal["lecture", "english", "japanese", "file"]
Unit = Literal["words", "characters"]
Smoothing = Literal["none", "add_k", "kneser_ney"]
Encoding = Literal["utf-8", "shift_jis", "euc_jp"]

LONGEST, PATH = 4096, 1024

END, BEGIN, SPACE = "⏎", "^", "␣"
"""In a path: the end of a sentence, its beginning, and a space that is a token."""

LINE = "/"
"""Between two sentences of a corpus."""


class NextWordSettings(Settings, frozen=True):
    """Which text, how its words are counted, and what is asked of the counts."""

    text: Annotated[Text, choice(f"@{NAME}.text")] = "lecture"
    order: Annotated[int, whole(1, 6, label=f"@{NAME}.order")] = 3
    smoothing: Annotated[Smoothing, choice(f"@{NAME}.smoothing")] = "none"
    k: Annotated[float, number(0.01, 10, step=0.01, label="k", log=True, plus=False)] = 1.0
    unit: Annotated[Unit, choice(f"@{NAME}.unit")] = "words"
    prompt: Annotated[str, typed(f"@{NAME}.prompt", longest=LONGEST, example="日本 の")] = ""
    """What the tree begins with; empty for the text's own, `^` for the beginning of a sentence."""

    path: Annotated[str, typed(f"@{NAME}.path", longest=LONGEST, example="首都 は 東京")] = ""
    """Words that have been picked behind it, with spaces between them."""

    sentence: Annotated[str, typed(f"@{NAME}.sentence", longest=LONGEST, example="日本 の 首都 は 東京 です")] = ""
    """Whose probability is asked; empty for the text's own."""

    corpus: Annotated[
        str, typed(f"@{NAME}.corpus", longest=LONGEST, example="日本 の 首都 は 東京 です/日本 の 首相")
    ] = ""
    """Sentences in place of the lecture's, parted by `/`, their words by spaces; empty for the lecture's own."""

    file: Annotated[str, typed(f"@{NAME}.file", longest=PATH, example="novel.txt")] = ""
    """The learner's own text."""

    encoding: Annotated[Encoding, choice(f"@{NAME}.encoding")] = "utf-8"
    seed: Annotated[int, whole(0, 9999, label="@term.seed")] = 0
