"""``badge-gateway settings``: what this installation is set to, without its secrets."""

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from rich.markup import escape
from rich.table import Table

from gateway.commands import shown
from gateway.commands.usage import plain
from gateway.settings import PREFIX, Settings

SECRET_WORDS = ("key", "passphrase", "password", "secret", "token")
HIDDEN = "(set, not shown)"


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print every setting by the name of its environment variable."""
    values = {PREFIX + name.upper(): _shown(name, getattr(settings, name)) for name in Settings.__struct_fields__}
    if arguments.json:
        shown.as_json(values)
        return 0
    defaults = Settings()
    table = Table("setting", "value", "", box=None, pad_edge=False)
    for variable, value in values.items():
        name = variable.removeprefix(PREFIX).lower()
        changed = getattr(settings, name) != getattr(defaults, name)
        table.add_row(variable, escape(plain(str(value))), "" if changed else "[dim]default[/]")
    shown.console().print(table)
    return 0


def _shown(name: str, value: object) -> object:
    """A setting without what must not be seen: keys, passphrases, and what stands before the host in an address."""
    if isinstance(value, str) and value and name.endswith(SECRET_WORDS):
        return HIDDEN
    if isinstance(value, str) and "://" in value:
        return ",".join(_without_password(each) for each in value.split(","))
    return str(value) if isinstance(value, Path) else value


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return HIDDEN
    return parts._replace(netloc=f"…@{parts.netloc.rpartition('@')[2]}").geturl() if "@" in parts.netloc else url
