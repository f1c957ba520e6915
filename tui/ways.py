"""The ways back: which lab's link has led to the lab before the learner."""

MOST = 20
"""Links one after another whose ways back are known."""


class Ways:
    """Links followed one after another; a way back holds while the learner stays where the link has led."""

    def __init__(self) -> None:
        self._ways: list[tuple[str, str]] = []

    def led(self, lab: str, to: str) -> None:
        """Note that a link in one lab has led to another."""
        self.at(lab)
        self._ways = [*self._ways[1 - MOST :], (lab, to)]

    def at(self, lab: str) -> None:
        """Forget the ways where the learner has gone elsewhere than a link has led."""
        if self._ways and self._ways[-1][1] != lab:
            self._ways = []

    def forget(self) -> None:
        """Forget all: the learner has gone home."""
        self._ways = []

    def back_from(self, lab: str) -> str | None:
        """Give the lab whose link has led to this one."""
        return self._ways[-1][0] if self._ways and self._ways[-1][1] == lab else None

    def pop(self) -> str:
        """Take the last way back; gives the lab that it leads to."""
        return self._ways.pop()[0]
