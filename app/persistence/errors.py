"""What loading and saving may raise. None of them carries a value."""


class NotThere(LookupError):
    """No such row."""

    def __init__(self) -> None:
        super().__init__("no such row")


class Overtaken(Exception):
    """Somebody else changed the row first; nothing was written."""

    def __init__(self) -> None:
        super().__init__("the row was changed by somebody else")


class AlreadyThere(Exception):
    """The same thing was written before; nothing was written now."""

    def __init__(self) -> None:
        super().__init__("this was written before")
