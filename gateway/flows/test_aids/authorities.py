"""The authority of test mode: whose seals it certifies, and that its own twin alone trusts it."""

import datetime as dt
from dataclasses import dataclass

from adapters.hub.contract import LegalIdentity
from gateway.ports.trials import UpstreamKeys
from gateway.proofs import certificates
from gateway.records.tenants import MARK
from gateway.records.test_issuers import COUNTRY, NUMBER, Certified, Site
from gateway.trust.anchors import Anchors

SINCE = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2099, 12, 31, tzinfo=dt.UTC)
"""From when to when its certificates hold."""


def chain(site: Site, organisation: str, keys: UpstreamKeys, *, trusted: bool) -> tuple[bytes, bytes]:
    """The certificate of a fixture's issuer, and that of the authority which issued it; DER.

    Args:
        organisation: Its legal name.
        trusted: Whether by the authority that the twin trusts; if not, by one that nobody does.
    """
    authority = _authority(site.twin if trusted else f"nobody for {site.twin}")
    named = LegalIdentity(legal_name=organisation, common_name=organisation, country=COUNTRY, organisation_id=NUMBER)
    leaf = keys.certificate(Certified(site.root, named), authority, SINCE, UNTIL)
    return leaf, keys.certificate(authority, authority, SINCE, UNTIL)


@dataclass(frozen=True, slots=True)
class TrustedInTrial:
    """A twin to whom it trusts besides: its own test authority, which certifies nothing but fixtures."""

    keys: UpstreamKeys

    def __call__(self, twin: str) -> Anchors:
        """Return the certificate of its authority."""
        authority = _authority(twin)
        return Anchors((certificates.parse(self.keys.certificate(authority, authority, SINCE, UNTIL)),))


def _authority(whose: str) -> Certified:
    name = f"{MARK}Authority"
    # The number tells it from the authorities of other twins, whose certificates are looked for by all that names it.
    identity = LegalIdentity(legal_name=name, common_name=name, country=COUNTRY, organisation_id=whose)
    return Certified(f"authority of {whose}", identity)
