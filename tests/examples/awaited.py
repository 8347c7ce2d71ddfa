"""Operations whose examples are still to be recorded; the list has to be empty in the end."""

AWAITED: frozenset[str] = frozenset(
    {
    }
)
