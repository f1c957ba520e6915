import torch

from engine.vision.augmentation import vary


def random(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def block(n: int) -> torch.Tensor:
    images = torch.full((n, 1, 32, 32), -0.1)
    images[:, :, 10:22, 13:19] = 1.175
    return images


def test_without_shift_pictures_stay_as_they_are() -> None:
    images = block(3)
    assert vary(images, 0, random()) is images


def test_pictures_vary_around_what_they_were() -> None:
    images = block(1000)
    before = images.clone()
    varied = vary(images, 1.0, random())
    assert torch.equal(images, before) and varied.shape == images.shape
    ink = (varied + 0.1).clamp(min=0)[:, 0]
    mass, places = ink.sum((1, 2)), torch.arange(32) + 0.5
    centres = torch.stack([(ink.sum(axis) * places).sum(1) / mass for axis in (1, 2)])
    assert (centres.mean(1) - 16).abs().max() < 0.15
    assert centres.std(1).min() > 0.4 and centres.std(1).max() < 0.8  # evenly in ±1 pixel: 0.58
    assert mass.std() > 10 and ((mass.mean() / (12 * 6 * 1.275)) - 1).abs() < 0.1


def test_more_shift_varies_more() -> None:
    first, second = (float((vary(block(200), shift, random()) - block(200)).square().mean()) for shift in (0.5, 2.0))
    assert second > 2 * first


def test_the_generator_decides_alone() -> None:
    assert torch.equal(vary(block(600), 1.0, random()), vary(block(600), 1.0, random()))
    assert not torch.equal(vary(block(600), 1.0, random()), vary(block(600), 1.0, random(1)))
