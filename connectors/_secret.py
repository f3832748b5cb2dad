"""Secret: a token or a password that cannot be printed by accident."""


class Secret:
    """A secret value; `reveal()` is the only way to it, and its repr, str and format are masked."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Keep `value` from sight."""
        self._value = value

    def reveal(self) -> str:
        """Return the secret itself, for the one place that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


class BasicLogin(Secret):
    """A user's password, sent together with their name (HTTP Basic) where a bare `Secret` is sent as a bearer token."""

    __slots__ = ("user",)

    def __init__(self, user: str, password: str) -> None:
        """Keep `password` from sight; the name is no secret."""
        super().__init__(password)
        self.user = user

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BasicLogin) and other.user == self.user and super().__eq__(other)

    def __hash__(self) -> int:
        return hash((self.user, self._value))
