"""What can be wrong with the networks of a file or of a run."""


class CausalProblem(ValueError):
    """Networks that can't be taken; `values` has the `reason` and the name of the file as `path`.

    - unreadable: it is no whole file of weights.
    - other_size: its networks have another shape than those of this nnlab with these settings.
    """

    def __init__(self, reason: str, path: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason
        self.values = {"reason": reason, "path": path}
