"""plan -> seal -> record: everything committed before a key is used, and released once it is signed and checked."""

import msgspec

from gateway.errors import NotActive, NotFound
from gateway.flows.prepare import Target, place_of
from gateway.flows.seal import Seal, SealBroken
from gateway.ports import Credentials, Plan
from gateway.records import CLOSED, Form, Record, State


async def released(
    plan: Plan, targets: tuple[Target, ...], credentials: Credentials, seal: Seal
) -> tuple[Record, tuple[Form, ...]]:
    """Commit a plan and seal what is asked for; safe to repeat after a crash at any point.

    What others asked for and was never sealed is left to them: it may be bound to the key of a wallet that has gone,
    or be impossible to seal by now, and is no reason to refuse anything else of the record.

    Args:
        targets: All that is asked for: what the plan adds, and what was planned before.

    Returns:
        The stored record, and the forms that this very call sealed.

    Raises:
        NotActive: The record was suspended or revoked, and would get a form that it lacks; or it was erased meanwhile.
        SealBroken: What was signed does not verify.
    """
    asked = {target.place for target in targets}
    try:
        record = await credentials.plan(plan)
    except NotFound as error:  # erased since it was found
        raise NotActive from error
    if record.state in CLOSED:
        return record, ()
    try:
        sealed = [
            await seal(record, form) if form.sealed is None and place_of(form) in asked else (form, False)
            for form in record.forms
        ]
    except NotFound as error:  # erased between plan and signature
        raise NotActive from error
    except SealBroken as error:
        now = await credentials.known(plan.platform, plan.fingerprint)
        if now is None or now.state in CLOSED:  # erased or taken back between plan and signature
            raise NotActive from error
        raise
    forms = tuple(form for form, _ in sealed)
    state = State.ACTIVE if any(form.sealed is not None for form in forms) else record.state
    return msgspec.structs.replace(record, forms=forms, state=state), tuple(form for form, first in sealed if first)
