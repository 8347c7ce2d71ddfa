"""What is asked of the process that knows shapes, and what it answers."""

import msgspec


class AskedOfShapes(msgspec.Struct, frozen=True):
    """A graph to be held against shapes.

    Attributes:
        ntriples: The graph.
        folder: Where the files of the shapes lie.
        files: Their names (Turtle); taken together.
    """

    ntriples: str
    folder: str
    files: tuple[str, ...]


class Violation(msgspec.Struct, frozen=True, order=True):
    """One constraint that does not hold.

    Attributes:
        focus: The IRI of the node; a name that means nothing for one without.
        path: The IRI of the property, "" where it is about the node.
        message: Of the shape, in whatever language its author wrote.
    """

    focus: str
    path: str
    message: str


class Judged(msgspec.Struct, frozen=True):
    """What holding them together found; of all violations the first ones."""

    conforms: bool
    count: int
    violations: tuple[Violation, ...]
