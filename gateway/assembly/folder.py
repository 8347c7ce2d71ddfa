"""The folder of an installation: there, and for its owner alone."""

import os
from pathlib import Path

from gateway.errors import Misconfigured


def require_folder(folder: Path) -> None:
    """Make the data folder when it is not there.

    Raises:
        Misconfigured: It cannot be made, or not be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        reason = "" if os.access(folder, os.W_OK | os.X_OK) else "it may not be written to"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise Misconfigured(
            f"the data folder {folder} cannot be used: {reason}",
            pointer="GATEWAY_DATA_DIR",
            fix="set GATEWAY_DATA_DIR to a folder that the gateway may write to",
        )
