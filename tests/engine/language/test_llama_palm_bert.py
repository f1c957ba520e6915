"""LLaMA, PaLM and BERT as their papers have them: against plain NumPy, and by what each may look at."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.language.bert import Bert, BertConfig
from engine.language.llama import Llama, LlamaConfig
from engine.language.palm import Palm, PalmConfig
from engine.language.rotary import rotated

TOKENS = torch.tensor([[3, 14, 1, 5, 9, 2]])
Array = np.ndarray


def made(model: nn.Module) -> nn.Module:
    """The model with weights large enough to tell one formula from another."""
    generator = torch.Generator().manual_seed(0)
    for parameter in model.parameters():
        parameter.data = 0.4 * torch.randn(parameter.shape, generator=generator, dtype=torch.float64)
    return model.eval()


def llama(key_heads: int = 2) -> nn.Module:
    return made(Llama(LlamaConfig(20, 8, layers=2, heads=4, key_heads=key_heads, width=16, inner=24)))


def palm() -> nn.Module:
    return made(Palm(PalmConfig(20, 8, layers=2, heads=3, size=4, width=16, inner=32)))


def bert() -> nn.Module:
    return made(Bert(BertConfig(20, 8, layers=2, heads=4, width=16)))


def weights(model: nn.Module) -> dict[str, Array]:
    return {name: parameter.detach().numpy() for name, parameter in model.named_parameters()}


def turned(x: Array) -> Array:
    """Rotary positions over (T, d), by complex numbers."""
    length, size = x.shape
    pairs = x[:, 0::2] + 1j * x[:, 1::2]
    θ = 10_000.0 ** (-np.arange(0, size, 2, dtype=np.float32) / np.float32(size))
    pairs = pairs * np.exp(1j * np.outer(np.arange(length), θ))
    return np.stack([pairs.real, pairs.imag], -1).reshape(length, size)


def attended(q: Array, k: Array, v: Array) -> Array:
    """Causal attention of one head, token by token."""
    rows = []
    for t in range(len(q)):
        scores = k[: t + 1] @ q[t] / np.sqrt(q.shape[1])
        shares = np.exp(scores - scores.max())
        rows.append(shares / shares.sum() @ v[: t + 1])
    return np.array(rows)


def swiglu(x: Array, w: dict[str, Array], at: str) -> Array:
    gate = x @ w[f"{at}.gate.weight"].T
    return (gate / (1 + np.exp(-gate)) * (x @ w[f"{at}.inner.weight"].T)) @ w[f"{at}.output.weight"].T


def heads(x: Array, w: dict[str, Array], at: str, count: int, shared: int) -> Array:
    q, k, v = (x @ w[f"{at}.attention.{each}.weight"].T for each in ("query", "key", "value"))
    size = q.shape[1] // count
    found = []
    for head in range(count):
        mine = slice(head * size, (head + 1) * size)
        theirs = slice(head // shared * size, (head // shared + 1) * size)
        found.append(attended(turned(q[:, mine]), turned(k[:, theirs]), v[:, theirs]))
    return np.concatenate(found, 1) @ w[f"{at}.attention.output.weight"].T


@pytest.mark.parametrize("key_heads", [1, 2, 4])
def test_llama_computes_what_its_paper_says(key_heads: int) -> None:
    model = llama(key_heads)
    w = weights(model)

    def normed(x: Array, name: str) -> Array:
        return x / np.sqrt((x**2).mean(1, keepdims=True) + 1e-5) * w[f"{name}.weight"]

    x = w["tokens.weight"][TOKENS[0]]
    for at in ("blocks.0", "blocks.1"):
        x = x + heads(normed(x, f"{at}.norm1"), w, at, 4, 4 // key_heads)
        x = x + swiglu(normed(x, f"{at}.norm2"), w, f"{at}.mlp")
    expected = normed(x, "norm") @ w["head.weight"].T

    np.testing.assert_allclose(model(TOKENS)[0].detach().numpy(), expected, rtol=1e-4, atol=1e-5)


def test_palm_computes_what_its_paper_says() -> None:
    model = palm()
    w = weights(model)

    def normed(x: Array, name: str) -> Array:
        centred = x - x.mean(1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(1, keepdims=True) + 1e-5) * w[f"{name}.weight"]

    x = w["tokens.weight"][TOKENS[0]]
    for at in ("blocks.0", "blocks.1"):
        y = normed(x, f"{at}.norm")
        x = x + heads(y, w, at, 3, 3) + swiglu(y, w, f"{at}.mlp")
    expected = normed(x, "norm") @ w["tokens.weight"].T / 4

    np.testing.assert_allclose(model(TOKENS)[0].detach().numpy(), expected, rtol=1e-4, atol=1e-5)


def test_bert_is_torchs_encoder_over_its_three_tables() -> None:
    model = bert()
    assert isinstance(model, Bert)
    layer = nn.TransformerEncoderLayer(16, 4, 64, 0.0, "gelu", 1e-12, batch_first=True, dtype=torch.float64)
    segments = torch.tensor([[0, 0, 0, 1, 1, 1]])
    x = model.tokens(TOKENS) + model.positions.weight[:6] + model.segments(segments)
    x = model.norm(x)
    for block in model.blocks:
        theirs = {
            "self_attn.in_proj_weight": block.attention.qkv.weight,
            "self_attn.in_proj_bias": block.attention.qkv.bias,
            "self_attn.out_proj.weight": block.attention.output.weight,
            "self_attn.out_proj.bias": block.attention.output.bias,
            "linear1.weight": block.mlp.inner.weight,
            "linear1.bias": block.mlp.inner.bias,
            "linear2.weight": block.mlp.output.weight,
            "linear2.bias": block.mlp.output.bias,
            **{f"norm1.{each}": getattr(block.norm1, each) for each in ("weight", "bias")},
            **{f"norm2.{each}": getattr(block.norm2, each) for each in ("weight", "bias")},
        }
        layer.load_state_dict(theirs)
        x = layer.eval()(x)
    found, text = model(TOKENS, segments)

    torch.testing.assert_close(found, x)
    torch.testing.assert_close(text, torch.tanh(x[:, 0] @ model.pooler.weight.T + model.pooler.bias))


@pytest.mark.parametrize("make", [llama, palm])
def test_a_decoder_looks_at_nothing_after(make) -> None:
    model, other = make(), TOKENS.clone()
    other[0, 4:] = 7
    before, after = model(TOKENS), model(other)

    torch.testing.assert_close(before[:, :4], after[:, :4])
    assert not torch.allclose(before[:, 4:], after[:, 4:])


def test_bert_looks_both_ways() -> None:
    model, other = bert(), TOKENS.clone()
    other[0, 5] = 7

    assert not torch.allclose(model(TOKENS)[0][:, 0], model(other)[0][:, 0])


def test_rotary_products_see_the_distance_only() -> None:
    generator = torch.Generator().manual_seed(1)
    q, k = (torch.randn(1, 1, 1, 8, generator=generator) for _ in range(2))

    def product(at: int, other: int) -> Tensor:
        return (rotated(q, at) * rotated(k, other)).sum()

    torch.testing.assert_close(product(3, 1), product(40, 38), rtol=1e-4, atol=1e-5)
    assert abs(product(3, 1) - product(3, 2)) > 1e-3
    torch.testing.assert_close(rotated(q).norm(), q.norm())
    torch.testing.assert_close(rotated(q, 0), q)
