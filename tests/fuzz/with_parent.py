"""Processes that end when the one ends that began them, however it does."""

import os
import threading
from multiprocessing import parent_process


def end_with_parent() -> None:
    """Watch over the parent of this process from now on."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
