"""How much work one canonicalisation and one verification may cost, and measuring a document before any is done."""

from typing import Any

import msgspec

from gateway.proofs.errors import BudgetExceeded


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """Upper bounds, all inclusive.

    The most complete official Open Badges 3.0 example has depth 11, 553 values, 92 types, 363 quads and
    42 blank nodes.

    Attributes:
        depth: Of nested objects and arrays.
        values: JSON values of every kind, objects and arrays among them.
        characters: Of all texts and member names together.
        types: Entries of all ``type`` members together; each may bring a context of its own.
        siblings: Values of one property of one node; pyld compares each with each.
        quads: Of the RDF dataset.
        blank_nodes: Of the RDF dataset.
        nquads: Characters of the canonical form: a long id is repeated for each thing said of it.
        steps: Of RDFC-1.0 beyond the first degree: n-degree calls, quads looked at, blank nodes tried.
        nesting: Of RDFC-1.0's recursion.
        cpu_s: Seconds of this thread's processor for RDFC-1.0 beyond the first degree; what stops it nearly
            always is ``steps``, which does not depend on the machine.
    """

    depth: int = 32
    values: int = 5_000
    characters: int = 2_000_000
    types: int = 1_500
    siblings: int = 400
    quads: int = 5_000
    blank_nodes: int = 1_000
    nquads: int = 4_000_000
    steps: int = 50_000
    nesting: int = 100
    cpu_s: float = 1.0


DEFAULT = Budget()

OF_PROOF = Budget(
    depth=8,
    values=64,
    characters=20_000,
    types=16,
    siblings=16,
    quads=64,
    blank_nodes=16,
    nquads=200_000,
    steps=1_000,
    nesting=16,
    cpu_s=0.1,
)
"""For a proof without its value: about ten members, and each proof of a document is canonicalised by itself."""


class Allowance:
    """What all canonicalisations of one verification may cost together: its own, or those of its status lists.

    A document whose proofs are all wrong is canonicalised once for each body of its contexts, which are two today;
    the default lets the largest have that and eight proofs, and nothing else.

    Args:
        values: JSON values, counted anew for each canonicalisation.
        steps: Of RDFC-1.0, as ``Budget.steps``.
    """

    def __init__(
        self,
        values: int = 2 * (DEFAULT.values + 8 * OF_PROOF.values),
        steps: int = 2 * (DEFAULT.steps + 8 * OF_PROOF.steps),
    ) -> None:
        self._values = values
        self._steps = steps

    def spend(self, *, values: int = 0, steps: int = 0) -> None:
        """Take away what a canonicalisation is about to cost, or has cost.

        Raises:
            BudgetExceeded: There is not so much left.
        """
        self._values -= values
        self._steps -= steps
        if self.is_exhausted:
            raise BudgetExceeded("this verification has cost too much already")

    @property
    def is_exhausted(self) -> bool:
        """Whether something was refused because there was not so much left."""
        return self._values < 0 or self._steps < 0

    def share(self, budget: Budget) -> "Allowance":
        """Return an allowance for one part, as large as its budget; this one loses no more, whatever becomes of it.

        Anybody may add a proof to a document: what it breaks must not be missing for the others.

        Raises:
            BudgetExceeded: There is nothing left.
        """
        self.spend()
        return _Share(self, budget)

    def exhaust(self) -> None:
        """Leave nothing: what broke a budget once has cost all of it, and would do so again."""
        self._values = self._steps = -1


class _Share(Allowance):
    """What a part spends, the whole spends too; what it breaks is its own."""

    def __init__(self, whole: Allowance, budget: Budget) -> None:
        super().__init__(budget.values, budget.steps)
        self._whole = whole

    def spend(self, *, values: int = 0, steps: int = 0) -> None:
        self._whole.spend(values=values, steps=steps)
        super().spend(values=values, steps=steps)

    def exhaust(self) -> None:
        self._whole.spend(values=max(self._values, 0), steps=max(self._steps, 0))
        super().exhaust()


def measure(document: dict[str, Any], budget: Budget) -> int:
    """Refuse a document that would cost too much; the cost of measuring grows with its size alone.

    Returns:
        How many JSON values it holds.

    Raises:
        BudgetExceeded: One of depth, values, characters, types, siblings is above its bound.
    """
    values, characters, types = 1, 0, 0
    named: dict[str, list[dict[str, Any]]] = {}
    left: list[tuple[Any, int]] = [(document, 1)]
    while left:
        value, depth = left.pop()
        values += len(value)
        _bound("values", values, budget.values)
        _bound("depth", depth + bool(value), budget.depth)
        members: Any = value
        if isinstance(value, dict):
            members = value.values()
            characters += sum(map(len, value))
            types += sum(_length(value[name]) for name in ("type", "@type") if name in value)
            if isinstance(node := value.get("id", value.get("@id")), str):
                named.setdefault(node, []).append(value)
        else:
            _bound("siblings", len(value), budget.siblings)
        for member in members:
            if isinstance(member, str):
                characters += len(member)
            elif isinstance(member, dict | list):
                left.append((member, depth + 1))
        _bound("characters", characters, budget.characters)
        _bound("types", types, budget.types)
    for objects in named.values():
        if len(objects) > 1:
            _bound("siblings", _most_siblings(objects), budget.siblings)
    return values


def _most_siblings(objects: list[dict[str, Any]]) -> int:
    """Values of the property of which one node has most, when it is described by several objects."""
    siblings: dict[str, int] = {}
    for value in objects:
        for name, member in value.items():
            siblings[name] = siblings.get(name, 0) + _length(member)
    return max(siblings.values(), default=0)


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 1


def _bound(name: str, used: int, allowed: int) -> None:
    if used > allowed:
        raise BudgetExceeded(f"more than {allowed} {name.replace('_', ' ')}")
