"""What stops a command of the operator, in words that say what to do."""


class OpsProblem(Exception):
    """`message` is a Vietnamese sentence for the terminal: what happened, why, what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
