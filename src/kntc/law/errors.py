"""What the rulebook answers when it cannot answer. `str()` of each is a Vietnamese sentence for people."""


class LawError(ValueError):
    """The rulebook refuses the question."""


class UnknownRule(LawError):
    """No text that this rulebook holds settles the question on that day: "chưa xác định", never a guess."""


class InvalidTerm(LawError):
    """The question contradicts the law: an extension too many, a suspension without a basis."""


class ClockStopped(LawError):
    """The term is suspended and has not been resumed: it has no last day yet."""
