"""What is kept until it ends, wherever nobody comes back for it."""

import datetime as dt
from typing import Protocol


class Lapsed(Protocol):
    """Everything that the stores keep with an end, of all platforms."""

    async def forget(self, at: dt.datetime) -> None:
        """Forget what has ended by then, and was kept for as long after that as something of it may be asked.

        Of those who come back the stores themselves forget some of it in passing; this is for the rest. Others who
        write meanwhile wait for a little of it at a time. What could not be forgotten is told in the log, and left to
        the next time.
        """
