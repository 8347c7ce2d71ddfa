"""A real browser without a window, spoken to over a pipe in the Chrome DevTools Protocol."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self  # Any: messages in JSON

import msgspec

from tests.interop.oracles import unavailable

TIMEOUT_S = 20.0
POLL_S = 0.05
TO_BROWSER, FROM_BROWSER = 3, 4
"""File descriptors of ``--remote-debugging-pipe``; each message ends with a zero byte."""


class Chromium:
    """One page in a browser with a profile of its own."""

    def __init__(self, *options: str) -> None:
        """Take further options of the command line."""
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if program is None:
            unavailable("there is no Chromium on this machine")
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        reads, self._to = os.pipe()
        self._from, writes = os.pipe()
        # The browser wants its ends at fixed numbers; a shell puts them there.
        command = f'exec "$0" "$@" {TO_BROWSER}<&{reads} {FROM_BROWSER}>&{writes}'
        options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", *options)
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", command, program, *options, f"--user-data-dir={self._profile.name}", "about:blank"],
            pass_fds=(reads, writes),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(reads)
        os.close(writes)
        self._unread = b""
        self._number = 0
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._to)
        os.close(self._from)
        self._profile.cleanup()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, msgspec.json.encode(message) + b"\0")
        while (answer := self._message()).get("id") != self._number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        found: dict[str, Any] = answer["result"]
        return found

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript in the page, a promised one too; its own policy does not stop us."""
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        return self.call("Runtime.evaluate", **asked)["result"].get("value")

    def open(self, url: str) -> None:
        """Go to an address and wait until its page is there."""
        self.call("Page.navigate", url=url)
        self.wait(lambda: self.evaluate("document.readyState") == "complete", f"{url} is not there")

    def wait(self, until: Callable[[], bool], otherwise: str) -> None:
        """Wait for something that becomes true."""
        deadline = time.monotonic() + TIMEOUT_S
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{otherwise}; the page is {self.evaluate('location.href')}")
            time.sleep(POLL_S)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            received = os.read(self._from, 65536)
            if not received:
                raise RuntimeError("the browser has ended")
            self._unread += received
        message, _, self._unread = self._unread.partition(b"\0")
        found: dict[str, Any] = msgspec.json.decode(message)
        return found
