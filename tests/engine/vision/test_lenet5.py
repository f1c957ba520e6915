import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from engine.vision.lenet5 import CODES, FORMS, TABLE, Form, LeNet5, loss, probabilities, scaled_tanh


def network(form: Form, seed: int = 0) -> LeNet5:
    return LeNet5(form, torch.Generator().manual_seed(seed))


def test_parameters_of_1998_layer_by_layer() -> None:
    model = network("1998")
    assert model.counts() == {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10164, "output": 0}
    assert sum(each.numel() for each in model.parameters() if each.requires_grad) == 60000


def test_connections_of_1998_layer_by_layer() -> None:
    found = network("1998").connections()
    expected = {"C1": 122304, "S2": 5880, "C3": 151600, "S4": 2000, "C5": 48120, "F6": 10164, "output": 840}
    assert found == expected and sum(found.values()) == 340908


def test_parameters_of_today_layer_by_layer() -> None:
    model = network("modern")
    assert model.counts() == {"C1": 156, "S2": 0, "C3": 2416, "S4": 0, "C5": 48120, "F6": 10164, "output": 850}
    assert sum(each.numel() for each in model.parameters()) == 61706


def test_the_table_is_that_of_the_paper() -> None:
    drawn = """
        X...XXX..XXXX.XX
        XX...XXX..XXXX.X
        XXX...XXX..X.XXX
        .XXX..XXXX..X.XX
        ..XXX..XXXX.XX.X
        ...XXX..XXXX.XXX"""
    rows = drawn.split()
    assert [tuple(seen for seen in range(6) if rows[seen][of] == "X") for of in range(16)] == list(TABLE)


@pytest.mark.parametrize("form", FORMS)
def test_shapes_of_all_layers(form: Form) -> None:
    layers = network(form).activations(torch.zeros(2, 1, 32, 32))
    assert {name: tuple(each.shape[1:]) for name, each in layers.items()} == {
        "C1": (6, 28, 28),
        "S2": (6, 14, 14),
        "C3": (16, 10, 10),
        "S4": (16, 5, 5),
        "C5": (120,),
        "F6": (84,),
        "output": (10,),
    }


def by_hand(model: LeNet5, x: np.ndarray) -> np.ndarray:
    """The network of 1998, unit by unit, in float64."""

    def numbers(name: str) -> np.ndarray:
        return np.asarray(model.state_dict()[name].double())

    def squash(a: np.ndarray) -> np.ndarray:
        return np.asarray(1.7159 * np.tanh(2 / 3 * a))

    def convolved(maps: np.ndarray, kernels: np.ndarray) -> np.ndarray:
        size = maps.shape[1] - 4
        patches = ((maps[:, i : i + 5, j : j + 5] * kernels).sum() for i in range(size) for j in range(size))
        return np.array(list(patches)).reshape(size, size)

    def subsampled(maps: np.ndarray, layer: str) -> np.ndarray:
        n, size, _ = maps.shape
        sums = maps.reshape(n, size // 2, 2, size // 2, 2).sum((2, 4))
        return squash(sums * numbers(f"{layer}.coefficient") + numbers(f"{layer}.bias"))

    first = [convolved(x, kernel) + bias for kernel, bias in zip(numbers("C1.weight"), numbers("C1.bias"), strict=True)]
    s2 = subsampled(squash(np.array(first)), "S2")
    kernels, place, c3 = numbers("C3.kernels"), 0, []
    for maps, bias in zip(TABLE, numbers("C3.bias"), strict=True):
        c3.append(convolved(s2[list(maps)], kernels[place : place + len(maps)]) + bias)
        place += len(maps)
    s4 = subsampled(squash(np.array(c3)), "S4")
    c5 = squash(numbers("C5.weight") @ s4.ravel() + numbers("C5.bias"))
    f6 = squash(numbers("F6.weight") @ c5 + numbers("F6.bias"))
    return np.array([-np.square(f6 - code.ravel()).sum() for code in CODES])


def test_1998_equals_the_paper_computed_by_hand() -> None:
    model = network("1998")
    with torch.no_grad():
        for each in (model.S2, model.S4):
            for parameter in each.parameters():
                parameter.add_(torch.rand(parameter.shape, generator=torch.Generator().manual_seed(1)))
    x = torch.randn(1, 1, 32, 32, generator=torch.Generator().manual_seed(2))
    with torch.inference_mode():
        found = model(x)[0].double().numpy()
    np.testing.assert_allclose(found, by_hand(model, x[0].double().numpy()), rtol=1e-4)


def test_modern_equals_a_stack_of_torch_layers() -> None:
    model = network("modern")
    stack = nn.Sequential(
        *(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )
    stack.load_state_dict(dict(zip(stack.state_dict(), model.state_dict().values(), strict=True)))
    x = torch.randn(5, 1, 32, 32, generator=torch.Generator().manual_seed(2))
    torch.testing.assert_close(model(x), stack(x))


@pytest.mark.parametrize("form", FORMS)
def test_with_and_without_gradients_it_computes_the_same(form: Form) -> None:
    model, x = network(form), torch.randn(3, 1, 32, 32, generator=torch.Generator().manual_seed(2))
    with torch.inference_mode():
        quick = model(x)
    torch.testing.assert_close(model(x).detach(), quick.clone())


def test_scaled_tanh_is_one_at_one() -> None:
    assert torch.allclose(scaled_tanh(torch.tensor([-1.0, 0.0, 1.0])), torch.tensor([-1.0, 0.0, 1.0]), atol=1e-4)
    assert float(scaled_tanh(torch.tensor(100.0))) == pytest.approx(1.7159)


def test_kernels_are_zero_where_the_table_has_no_connection() -> None:
    kernels = network("1998").kernels()
    assert kernels["C1"].shape == (6, 1, 5, 5) and kernels["C3"].shape == (16, 6, 5, 5)
    connected = {(of, seen) for of, maps in enumerate(TABLE) for seen in maps}
    assert {tuple(each) for each in kernels["C3"].abs().sum((2, 3)).nonzero().tolist()} == connected


def test_codes_are_pictures_of_ten_different_digits() -> None:
    assert CODES.shape == (10, 12, 7) and set(np.unique(CODES)) == {-1.0, 1.0}
    flat = CODES.reshape(10, 84)
    apart = ((flat[:, None] != flat[None]).sum(-1) + 84 * np.eye(10, dtype=int)).min()
    assert apart >= 8  # pixels in which the two most alike differ


def test_the_loss_of_1998_is_equation_9() -> None:
    model = network("1998")
    scores = -torch.tensor([[2.0, 30.0, 40.0, 25.0, 60.0, 33.0, 21.0, 80.0, 24.0, 90.0]])
    y = -scores[0] / 8
    expected = y[3] + torch.log(torch.exp(torch.tensor(-3.0)) + torch.exp(-y).sum())
    torch.testing.assert_close(loss(model, scores, torch.tensor([3])), expected)


def test_the_loss_of_today_is_the_cross_entropy() -> None:
    scores = torch.tensor([[1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]])
    expected = F.cross_entropy(scores, torch.tensor([1]))
    torch.testing.assert_close(loss(network("modern"), scores, torch.tensor([1])), expected)


@pytest.mark.parametrize("form", FORMS)
def test_probabilities_sum_to_one_and_agree_with_the_answer(form: Form) -> None:
    model = network(form)
    scores = model(torch.randn(4, 1, 32, 32, generator=torch.Generator().manual_seed(2))).detach()
    found = probabilities(model, scores)
    torch.testing.assert_close(found.sum(1), torch.ones(4))
    assert torch.equal(found.argmax(1), scores.argmax(1))


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="modern"):
        LeNet5("1999")  # type: ignore[arg-type]
