"""Makes the decision surface on the home screen: a small network trained on two spirals, with NumPy alone.

Run it to make `tui/drawing/decoration.npy` again: `python scripts/make_decoration.py`.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "tui" / "drawing" / "decoration.npy"
LAYERS = (2, 16, 16, 1)
STEPS, RATE, SEED = 3000, 0.01, 4
SHAPE = (48, 154)
"""Rows and columns of the surface."""

SPAN = (8.0, 2.5)
"""Half of its width and height, in the data's units: as wide as the corner of the page it fills."""


def spirals(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw points on two spirals, as TensorFlow Playground does: (2·count, 2) and their classes ±1."""
    turn = np.linspace(0.05, 1, count)
    points, classes = [], []
    for side in (0, 1):
        angle = 1.75 * turn * 2 * np.pi + side * np.pi
        noise = rng.normal(scale=0.08, size=(count, 2))
        points.append(np.column_stack([5 * turn * np.sin(angle), 5 * turn * np.cos(angle)]) + noise)
        classes.append(np.full(count, 1.0 if side else -1.0))
    return np.concatenate(points), np.concatenate(classes)


def train(points: np.ndarray, classes: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Train a tanh network by Adam on the squared error; each layer's bias is its matrix's last row."""
    weights = [
        rng.normal(scale=(1 / fan_in) ** 0.5, size=(fan_in + 1, fan_out)) for fan_in, fan_out in pairwise(LAYERS)
    ]
    first = [np.zeros_like(w) for w in weights]
    second = [np.zeros_like(w) for w in weights]
    for step in range(1, STEPS + 1):
        activations = forward(points / 3, weights)
        delta = (activations[-1] - classes[:, None]) * (1 - activations[-1] ** 2) / len(points)
        for layer in reversed(range(len(weights))):
            gradient = with_bias(activations[layer]).T @ delta
            delta = (delta @ weights[layer][:-1].T) * (1 - activations[layer] ** 2)
            first[layer] = 0.9 * first[layer] + 0.1 * gradient
            second[layer] = 0.999 * second[layer] + 0.001 * gradient**2
            moment = first[layer] / (1 - 0.9**step)
            weights[layer] -= RATE * moment / (np.sqrt(second[layer] / (1 - 0.999**step)) + 1e-8)
    return weights


def with_bias(values: np.ndarray) -> np.ndarray:
    """Append the constant input of the bias."""
    return np.column_stack([values, np.ones(len(values))])


def forward(points: np.ndarray, weights: list[np.ndarray]) -> list[np.ndarray]:
    """Give the activations of every layer, the input first."""
    found = [points]
    for weight in weights:
        found.append(np.tanh(with_bias(found[-1]) @ weight))
    return found


def main() -> None:
    """Train, draw the surface, write it as int8."""
    rng = np.random.default_rng(SEED)
    points, classes = spirals(250, rng)
    weights = train(points, classes, rng)
    correct = (np.sign(forward(points / 3, weights)[-1][:, 0]) == classes).mean()
    rows, columns = SHAPE
    x, y = np.meshgrid(np.linspace(-SPAN[0], SPAN[0], columns), np.linspace(SPAN[1], -SPAN[1], rows))
    surface = forward(np.column_stack([x.ravel(), y.ravel()]) / 3, weights)[-1].reshape(rows, columns)
    np.save(TARGET, np.rint(surface * 127).astype(np.int8))
    print(f"accuracy {correct:.3f}, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
