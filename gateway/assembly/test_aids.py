"""Wires test mode: the test issuer before the web, the twin's clock, the receiving addresses, and what sets them."""

from collections.abc import Callable

import msgspec

from gateway.assembly.opened import Edges
from gateway.assembly.trials import test_keys
from gateway.edges.trials import StoredEchoes, StoredTrials
from gateway.edges.webhooks import StoredWebhooks
from gateway.flows.test_aids.echo import AnswerOtherwise, Arrivals, EchoFirst, MakeEcho, ShowEcho
from gateway.flows.test_aids.fixtures import MakeFixture
from gateway.flows.test_aids.forgetting import ForgetOver
from gateway.flows.test_aids.travel import FindTrial, SetClock, ShowClock
from gateway.flows.test_aids.upstream import SetUpstream, ShowUpstream
from gateway.settings import Settings


class TestAids(msgspec.Struct, frozen=True, kw_only=True):
    """What twins may set up and look at, and its end."""

    find_trial: FindTrial
    make_fixture: MakeFixture
    show_upstream: ShowUpstream
    set_upstream: SetUpstream
    show_clock: ShowClock
    set_clock: SetClock
    make_echo: MakeEcho
    show_echo: ShowEcho
    answer_otherwise: AnswerOtherwise
    forget_over: ForgetOver


def echo_first(settings: Settings, edges: Edges) -> EchoFirst:
    """The way out of what is posted, and before it the receiving addresses of twins."""
    database, envelope = edges.database, edges.envelope
    return EchoFirst(
        post=edges.post,
        clock=edges.clock,
        trials=StoredTrials(database, envelope),
        echoes=StoredEchoes(database, envelope),
        webhooks=StoredWebhooks(database, envelope),
        arrivals=Arrivals(settings.public_url),
    )


def test_aids(settings: Settings, edges: Edges, new_id: Callable[[], str]) -> TestAids:
    """Everything that test keys may set up, over this store."""
    clock, arrivals = edges.clock, Arrivals(settings.public_url)
    trials, echoes = StoredTrials(edges.database, edges.envelope), StoredEchoes(edges.database, edges.envelope)
    show_clock = ShowClock(clock, trials)
    return TestAids(
        find_trial=FindTrial(clock, trials),
        make_fixture=MakeFixture(test_keys(edges)),
        show_upstream=ShowUpstream(clock, trials),
        set_upstream=SetUpstream(clock, trials),
        show_clock=show_clock,
        set_clock=SetClock(clock, trials, show_clock),
        make_echo=MakeEcho(clock, echoes, arrivals, new_id),
        show_echo=ShowEcho(clock, echoes, arrivals),
        answer_otherwise=AnswerOtherwise(clock, echoes, arrivals),
        forget_over=ForgetOver(clock, trials),
    )
