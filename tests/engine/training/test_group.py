"""What several processes compute together is what one computes alone; how they share it out, seen in one process."""

from itertools import pairwise

import pytest
import torch

from engine.data.digits import digits
from engine.language.gpt.dropout import Dropout
from engine.training.group import ALONE, Group
from engine.vision.batches import Batches


def groups(size: int) -> list[Group]:
    return [Group(rank, size) for rank in range(size)]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("count", [1, 2, 7, 32])
def test_every_example_is_one_processes_and_the_weighed_losses_mean_is_that_of_all(size: int, count: int) -> None:
    losses = torch.linspace(0.5, 3.0, count)
    shares = [losses[each.share(count)] for each in groups(size)]
    own = [each.own(count) for each in groups(size)]
    assert sum(own) == count and max(own) - min(own) <= 1 and min(map(len, shares)) >= 1
    assert torch.equal(torch.cat([share[:n] for share, n in zip(shares, own, strict=True)]), losses)
    parts = [each.weighed(share.mean(), count) for each, share in zip(groups(size), shares, strict=True)]
    assert float(torch.stack(parts).mean()) == pytest.approx(float(losses.mean()), rel=1e-6)


def test_alone_nothing_is_shared() -> None:
    loss, module = torch.tensor(1.5), torch.nn.Linear(1, 1)
    assert ALONE.weighed(loss, 3) is loss and ALONE.joined(module) is module
    assert ALONE.total(loss) is loss and ALONE.mean(loss) is loss and ALONE.told(7) == 7


@pytest.mark.parametrize(("images", "batch", "shift"), [(100, 13, 1.5), (50, 64, 1.0), (9, 4, 0)])
def test_augmentation_is_drawn_by_example_whatever_the_number_of_processes(
    images: int, batch: int, shift: float
) -> None:
    def batches(group: Group) -> Batches:
        return Batches(digits()[0], images=images, batch=batch, shift=shift, seed=3, device="cpu", group=group)

    whole = batches(ALONE)
    parts = [batches(each) for each in groups(3)]
    for epoch, place in ((0, 0), (0, whole.count - 1), (2, whole.count // 2)):
        count = whole.whole(place)
        found = [each.at(epoch, place) for each in parts]
        for part, expected in enumerate(whole.at(epoch, place)):
            own = [each[part][: group.own(count)] for each, group in zip(found, groups(3), strict=True)]
            assert torch.equal(torch.cat(own), expected)


def test_dropout_is_drawn_by_example_too() -> None:
    x, q = torch.rand(5, 4, 6) + 1, torch.randn(5, 2, 4, 8)

    def drawn(dropout: Dropout, rows: slice) -> list[torch.Tensor]:
        torch.manual_seed(1)
        return [dropout(x[rows]), dropout.attention(q[rows], q[rows], q[rows])]

    whole = drawn(Dropout(0.3), slice(None))
    assert 0.1 < float((whole[0] == 0).float().mean()) < 0.5
    for begin, end in pairwise((0, 2, 5)):
        part = Dropout(0.3)
        part.share(slice(begin, end), 5)
        for own, expected in zip(drawn(part, slice(begin, end)), whole, strict=True):
            torch.testing.assert_close(own, expected[begin:end], rtol=1e-5, atol=1e-6)
