from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from engine.data.digits import digits
from engine.vision.prepare import ImageError, like_mnist, network_input, read_image, stroke_width


def seven(side: int = 200, width: int = 14) -> np.ndarray:
    """A 7 in the lower left of a picture, ink 0…1."""
    image = Image.new("L", (side, side))
    place = [(side * 0.1, side * 0.35), (side * 0.5, side * 0.35), (side * 0.25, side * 0.9)]
    ImageDraw.Draw(image).line(place, fill=255, width=width, joint="curve")
    return np.asarray(image, np.float32) / 255


def same_digit(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether two pictures agree, but for a pixel of shift."""
    moved = [np.roll(second, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return max(np.corrcoef(first.ravel(), each.ravel())[0, 1] for each in moved) > 0.8


def test_the_network_is_given_a_border_and_the_papers_values() -> None:
    images = np.zeros((2, 28, 28), np.uint8)
    images[1] = 255
    found = network_input(images)
    assert found.shape == (2, 1, 32, 32) and found.dtype == torch.float32
    assert torch.all(found[0] == -0.1) and torch.allclose(found[1, 0, 2:30, 2:30], torch.tensor(1.175))
    assert torch.all(found[1, 0, :2] == -0.1) and torch.all(found[1, 0, :, 30:] == -0.1)
    torch.testing.assert_close(network_input(images / 255.0), found)


def test_a_drawing_fills_the_box_with_its_centre_of_mass_in_the_middle() -> None:
    found = like_mnist(seven())
    rows, columns = np.nonzero(found > 0.1)
    assert found.shape == (28, 28) and found.dtype == np.float32 and found.min() >= 0 and found.max() <= 1
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == pytest.approx(20, abs=1)
    places = np.arange(28) + 0.5
    assert found.sum(0) @ places / found.sum() == pytest.approx(14.5, abs=0.51)
    assert found.sum(1) @ places / found.sum() == pytest.approx(14.5, abs=0.51)


def test_size_place_and_strokes_of_a_drawing_do_not_matter() -> None:
    usual = like_mnist(seven())
    assert same_digit(usual, like_mnist(np.roll(seven(), (-30, 60), (0, 1))))
    assert same_digit(usual, like_mnist(seven(800, 40)))
    assert same_digit(usual, like_mnist(seven(200, 4)))
    assert 1.5 < stroke_width(np.pad(like_mnist(seven(200, 2)), 2)) < 3


@pytest.mark.parametrize("shape", [(28, 28), (1, 1), (3, 200)])
def test_empty_stays_empty(shape: tuple[int, int]) -> None:
    assert not like_mnist(np.zeros(shape)).any() and not like_mnist(np.full(shape, np.nan)).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (30, 1), (2, 900)])
def test_any_shape_is_taken(shape: tuple[int, int]) -> None:
    assert like_mnist(np.ones(shape)).max() > 0.5


def photographed(ink: np.ndarray, light: float = 0.35) -> np.ndarray:
    """Dark ink on paper that gets darker to the right, with noise."""
    paper = np.linspace(0.95, 0.95 - light, ink.shape[1])[None]
    noise = np.random.default_rng(0).normal(scale=0.02, size=ink.shape)
    return np.asarray((paper * (1 - 0.7 * ink) + noise).clip(0, 1))


def saved(path: Path, brightness: np.ndarray, mode: str = "L") -> Path:
    Image.fromarray((brightness * 255).astype(np.uint8)).convert(mode).save(path)
    return path


def test_an_image_is_read_whichever_is_dark(tmp_path: Path) -> None:
    usual = like_mnist(seven())
    cases = {
        "dark.png": 1 - seven(),
        "light.png": seven(),
        "faint.png": 0.9 - 0.15 * seven(),
        "photo.jpg": photographed(seven()),
        "chalk.jpg": 1 - photographed(seven(), 0.2),
        "large.png": 1 - seven(1600, 110),
        "small.png": 1 - seven(28, 3),
        "cropped.png": 1 - seven()[68:184, 18:102],
    }
    for name, brightness in cases.items():
        found = read_image(saved(tmp_path / name, brightness))
        assert found.min() >= 0 and found.max() <= 1
        assert same_digit(usual, like_mnist(found)), name


def test_dirt_and_what_reaches_over_the_border_is_no_ink(tmp_path: Path) -> None:
    dirty = 1 - seven()
    dirty[20:23, 150:153] = 0
    dirty[:, 192:] = 0.2
    assert same_digit(like_mnist(seven()), like_mnist(read_image(saved(tmp_path / "dirty.png", dirty))))


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "RGBA", "CMYK", "I;16", "LA"])
def test_any_kind_of_image_is_read(mode: str, tmp_path: Path) -> None:
    path = tmp_path / ("a.tif" if mode in ("CMYK", "I;16") else "a.png")
    if mode == "I;16":
        Image.fromarray((seven() * 40000).astype(np.uint16)).save(path)
    else:
        saved(path, 1 - seven(), mode)
    assert same_digit(like_mnist(seven()), like_mnist(read_image(path)))


@pytest.mark.parametrize("ink", [0, 255])
def test_a_transparent_image_is_held_against_its_opposite(ink: int, tmp_path: Path) -> None:
    pixels = np.full((200, 200, 4), ink, np.uint8)
    pixels[..., 3] = (seven() * 255).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    assert same_digit(like_mnist(seven()), like_mnist(read_image(tmp_path / "a.png")))


def test_a_picture_of_nothing_has_no_ink(tmp_path: Path) -> None:
    for brightness in (np.zeros((50, 50)), np.full((9, 70), 0.5), photographed(np.zeros((99, 99)))):
        assert not like_mnist(read_image(saved(tmp_path / "a.png", brightness))).any()


def test_what_is_no_image_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("seven")
    (tmp_path / "nothing.png").touch()
    whole = saved(tmp_path / "cut.png", 1 - seven()).read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    cases = {"text.png": "unreadable", "nothing.png": "unreadable", "cut.png": "unreadable", "no.png": "missing"}
    for name, reason in {**cases, ".": "missing"}.items():
        with pytest.raises(ImageError) as raised:
            read_image(tmp_path / name)
        assert raised.value.values == {"path": str(tmp_path / name), "reason": reason}


def test_digits_of_mnist_come_back_from_files_nearly_as_they_are(tmp_path: Path) -> None:
    _, test = digits()
    same = 0
    for image in test.images[:20]:
        path = saved(tmp_path / "a.png", 1 - image / 255)
        same += same_digit(image / 255, like_mnist(read_image(path)))
    assert same >= 19  # the third has room around it that MNIST's others have not
