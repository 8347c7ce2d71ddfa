"""A post office that keeps every letter."""

import re

from gateway.ports.people import Letter

_LINK = re.compile(r"https?://[^/\s]+(/account/links/[\w-]+)")


class SimulatedMail:
    """Implements ``gateway.ports.people.Mail``."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def __call__(self, letter: Letter) -> None:
        self.letters.append(letter)

    def link(self) -> str:
        """The path of the link in the newest letter."""
        [path] = _LINK.findall(self.letters[-1].text)
        return str(path)
