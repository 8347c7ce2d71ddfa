"""plan -> seal -> record: everything committed before a key is used, and released once it is signed and checked."""

import msgspec

from gateway.flows.seal import Seal
from gateway.ports import Credentials, Plan
from gateway.records import CLOSED, Form, Record, State


async def released(plan: Plan, credentials: Credentials, seal: Seal) -> tuple[Record, tuple[Form, ...]]:
    """Commit a plan and seal each form of its record that is not yet; safe to repeat after a crash at any point.

    Returns:
        The stored record, and the forms that this very call sealed.

    Raises:
        NotActive: The record was suspended or revoked, and would get a form that it lacks.
    """
    record = await credentials.plan(plan)
    if record.state in CLOSED:
        return record, ()
    sealed = [await seal(record, form) if form.sealed is None else (form, False) for form in record.forms]
    forms = tuple(form for form, _ in sealed)
    state = State.ACTIVE if forms else record.state
    return msgspec.structs.replace(record, forms=forms, state=state), tuple(form for form, first in sealed if first)
