"""Does a held badge say whose it is?"""

from adapters.hub.contract import Format
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import detect
from gateway.apart import apart
from gateway.flows.offers.whose import key_of
from gateway.records.holdings import Holding

_IN_ONE_PIECE = (Format.OPEN_BADGES_3, Format.ELM_3, Format.LEARNING_CREDENTIAL_1)
"""Formats whose recipient can be a DID, and whose documents hold all of a badge."""


async def names_its_holder(holding: Holding) -> bool:
    """Say whether it names an address that its holder confirmed, or a key; asked again before anything is signed."""
    if holding.matched.compared or holding.format not in _IN_ONE_PIECE:
        return holding.matched.compared
    return await apart(len(holding.received), _names_a_key, holding)


def _names_a_key(holding: Holding) -> bool:
    try:
        opened = open_bytes(holding.received)
        if not isinstance(opened, Opened):
            return False
        adapter, _ = detect(opened)
        reading = adapter.read(opened.fetched_from(holding.url), {})
    except AdapterError:
        return False
    return bool(reading.credentials) and key_of(reading.credentials[0].recipient) != ""
