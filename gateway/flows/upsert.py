"""An Open Badges 3.0 credential that an application puts into its owner's hands."""

from dataclasses import dataclass

from adapters.hub.contract import Format
from adapters.hub.opened import Carrier, Opened, open_bytes
from adapters.registry import detect
from gateway.apart import apart
from gateway.errors import GatewayError
from gateway.flows.hold import Held, Hold
from gateway.records.holdings import Via

CARRIERS = {"application/json": Carrier.JSON, "text/plain": Carrier.JWS}
"""What a body may be declared as, and what it then is (Open Badges 3.0 section 6.2.2)."""


class NoCredential(GatewayError):
    """The body is not what this operation takes: one Open Badges 3.0 credential, JSON or compact JWS as declared."""

    code = "no-credential"


@dataclass(frozen=True, slots=True)
class Upsert:
    """A body and its declared type to what the person holds."""

    hold: Hold

    async def __call__(self, body: bytes, media_type: str, person: str) -> Held:
        """Hold the credential, in place of the version of it that is held.

        Raises:
            AdapterError, InvalidBadge, RecipientMismatch, NotFound: As ``Hold`` does.
            NoCredential: The body is something else, or an address; nothing was fetched then.
        """
        opened = await apart(len(body), open_bytes, body)
        declared = CARRIERS[media_type]
        token = isinstance(opened, Opened) and opened.token is not None
        if not isinstance(opened, Opened) or opened.carrier is not declared or token is not (declared is Carrier.JWS):
            raise NoCredential(
                f"the body is not what {media_type} holds here",
                fix="send an AchievementCredential as application/json, or as one compact JWS in text/plain",
            )
        _, recognition = await apart(len(opened.payload), detect, opened)
        if recognition.format is not Format.OPEN_BADGES_3:
            raise NoCredential(
                f"it is {recognition.format} {recognition.version}, not an Open Badges 3.0 credential",
                fix="Open Badges 2.0 comes in by Badge Connect: /.well-known/badgeconnect.json",
            )
        return await self.hold(body, person, Via.OPEN_BADGES_3)
