"""Dropout (Srivastava et al. 2014), whose noise stays that of the whole batch where processes share one."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Dropout(nn.Module):
    """Sets values to zero with probability `p`, and multiplies the others by 1/(1 − p)."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self._rows, self._whole = slice(None), 0

    @property
    def shared(self) -> bool:
        """Whether what comes is a part of a batch."""
        return self._whole > 0

    def share(self, rows: slice, whole: int) -> None:
        """From now on what comes are these rows of a batch of so many: noise is drawn for all of it."""
        self._rows, self._whole = rows, whole

    def forward(self, x: Tensor) -> Tensor:
        """(B, …) to the same shape; what it is given is set to zero whether it trains or not."""
        if not self.shared:
            return F.dropout(x, self.p)
        return x * F.dropout(x.new_ones(self._whole, *x.shape[1:]), self.p)[self._rows]

    def attention(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Causal softmax(q kᵀ/√d) v, each (B, H, T, d), with dropout of the shares of attention."""
        if not self.shared:
            return F.scaled_dot_product_attention(q, k, v, dropout_p=self.p, is_causal=True)
        future = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool, device=q.device).triu(1)
        scores = (q @ k.transpose(2, 3) / q.shape[3] ** 0.5).masked_fill(future, -torch.inf)
        return self(torch.softmax(scores, -1)) @ v  # type: ignore[no-any-return]
