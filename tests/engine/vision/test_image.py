"""Photographs as a network gets them, and files that are none."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.vision import image
from engine.vision.image import PHOTOGRAPHS, ImageError, network_input, photograph, read, square


def saved(path: Path, picture: Image.Image) -> Path:
    picture.save(path)
    return path


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_the_shipped_photographs_are_there(name: image.Photograph) -> None:
    pixels = photograph(name)
    assert pixels.shape == (427, 640, 3) and pixels.dtype == np.uint8
    x = network_input(pixels, (3, 224, 224))
    assert x.shape == (1, 3, 224, 224)
    assert abs(float(x.mean())) < 1.5 and 0.5 < float(x.std()) < 2


def test_another_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="moon"):
        photograph("moon")  # type: ignore[arg-type]


def test_the_middle_is_seen() -> None:
    pixels = np.zeros((256, 512, 3), np.uint8)
    pixels[16:-16, 144:-144] = 255
    assert (square(pixels, 224) == 255).all()


def test_lenet_gets_ink_where_it_is_dark() -> None:
    x = network_input(np.zeros((40, 40, 3), np.uint8), (1, 32, 32))
    assert x.shape == (1, 1, 32, 32)
    assert float(x.mean()) == pytest.approx(1.175, abs=1e-5)
    assert float(network_input(np.full((4, 4, 3), 255, np.uint8), (1, 32, 32)).mean()) == pytest.approx(-0.1, abs=1e-5)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
def test_the_thinnest_images_are_seen(size: tuple[int, int], tmp_path: Path) -> None:
    pixels = read(saved(tmp_path / "a.png", Image.new("RGB", size, (10, 200, 30))))
    assert square(pixels, 224)[100, 100].tolist() == [10, 200, 30]


@pytest.mark.parametrize("size", ["20000 20000", "12000 8000", "8000 7000"])
def test_the_largest_are_refused_before_they_are_decoded(size: str, tmp_path: Path) -> None:
    (tmp_path / "a.pbm").write_bytes(f"P4\n{size}\n".encode())
    with pytest.raises(ImageError, match="large"):
        read(tmp_path / "a.pbm")


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    clear.putpixel((1, 1), (255, 0, 0, 255))
    pixels = read(saved(tmp_path / "a.png", clear))
    assert pixels[0, 0].tolist() == [255, 255, 255] and pixels[1, 1].tolist() == [255, 0, 0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_mode_is_read(mode: str, tmp_path: Path) -> None:
    name = "a.tiff" if mode == "CMYK" else "a.png"
    picture = Image.linear_gradient("L")
    picture = Image.fromarray(np.uint16(picture) * 200) if mode == "I;16" else picture.convert(mode)
    pixels = read(saved(tmp_path / name, picture))
    assert pixels.shape == (256, 256, 3)
    assert int(pixels[-1].mean()) > 250 > int(pixels[0].mean())


def test_a_turned_photograph_is_set_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (20, 10)).save(tmp_path / "a.jpg", exif=exif)
    assert read(tmp_path / "a.jpg").shape == (20, 10, 3)


def test_what_is_no_image_is_refused(tmp_path: Path) -> None:
    for reason, content in {"missing": None, "unreadable": b"no image"}.items():
        if content is not None:
            (tmp_path / "a.png").write_bytes(content)
        with pytest.raises(ImageError) as caught:
            read(tmp_path / "a.png")
        assert caught.value.values["reason"] == reason
    whole = saved(tmp_path / "b.png", Image.effect_noise((64, 64), 50)).read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"):
        (tmp_path / "b.png").write_bytes(content)
        with pytest.raises(ImageError, match="unreadable"):
            read(tmp_path / "b.png")
