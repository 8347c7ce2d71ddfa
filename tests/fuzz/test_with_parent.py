"""Nothing is left behind of a run that is ended."""

import subprocess
import sys

ENDS_IN_S = 20
BUSY = """
import multiprocessing, time
from concurrent.futures import ProcessPoolExecutor
from tests.fuzz.with_parent import end_with_parent
with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), end_with_parent) as pool:
    pool.submit(time.sleep, 0).result()
    pool.submit(time.sleep, 600)
    print("busy", flush=True)
    time.sleep(600)
"""


def test_workers_end_when_their_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"busy\n"
        parent.kill()
        # Its end comes when nobody holds the pipe any more, and the worker has it, too.
        rest, _ = parent.communicate(timeout=ENDS_IN_S)

    assert rest == b""
