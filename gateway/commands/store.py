"""Which store a command works on, for people: what it makes there, only a gateway on that store knows."""

from urllib.parse import urlsplit

from gateway.commands import shown
from gateway.commands.layout import entry
from gateway.settings import Settings

HIDDEN = "(set, not shown)"
DEMO = "demo"
"""Folder of the demo's own store, in the data folder; with its port, where it has another than its own."""


def told(settings: Settings, platform: str) -> None:
    """Say on standard error for which platform and in which store a key or client was made."""
    out = shown.console(to_stderr=True)
    if settings.database_url:
        place, setting = without_password(settings.database_url), "GATEWAY_DATABASE_URL"
    else:
        place, setting = str(settings.data_dir.absolute()), "GATEWAY_DATA_DIR"
    entry(out, "", f"for the platform {platform}, in {place}: only a gateway with this {setting} knows it", 0)
    demo = settings.data_dir / DEMO
    if (demo / "test-key").exists():
        entry(out, "", f"the demo has a store of its own, GATEWAY_DATA_DIR={demo}; its keys are in files there", 0)


def without_password(url: str) -> str:
    """An address without what stands before its host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return HIDDEN
    return parts._replace(netloc=f"…@{parts.netloc.rpartition('@')[2]}").geturl() if "@" in parts.netloc else url
