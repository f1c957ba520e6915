import numpy as np
import pytest
import torch

from engine.language.gpt.cache import Cache
from engine.language.gpt.config import PUBLISHED, Config
from engine.language.gpt.errors import GptError
from engine.language.gpt.model import GPT
from engine.language.gpt.one_token import OneToken

COUNTS = {
    "gpt": 116_534_784,
    "gpt2": 124_439_808,
    "gpt2-medium": 354_823_168,
    "gpt2-large": 774_030_080,
    "gpt2-xl": 1_557_611_200,
}

TINY = Config(vocabulary=11, context=12, layers=2, heads=2, width=8)
AFTER = Config(vocabulary=11, context=12, layers=2, heads=2, width=8, norm="after", gelu="tanh")


def model(config: Config, spread: float = 1.0) -> GPT:
    made = GPT(config, torch.Generator().manual_seed(3)).eval()
    with torch.no_grad():
        for each in made.parameters():  # far from zero everywhere, so that nothing is hidden
            each.add_(torch.randn(each.shape, generator=torch.Generator().manual_seed(each.numel())) * 0.3 * spread)
    return made.requires_grad_(False)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_models_have_their_counts(name: str) -> None:
    with torch.device("meta"):
        made = GPT(PUBLISHED[name])
    assert made.parameters_count == PUBLISHED[name].parameters == COUNTS[name]


@pytest.mark.parametrize("config", [TINY, AFTER])
def test_a_token_sees_none_after_it(config: Config) -> None:
    made = model(config)
    tokens = torch.tensor([[1, 2, 3, 4, 5]])
    changed = torch.tensor([[1, 2, 3, 9, 5]])
    before, after = made(tokens), made(changed)
    assert torch.allclose(before[:, :3], after[:, :3], atol=1e-6)
    assert not torch.allclose(before[:, 3:], after[:, 3:], atol=1e-3)


@pytest.mark.parametrize("config", [TINY, AFTER])
@pytest.mark.parametrize("parts", [[1] * 12, [5, 1, 1, 4, 1], [12], [3, 9]])
def test_the_cache_changes_no_logits(config: Config, parts: list[int]) -> None:
    made = model(config)
    tokens = torch.randint(11, (2, 12), generator=torch.Generator().manual_seed(0))
    cache = Cache(made, batch=2)
    found = torch.cat([made(part, cache) for part in torch.split(tokens, parts, dim=1)], dim=1)
    torch.testing.assert_close(found, made(tokens), atol=1e-5, rtol=1e-5)
    cache.length = 4  # forgets what comes later
    torch.testing.assert_close(made(tokens[:, 4:7], cache), made(tokens)[:, 4:7], atol=1e-5, rtol=1e-5)


def test_a_reordered_cache_goes_on_with_the_other_text() -> None:
    made = model(TINY)
    cache = Cache(made, batch=2)
    made(torch.tensor([[1, 2], [3, 4]]), cache)
    cache.reorder(torch.tensor([1, 1]))
    found = made(torch.tensor([[5], [6]]), cache)
    torch.testing.assert_close(found[:, -1], made(torch.tensor([[3, 4, 5], [3, 4, 6]]))[:, -1], atol=1e-5, rtol=1e-5)


def test_the_loss_is_the_mean_surprise() -> None:
    made = model(TINY)
    tokens = torch.tensor([[1, 2, 3]])
    chances = torch.log_softmax(made(tokens), -1)[0]
    expected = -(chances[0, 2] + chances[1, 3] + chances[2, 4]) / 3
    torch.testing.assert_close(made.loss(tokens, torch.tensor([[2, 3, 4]])), expected)


def test_sizes_that_cannot_be_are_refused() -> None:
    with pytest.raises(GptError) as refused:
        Config(5, 5, 1, heads=3, width=8)
    assert refused.value.values == {"reason": "heads", "width": 8, "heads": 3}
    with pytest.raises(GptError) as refused:
        Config(5, 0, 1, 1, 8)
    assert refused.value.values == {"reason": "size", "name": "context", "value": 0}
    with pytest.raises(GptError) as refused:
        Config.of({"width": 3})
    assert refused.value.reason == "older"


@pytest.mark.parametrize("config", [TINY, AFTER])
def test_one_token_by_numpy_is_the_same(config: Config) -> None:
    made = model(config)
    cache = Cache(made)
    one = OneToken(made, cache)
    tokens = torch.randint(11, (1, 12), generator=torch.Generator().manual_seed(0))
    made(tokens[:, :3], cache)
    found = [one.logits(int(each)) for each in tokens[0, 3:]]
    expected = made(tokens)[0, 3:].numpy()
    assert np.stack(found) == pytest.approx(expected, abs=1e-5)
    assert cache.length == 12
