"""Check `vocabulary`: do its concepts stand in the controlled lists that it names?"""

from gateway.trust.case import Case
from gateway.trust.report import Check
from gateway.trust.shape import summary

NAME = "vocabulary"


async def vocabulary(case: Case) -> Check:
    """Judge the concepts of an ELM document by the lists that ship here.

    The official shapes ask only that a concept says of which list it is: level 9 of EQF, or a language in the place of
    a country, conforms to them.

    Source: ELM 3.1, application profile EDC, controlled vocabularies; snapshots, so that only closed lists decide.
    """
    found = [finding for finding in case.subject.reading.findings if finding.check == NAME]
    return summary(NAME, found, good="its concepts stand in the lists that they name")
