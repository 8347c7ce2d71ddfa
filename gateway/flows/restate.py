"""After a change of state: the status lists say so at once, not when the timer comes by."""

from gateway.errors import NotFound
from gateway.flows.publish import Publish
from gateway.ports import Records
from gateway.records import Record


async def restated(platform: str, record_id: str, records: Records, publish: Publish) -> Record:
    """Sign the lists that changed; return the record as it is now.

    What was committed stays so when the signing fails: the timer tries it again, and so does a repeated request.

    Raises:
        NotFound: It was erased in between.
    """
    await publish(platform)
    record = await records.find(platform, record_id)
    if record is None:
        raise NotFound("there is no such credential")
    return record
