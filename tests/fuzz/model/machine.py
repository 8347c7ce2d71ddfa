"""The rules by which Hypothesis makes histories up; after each step both sides are compared."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.fuzz.model import erasures, offers, removals
from tests.fuzz.model.agreement import compare, compare_all
from tests.fuzz.model.badges import FAULTS
from tests.fuzz.model.history import SECOND, THIRD, TOKEN, History, Wish
from tests.fuzz.model.known import Credential, Offer, Platform
from tests.fuzz.model.live import Live
from tests.laundering.sources import Carrier, Kind
from tests.simulators.wallet import Wallet

WISHES = st.sampled_from([THIRD, SECOND, TOKEN])
WHICH = st.integers(0, 7)
"""Which of those that are there: counted from the newest, round and round."""

KINDS = st.sampled_from(Kind)
CARRIERS = st.sampled_from([Carrier.BARE, Carrier.PNG, Carrier.SVG])
SECONDS = st.sampled_from([1, 59, 60, 3600, 86_399, 86_400, 10 * 86_400, 40 * 86_400])
ENDS_IN = st.sampled_from([0, 0, 0, 1, 30])
WALLETS = (Wallet.p256(1), Wallet.p256(2))


class Machine(RuleBasedStateMachine):
    """Two platforms of one gateway, and the world around it.

    Attributes:
        shared: The gateway of every history; None for a new one each, in a folder of its own.
        steps: How many were taken in all.
    """

    shared: ClassVar[Live | None] = None
    steps: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._folder = None if self.shared else tempfile.TemporaryDirectory()
        self.history = History(self.shared or Live(Path(self._folder.name if self._folder else "")))

    def teardown(self) -> None:
        """Compare everything once more, and close what was opened for this history alone."""
        try:
            compare_all(self.history)
        finally:
            if self._folder is not None:
                self.history.live.close()
                self._folder.cleanup()

    @property
    def _credentials(self) -> list[tuple[Platform, Credential]]:
        return [(each, known) for each in self.history.platforms for known in each.credentials.values()]

    @property
    def _offers(self) -> list[tuple[Platform, Offer]]:
        return [(each, offer) for each in self.history.platforms for offer in each.offers.values()]

    def _credential(self, which: int) -> tuple[Platform, Credential]:
        return self._credentials[-1 - which % len(self._credentials)]

    # --- making ---

    @rule(at=st.integers(0, 1), kind=KINDS, carrier=CARRIERS, wish=WISHES, suspendable=st.booleans(), days=ENDS_IN)
    def convert(self, at: int, kind: Kind, carrier: Carrier, wish: Wish, suspendable: bool, days: int) -> None:
        badge = self.history.new_badge(kind, carrier, days)
        self.history.convert(self.history.platforms[at], badge, wish, suspendable=suspendable)

    @precondition(lambda self: self.history.badges)
    @rule(at=st.integers(0, 1), which=WHICH, wish=WISHES, suspendable=st.booleans())
    def convert_again(self, at: int, which: int, wish: Wish, suspendable: bool) -> None:
        badge = self.history.badges[-1 - which % len(self.history.badges)]
        self.history.convert(self.history.platforms[at], badge, wish, suspendable=suspendable)

    @rule(at=st.integers(0, 1), kind=KINDS, fault=st.sampled_from(sorted(FAULTS)))
    def convert_what_is_broken(self, at: int, kind: Kind, fault: str) -> None:
        self.history.refused(self.history.platforms[at], kind, fault)

    @rule(at=st.integers(0, 1), wish=WISHES, suspendable=st.booleans())
    def issue(self, at: int, wish: Wish, suspendable: bool) -> None:
        self.history.issue(self.history.platforms[at], wish, suspendable=suspendable)

    @precondition(lambda self: self._credentials)
    @rule(which=WHICH, wish=WISHES, suspendable=st.booleans())
    def add_form(self, which: int, wish: Wish, suspendable: bool) -> None:
        self.history.add_form(*self._credential(which), wish, suspendable=suspendable)

    @rule(at=st.integers(0, 1), wish=WISHES)
    def issue_once(self, at: int, wish: Wish) -> None:
        self.history.issue_once(self.history.platforms[at], wish)

    @precondition(lambda self: any(each.repeatable for each in self.history.platforms))
    @rule(which=WHICH, wish=WISHES)
    def repeat(self, which: int, wish: Wish) -> None:
        sent = [(each, request) for each in self.history.platforms for request in each.repeatable]
        self.history.repeat(*sent[-1 - which % len(sent)], wish)

    # --- turning ---

    @precondition(lambda self: self._credentials)
    @rule(which=WHICH)
    def suspend(self, which: int) -> None:
        self.history.suspend(*self._credential(which))

    @precondition(lambda self: self._credentials)
    @rule(which=WHICH)
    def reinstate(self, which: int) -> None:
        self.history.reinstate(*self._credential(which))

    @precondition(lambda self: self._credentials)
    @rule(which=WHICH)
    def revoke(self, which: int) -> None:
        self.history.revoke(*self._credential(which))

    @precondition(lambda self: self._credentials)
    @rule(which=WHICH)
    def erase(self, which: int) -> None:
        erasures.erase(self.history, *self._credential(which))

    @precondition(lambda self: self.history.badges)
    @rule(which=WHICH)
    def issuer_takes_back(self, which: int) -> None:
        self.history.taken_back(self.history.badges[-1 - which % len(self.history.badges)])

    @precondition(lambda self: self._credentials)
    @rule(which=WHICH)
    def recheck(self, which: int) -> None:
        self.history.recheck(*self._credential(which))

    @rule(at=st.integers(0, 1), algorithm=st.sampled_from(["EdDSA", "ES256"]))
    def rotate(self, at: int, algorithm: str) -> None:
        self.history.rotate(self.history.platforms[at], algorithm)

    # --- wallets ---

    @precondition(lambda self: self._credentials)
    @rule(which=WHICH)
    def offer(self, which: int) -> None:
        offers.make(self.history, *self._credential(which))

    @precondition(lambda self: self._offers)
    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        offers.withdraw(self.history, *self._offers[-1 - which % len(self._offers)])

    @precondition(lambda self: self._offers)
    @rule(which=WHICH, wallet=st.sampled_from(WALLETS))
    def claim(self, which: int, wallet: Wallet) -> None:
        offers.claim(self.history, *self._offers[-1 - which % len(self._offers)], wallet)

    # --- what can be removed ---

    @rule(at=st.integers(0, 1), what=st.sampled_from(sorted(removals.REMOVABLE)))
    def make_and_remove(self, at: int, what: str) -> None:
        removals.REMOVABLE[what](self.history, self.history.platforms[at])

    # --- time ---

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        self.history.wait(seconds)

    @rule()
    def restart(self) -> None:
        self.history.restart()

    @invariant()
    def both_agree(self) -> None:
        type(self).steps["steps"] += 1
        compare(self.history)
