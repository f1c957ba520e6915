from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from engine.language.gpt.config import Config
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.sampling import GREEDY, Rules, log_probabilities
from engine.language.gpt.writing import Writer, window


def model(context: int = 7) -> GPT:
    made = GPT(Config(vocabulary=9, context=context, layers=2, heads=2, width=8), torch.Generator().manual_seed(1))
    with torch.no_grad():
        made.tokens.weight.normal_(generator=torch.Generator().manual_seed(2))
    return made.eval()


def writer(tokens: list[int] | None = None, **changes: Any) -> Writer:
    return Writer(model(), tokens or [1, 2], **changes)


def plain_logits(made: GPT, tokens: list[int]) -> np.ndarray:
    with torch.inference_mode():
        return made(torch.tensor([tokens]))[0, -1].numpy()


def test_the_window_is_never_longer_than_the_context_and_moves_by_half() -> None:
    for context in (1, 2, 3, 7, 8):
        starts = [window(length, context) for length in range(1, 40)]
        seen = [length - start for length, start in zip(range(1, 40), starts, strict=True)]
        assert max(seen) <= context and min(seen) >= 1
        assert {b - a for a, b in pairwise(starts)} <= {0, max(1, context // 2)}
        assert starts[:context] == [0] * context


@pytest.mark.parametrize("cache", [True, False])
def test_logits_are_those_of_the_window(cache: bool) -> None:
    text = writer(cache=cache)
    for written in text.run(Rules(), 30):
        before = text.tokens[: written.position]
        expected = plain_logits(text.model, before[window(len(before), 7) :])
        assert text.logits(written.position) == pytest.approx(expected, abs=1e-5)
        assert written.log_probability == pytest.approx(log_probabilities(expected)[written.token], abs=1e-5)


def test_the_cache_changes_neither_text_nor_events() -> None:
    first, second = writer(cache=True), writer(cache=False)
    for a, b in zip(first.run(Rules(), 30), second.run(Rules(), 30), strict=True):
        assert (a.token, a.moved) == (b.token, b.moved)
    assert first.tokens == second.tokens


def test_a_moved_window_is_told() -> None:
    moved = [each.position for each in writer([1]).run(Rules(), 20) if each.moved]
    assert moved == [8, 11, 14, 17, 20]


def test_the_seed_decides_and_rules_do() -> None:
    def text(seed: int, rules: Rules) -> list[int]:
        made = writer(seed=seed)
        return [each.token for each in made.run(rules, 20)]

    assert text(1, Rules()) == text(1, Rules()) != text(2, Rules())
    assert text(1, GREEDY) == text(2, GREEDY)


def test_going_back_and_on_gives_the_same_text_and_a_picked_token_a_branch() -> None:
    text, whole = writer(), writer()
    list(whole.run(Rules(), 20))
    list(text.run(Rules(), 15))
    for position in (12, 3, 9):
        text.back(min(position, len(text.tokens)))
        list(text.run(Rules(), 22 - len(text.tokens)))
        assert text.tokens == whole.tokens
    text.back(5)
    picked = (whole.tokens[5] + 1) % 9
    assert text.put(picked).token == picked
    assert text.logits() == pytest.approx(plain_logits(text.model, text.tokens), abs=1e-5)


def test_other_rules_ask_the_network_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = writer()
    text.logits()
    monkeypatch.setattr(text.model, "hidden", None)
    assert text.distribution(GREEDY).max() == 1
    assert 0 < text.distribution(Rules(temperature=2)).max() < 1
    assert text.log_probability(1) < 0


def test_a_prompt_gives_the_surprise_of_its_tokens_and_a_long_one_is_cut() -> None:
    found = writer([1, 2, 3]).surprise()
    assert found[0] is None
    assert found[2] == pytest.approx(log_probabilities(plain_logits(model(), [1, 2]))[3], abs=1e-5)
    text = writer([1, 2, 3, 4, 5, 6, 7, 8, 1, 2])
    assert text.start == 3
    assert text.logits() == pytest.approx(plain_logits(text.model, [4, 5, 6, 7, 8, 1, 2]), abs=1e-5)
    assert text.log_probability(4) == pytest.approx(log_probabilities(plain_logits(model(), [1, 2, 3, 4]))[5], abs=1e-5)


def test_few_logits_are_kept_of_a_long_text_and_the_others_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.language.gpt.writing.KEPT", 4 * 9 * 4)
    text, whole = writer(), writer()
    monkeypatch.undo()
    list(text.run(Rules(), 20))
    list(whole.run(Rules(), 20))
    assert text.logits(3) == pytest.approx(plain_logits(text.model, text.tokens[:3]), abs=1e-5)
    assert text.step(Rules()).token == whole.step(Rules()).token


def test_what_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(GptError) as refused:
        writer([1, 9])
    assert refused.value.values == {"reason": "token", "value": 9, "size": 9}
    with pytest.raises(GptError) as refused:
        Writer(model(), [])
    assert refused.value.reason == "empty_prompt"
    with pytest.raises(IndexError):
        writer().back(0)
