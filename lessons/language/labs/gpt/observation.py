"""What `language.gpt` sees: a text that is written, what may come next, and how the model was trained."""

from lessons.vocabulary.figures import Bars, Curves, Table, Tokens
from lessons.vocabulary.observation import News, Observation


class GptObservation(Observation, frozen=True, kw_only=True):
    """One moment of a text."""

    written_text: str
    """What the model has written after the prompt."""

    token_ids: tuple[int, ...] = ()
    """Its tokens by their numbers."""

    parameters: int
    """Trainable parameters."""

    layers: int
    heads: int
    width: int
    context: int
    """Tokens that it sees at most."""

    vocabulary: int
    """Tokens that it knows."""

    test_loss: float | None = None
    """Mean −ln p of the right token in held-out text, at the checkpoint that is looked at."""

    ngram_loss: float | None = None
    """The same of an n-gram model counted on the same text."""

    at_step: int
    """Steps of training after which the model was kept."""

    looked_step: int
    """Those of the moment of the training that is looked at."""

    steps_kept: tuple[int, ...] = ()
    """Moments of the training that can be looked at."""

    own: bool = False
    """Whether this is a run of the learner's, not the one that comes with the program."""

    missing: bool = False
    """Whether the run that was asked for is not there (any more)."""

    looked_at: int
    """Place of the token that the distribution is of, counted from the first after the prompt."""

    candidates: tuple[int, ...] = ()
    """The tokens of the bars."""

    next_token: str
    """The token that the rules draw at that place."""

    probability: float
    """Its probability under the rules."""

    possible: int
    """Tokens that the rules leave to choose from."""

    mean_bits: float
    """Mean −log₂ p of the written tokens, by the model itself; 0 where none is written."""

    perplexity: float
    """2 to the power of it."""

    repeated: int
    """Written tokens with which twelve letters in a row end that were there before."""

    mean_bits2: float | None = None
    """Of the second text."""

    repeated2: int | None = None
    window_start: int
    """Tokens at the beginning of the text that the model does not see any more."""

    news: tuple[News, ...] = ()
    """What must be said, the most important first."""

    merges: int = 0
    """Pairs that have been joined to make the vocabulary."""

    text: Tokens
    """Prompt and written tokens, each with its surprise in bits."""

    next: Bars
    """The best tokens, with the model's own probability and that under the rules."""

    text2: Tokens | None = None
    """What is written at the second temperature."""

    loss: Curves | None = None
    """Train and held-out loss over the steps, and the line to beat."""

    sample: Tokens | None = None
    """What the model wrote at the moment that is looked at."""

    split: Tokens | None = None
    """The beginning of the text to learn from in its tokens."""

    joined: Table | None = None
    """The pairs that were joined, or the characters."""

    times: Curves | None = None
    """Time of a token against the length of the text, with the KV cache and without."""

    beams: Table | None = None
    """The texts that beam search holds at this place."""
