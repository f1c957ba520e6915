"""What is seen in `language.next_word`."""

from lessons.vocabulary.figures import Bars, Formula
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.tree import Tree


class NextWordObservation(Observation, frozen=True, kw_only=True):
    """The words that may come next, a way through them, and how well the model foresees other text."""

    source: str
    """The text that was counted."""

    prompt: str
    """What the tree begins with."""

    path: str
    """The words picked behind it that the model can follow."""

    written: str
    """Both as one text."""

    context: tuple[str, ...]
    """The last of these words, all that the model reads."""

    probability: float
    """Of the picked words behind the prompt, or of the likeliest ones where none are picked."""

    likeliest: bool
    """Whether it is that of the likeliest ones."""

    sampled: tuple[str, ...]
    """What drawing by chance writes behind the picked words, to the end of the sentence."""

    seen: int
    """How often something follows the present context in the text."""

    sentence: str
    sentence_probability: float
    sentence_impossible: int
    """Words of it, its end among them, whose probability is 0."""

    unknown: tuple[str, ...]
    """Words that the learner has typed and that are not in the text."""

    perplexity: float | None
    """On held-out text; None if infinite."""

    impossible: int
    """Held-out tokens whose probability is 0."""

    tested: int
    """Held-out tokens, ends of sentences among them."""

    counted_perplexity: float | None
    """On the text that was counted itself."""

    sentences: int
    tokens: int
    types: int
    """Different tokens."""

    changed: int
    """Sentences of the lecture's corpus that have been changed, added or removed."""

    more: bool
    """Whether the file goes on behind what was counted."""

    lines: tuple[str, ...]
    """Sentences of the text, tokens apart by spaces: all of a small one, else some with the present context."""

    tree: Tree
    product: Formula
    """The probability of the way through the tree."""

    words: Formula
    """The probability of the sentence, word by word."""

    perplexities: Bars
    """On held-out text, for each order."""

    next: dict[str, dict[str, float]]
    """For each place on the way: what comes next, with its probability."""
