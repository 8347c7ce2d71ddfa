"""``badge-gateway settings``: what this installation is set to, without its secrets."""

import argparse
from pathlib import Path

from gateway.commands import shown
from gateway.commands.layout import facts
from gateway.commands.store import HIDDEN, without_password
from gateway.settings import PREFIX, Settings

NOT_SET = "not set"
SECRET_WORDS = ("key", "passphrase", "password", "secret", "token")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print every setting by the name of its environment variable."""
    values = {PREFIX + name.upper(): _shown(name, getattr(settings, name)) for name in Settings.__struct_fields__}
    if arguments.json:
        shown.as_json(values)
        return 0
    defaults = Settings()
    rows = []
    for variable, value in values.items():
        name = variable.removeprefix(PREFIX).lower()
        changed = getattr(settings, name) != getattr(defaults, name)
        said = NOT_SET if value == "" else str(value).lower() if isinstance(value, bool) else str(value)
        rows.append((variable, said if changed or value == "" else f"{said} (default)"))
    facts(shown.console(), *rows)
    return 0


def _shown(name: str, value: object) -> object:
    """A setting without what must not be seen: keys, passphrases, and what stands before the host in an address."""
    if isinstance(value, str) and value and name.endswith(SECRET_WORDS):
        return HIDDEN
    if isinstance(value, str) and "://" in value:
        return ",".join(without_password(each) for each in value.split(","))
    return str(value) if isinstance(value, Path) else value
