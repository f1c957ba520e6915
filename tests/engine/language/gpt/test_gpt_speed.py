from pathlib import Path

import pytest
import torch

from engine.language.gpt import plain, speed
from engine.language.gpt.config import Config
from engine.language.gpt.model import GPT

CONFIG = Config(vocabulary=65, context=6, layers=2, heads=2, width=8)


@torch.no_grad()
def test_the_plain_gpt_is_the_same_network() -> None:
    ours, other = GPT(CONFIG).eval(), plain.PlainGPT(CONFIG).eval()
    mine, theirs = list(ours.parameters()), list(other.parameters())
    assert [each.shape for each in mine] == [each.shape for each in theirs]
    for own, each in zip(mine, theirs, strict=True):
        own.copy_(each)
    tokens = torch.tensor([[1, 2, 3, 4]])
    torch.testing.assert_close(ours(tokens)[:, -1:], other(tokens)[0], atol=1e-5, rtol=1e-5)
    inputs, targets = tokens[:, :-1].contiguous(), tokens[:, 1:].contiguous()
    torch.testing.assert_close(ours.loss(inputs, targets), other(inputs, targets)[1])
    assert len(plain.write(other, [0], 9)) == 10


@pytest.mark.parametrize("who", ["ours", "plain"])
def test_speeds_are_tokens_a_second(monkeypatch: pytest.MonkeyPatch, who: speed.Who) -> None:
    monkeypatch.setitem(speed.SIZES, "small", (CONFIG, 2))
    monkeypatch.setattr(speed, "LENGTH", 500)
    speed._work.cache_clear()
    threads = torch.get_num_threads()
    assert speed.learning(who, "small", 2, threads) > 0
    assert speed.writing(who, "small", 3, threads) > 0
    speed._work.cache_clear()


def test_a_folder_without_nanogpt_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        speed.nano_gpt(tmp_path)
