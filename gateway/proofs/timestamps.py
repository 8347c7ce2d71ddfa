"""xsd:dateTimeStamp: a date-time with its zone, the one form that VCDM and Data Integrity allow."""

import datetime as dt
import re

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,12})?(Z|[+-]\d{2}:\d{2})", re.ASCII)


def instant(text: object) -> dt.datetime | None:
    """Return the instant (to the microsecond), None when the value is not one.

    Source: XML Schema 1.1 Part 2 section 3.4.28. Years beyond 9999 and leap seconds are not read.
    """
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None
