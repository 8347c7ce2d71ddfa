"""The words of one problem."""

import msgspec


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A problem in one language, as plain text; names of members stand in backticks.

    Attributes:
        cause: What happened, and why the gateway says so.
        fix: What the caller, or the person before the page, can do.
    """

    cause: str
    fix: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A problem in both languages; its English title is that of problem documents, in ``gateway.http.titles``."""

    title_fr: str
    en: Told
    fr: Told
