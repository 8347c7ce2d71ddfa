"""A credential of the European Learning Model as RDF, and what of it no reader of RDF ever sees.

No signature is over the RDF: the seal is over the bytes. But all that Europass does with it is done with the RDF, so
what is not in there was never said to anybody.

Source: ELM 3.1 and 3.2, application profile EDC, whose context has had two contents under one address.
"""

from collections.abc import Iterator
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from gateway.proofs import contexts
from gateway.proofs.budget import Budget
from gateway.proofs.canonical import Rdf, rdf
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.keyscan import context_urls

EDC_AP: Final = "http://data.europa.eu/snb/model/context/edc-ap"
_BODY: Final = "edc-ap-{}"
CREDENTIAL: Final = "<http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential>"
_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

BUDGET: Final = Budget(
    values=24_000,
    characters=8_000_000,
    types=8_000,
    siblings=2_000,
    quads=24_000,
    blank_nodes=4_000,
)
"""The largest official sample, a transcript of records, has 11,063 values and 7,217 quads."""


class ElmRdf(msgspec.Struct, frozen=True):
    """A document as RDF under one content of the context.

    Attributes:
        version: Of ELM, whose context it was read under: ``3.1`` or ``3.2``.
        dropped: Members that leave no trace in the RDF.
        undefined: Types that leave none.
    """

    made: Rdf
    version: str
    dropped: tuple[Finding, ...]
    undefined: tuple[Finding, ...]

    @property
    def lost(self) -> tuple[int, int]:
        """How much of the document is not in the RDF; the less, the smaller."""
        return len(self.dropped), len(self.undefined)

    @property
    def holds_a_credential(self) -> bool:
        """Whether anything in it is a European Digital Credential: shapes say nothing of what is not there."""
        return any(predicate == _TYPE and value == CREDENTIAL for _, predicate, value, _ in self.made.quads)


def elm_rdf(document: dict[str, Any], version: str = "") -> ElmRdf:
    """Return the document as RDF.

    Args:
        version: Of ELM; "" takes the newest first, and another where that drops less.

    Raises:
        ContextUnknown: A context that is not pinned.
        NotCanonicalisable: It has no RDF on which all implementations agree, or none at all.
        BudgetExceeded: It is larger than any credential.
    """
    best: ElmRdf | None = None
    for choice in _choices(document, version):
        found = _under(document, choice)
        if best is None or found.lost < best.lost:
            best = found
        if found.lost == (0, 0):
            break
    if best is None:
        raise ValueError(f"no content of {EDC_AP} is that of ELM {version}")
    return best


def _choices(document: dict[str, Any], version: str) -> Iterator[ContextChoice]:
    for choice in contexts.choices(context_urls(document)):
        if not version or choice.body(EDC_AP).name == _BODY.format(version):
            yield choice


def _under(document: dict[str, Any], choice: ContextChoice) -> ElmRdf:
    made = rdf(document, contexts=choice, budget=BUDGET)
    by_kind = {
        kind: tuple(sorted((each for each in made.findings if each.kind is kind), key=lambda each: each.pointer))
        for kind in (Kind.UNDEFINED_TERM, Kind.UNDEFINED_TYPE)
    }
    version = choice.body(EDC_AP).name.removeprefix(_BODY.format(""))
    return ElmRdf(made, version, by_kind[Kind.UNDEFINED_TERM], by_kind[Kind.UNDEFINED_TYPE])
