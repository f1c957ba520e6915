from itertools import product

import pytest
import torch

from engine.language.gpt.beam import beams
from engine.language.gpt.config import Config
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.sampling import GREEDY
from engine.language.gpt.writing import Writer, window


def model(context: int = 6) -> GPT:
    made = GPT(Config(vocabulary=4, context=context, layers=1, heads=2, width=8), torch.Generator().manual_seed(1))
    with torch.no_grad():
        made.tokens.weight.normal_(generator=torch.Generator().manual_seed(5))
    return made.eval()


def log_probability(made: GPT, prompt: list[int], tokens: tuple[int, ...]) -> float:
    text, total = list(prompt), 0.0
    with torch.inference_mode():
        for token in tokens:
            start = window(len(text), made.config.context)
            total += float(torch.log_softmax(made(torch.tensor([text[start:]]))[0, -1], -1)[token])
            text.append(token)
    return total


def test_a_beam_of_one_is_greedy() -> None:
    *_, found = beams(model(), [1, 2], width=1, count=12)
    text = Writer(model(), [1, 2])
    assert [each.token for each in text.run(GREEDY, 12)] == list(found[0].tokens)


def test_a_wide_beam_finds_the_best_text_of_all() -> None:
    made, prompt = model(), [1, 2]
    *_, found = beams(made, prompt, width=64, count=4)
    expected = {tokens: log_probability(made, prompt, tokens) for tokens in product(range(4), repeat=4)}
    assert found[0].tokens == max(expected, key=lambda each: expected[each])
    for each in found:
        assert each.log_probability == pytest.approx(expected[each.tokens], abs=1e-4)


def test_scores_hold_where_the_window_moves() -> None:
    made = model(context=4)
    for found in beams(made, [1, 2, 3], width=3, count=9):
        assert list(found) == sorted(found, key=lambda each: -each.log_probability)
        for each in found:
            assert each.log_probability == pytest.approx(log_probability(made, [1, 2, 3], each.tokens), abs=1e-4)


def test_what_cannot_be_is_refused() -> None:
    for prompt, width, reason in (([], 2, "empty_prompt"), ([4], 2, "token"), ([1], 0, "size")):
        with pytest.raises(GptError) as refused:
            next(beams(model(), prompt, width=width, count=1))
        assert refused.value.reason == reason
