"""What is there because a badge was converted: its source and its verification, which a plain award has not."""

from gateway.flows.convert import Converted
from gateway.records import Record, Source
from gateway.trust.report import Report


def source_of(record: Record) -> Source:
    """The badge that the record was made of."""
    assert record.source is not None
    return record.source


def report_of(converted: Converted) -> Report:
    """The verification that the conversion made."""
    assert converted.report is not None
    return converted.report
