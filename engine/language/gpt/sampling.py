"""From logits to the next token: each rule is one small function over the whole vocabulary.

A rule takes logits (V,) and gives logits (V,), −∞ for what it rules out; `distribution` applies them in the usual
order: repetition penalty, temperature, top-k, top-p, min-p. All is NumPy in float64, so that kept logits can be looked
at under other rules at once, without the network. Ties are decided for the lower token.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Rules:
    """How the next token is chosen; as it stands here, by the model's own probabilities."""

    temperature: float = 1.0
    """Divides the logits; 0 takes the best token (greedy)."""

    top_k: int = 0
    """Keeps the k best tokens; 0 keeps all."""

    top_p: float = 1.0
    """Keeps the fewest best tokens whose probabilities sum to this at least; 1 keeps all, 0 the best only."""

    min_p: float = 0.0
    """Keeps tokens of at least this share of the best one's probability; 0 keeps all."""

    repetition: float = 1.0
    """Weakens tokens that have occurred already; 1 does nothing."""


GREEDY = Rules(temperature=0.0)
"""Always the best token."""


def probabilities(logits: Array) -> Array:
    """Softmax, exp(lᵢ) / Σⱼ exp(lⱼ): logits (V,), −∞ allowed, to probabilities (V,) that sum to 1."""
    raised = np.exp(logits - logits.max())
    found: Array = raised / raised.sum()
    return found


def log_probabilities(logits: Array) -> Array:
    """Logarithms of the softmax, in nats: (V,) to (V,)."""
    shifted = logits - logits.max()
    found: Array = shifted - np.log(np.exp(shifted).sum())
    return found


def best_first(logits: Array) -> NDArray[np.int64]:
    """All tokens, the best first."""
    return np.argsort(-logits, kind="stable")


def with_temperature(logits: Array, temperature: float) -> Array:
    """lᵢ / T; with T = 0 the best token alone is left."""
    if temperature <= 0:
        return with_top_k(logits, 1)
    # Divided from the greatest down, so that a tiny temperature does not overflow.
    found: Array = (logits - logits.max()) / temperature
    return found


def with_top_k(logits: Array, k: int) -> Array:
    """The k best tokens (Fan et al. 2018); all of them where k is 0."""
    if k <= 0 or k >= len(logits):
        return logits
    if k == 1:
        return _only(logits, np.array([logits.argmax()]))
    return _only(logits, best_first(logits)[:k])


def with_top_p(logits: Array, p: float) -> Array:
    """The smallest set of best tokens whose probabilities sum to p at least (Holtzman et al. 2020); one at least."""
    if p >= 1:
        return logits
    order = best_first(logits)
    before = np.cumsum(probabilities(logits)[order])
    # A token is needed while those before it do not yet reach p; the sum's last digit must not add one.
    count = 1 + int(np.searchsorted(before, p - 1e-12, side="left"))
    return _only(logits, order[:count])


def with_min_p(logits: Array, p: float) -> Array:
    """The tokens of probability ≥ p · that of the best one (Nguyen et al. 2024)."""
    if p <= 0:
        return logits
    return np.where(logits >= logits.max() + np.log(min(p, 1.0)), logits, -np.inf)


def with_repetition_penalty(logits: Array, tokens: Sequence[int], penalty: float) -> Array:
    """Of tokens that have occurred, l / θ where l > 0 and l · θ elsewhere (Keskar et al. 2019, section 4.1)."""
    if penalty == 1 or not len(tokens):
        return logits
    seen = np.unique(np.asarray(tokens, dtype=np.int64))
    changed = logits.copy()
    changed[seen] = np.where(logits[seen] > 0, logits[seen] / penalty, logits[seen] * penalty)
    return changed


def _only(logits: Array, kept: NDArray[np.int64]) -> Array:
    found = np.full_like(logits, -np.inf)
    found[kept] = logits[kept]
    return found


def distribution(logits: NDArray[np.floating], rules: Rules, tokens: Sequence[int] = ()) -> Array:
    """Probabilities (V,) of the next token under all rules; `tokens` are those that the repetition penalty sees."""
    left = np.asarray(logits, dtype=np.float64)
    left = with_repetition_penalty(left, tokens, rules.repetition)
    left = with_temperature(left, rules.temperature)
    left = with_top_k(left, rules.top_k)
    left = with_top_p(left, rules.top_p)
    return probabilities(with_min_p(left, rules.min_p))


def draw(probabilities: Array, chance: float) -> int:
    """The token at `chance`, 0…1, when probabilities (V,) lie one behind the other; never one of probability 0."""
    sums = np.cumsum(probabilities)
    found = int(np.searchsorted(sums, chance * sums[-1], side="right"))
    return min(found, int(np.flatnonzero(probabilities)[-1]))
