"""Routes of test mode, and what their handlers ask for by name."""

from gateway.http.provided import flow
from gateway.http.test_aids.echo import EchoController
from gateway.http.test_aids.fixtures import FixtureController
from gateway.http.test_aids.upstream import ClockController, UpstreamController

ROUTES = [FixtureController, UpstreamController, ClockController, EchoController]

_FLOWS = (
    "make_fixture",
    "show_upstream",
    "set_upstream",
    "show_clock",
    "set_clock",
    "make_echo",
    "show_echo",
    "answer_otherwise",
)

DEPENDENCIES = {name: flow(f"test_aids.{name}") for name in _FLOWS}
