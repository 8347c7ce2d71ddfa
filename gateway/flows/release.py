"""plan -> seal -> record: everything committed before a key is used, and released once it is signed and checked."""

import msgspec

from gateway.errors import NotActive
from gateway.flows.seal import Seal, SealBroken
from gateway.ports import Credentials, Plan
from gateway.records import CLOSED, Form, Record, State


async def released(plan: Plan, credentials: Credentials, seal: Seal) -> tuple[Record, tuple[Form, ...]]:
    """Commit a plan and seal each form of its record that is not yet; safe to repeat after a crash at any point.

    Returns:
        The stored record, and the forms that this very call sealed.

    Raises:
        NotActive: The record was suspended or revoked, and would get a form that it lacks.
        SealBroken: What was signed does not verify.
    """
    record = await credentials.plan(plan)
    if record.state in CLOSED:
        return record, ()
    try:
        sealed = [await seal(record, form) if form.sealed is None else (form, False) for form in record.forms]
    except SealBroken as error:
        now = await credentials.known(plan.platform, plan.fingerprint)
        if now is not None and now.state in CLOSED:  # taken back between plan and signature
            raise NotActive from error
        raise
    forms = tuple(form for form, _ in sealed)
    state = State.ACTIVE if forms else record.state
    return msgspec.structs.replace(record, forms=forms, state=state), tuple(form for form, first in sealed if first)
