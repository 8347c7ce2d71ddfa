"""Check `hosted-scope`: does the issuer itself say that badges served from that address are its own?"""

from collections.abc import Iterator

from adapters.hub.securing import Hosted
from gateway.errors import Unreachable
from gateway.trust.addresses import authority, lies_under
from gateway.trust.case import Case
from gateway.trust.profile import IssuerProfile, Scope, issuer_profile
from gateway.trust.report import Check, Outcome


async def hosted_scope(case: Case) -> Check:
    """Judge the Assertion's address, and the one that answered after redirects, against the issuer's Profile.

    The specification takes ``startsWith`` and ``allowedOrigins`` as alternatives and wants, when both are absent, the
    Assertion and the BadgeClass on the issuer's origin. Both reference validators take them as a conjunction, with the
    issuer's own host as the default of ``allowedOrigins``, and do not look at the BadgeClass. Where both readings
    agree, that is the answer; where only one allows it, see `_divided`.

    Source: Open Badges 2.0, "Hosted verification" and VerificationObject.
    """
    securing = case.subject.reading.securing
    if not isinstance(securing, Hosted):
        return Check("hosted-scope", Outcome.SKIPPED, "is not vouched for by its address")
    try:
        profile = await issuer_profile(case.web, case.subject.reading.issuer_id)
    except Unreachable:
        # An origin has no Profile of its own; one that serves a Profile after all is held to what that says.
        if securing.issuer_origin:
            return _on_its_origin(case, securing)
        raise
    looked_at = (*_places(case, securing), profile.id)
    if profile.scope is None:
        return _unread(profile, looked_at)
    for place in _places(case, securing):
        check = _judged(place, securing.badge_url, profile.id, profile.scope)
        if check.outcome is not Outcome.PASSED:
            return Check(check.name, check.outcome, check.detail, check.fix, looked_at)
    return Check("hosted-scope", Outcome.PASSED, "the issuer vouches for this address", looked_at=looked_at)


def _on_its_origin(case: Case, securing: Hosted) -> Check:
    """Judge a badge of 2011, whose issuer has no Profile: its origin is where its Assertions lie.

    Source: Open Badges 0.5, ``badge.issuer.origin``.
    """
    origin = securing.issuer_origin
    for place in _places(case, securing):
        if authority(place) is None or authority(place) != authority(origin):
            detail = f"{place} is not on the origin of the issuer, {origin}"
            fix = f"Serve the Assertion on {origin}."
            return Check("hosted-scope", Outcome.FAILED, detail, fix, (securing.url,))
    return Check("hosted-scope", Outcome.PASSED, "lies on the origin of its issuer", looked_at=(securing.url,))


def _places(case: Case, securing: Hosted) -> Iterator[str]:
    """The address asked, and the one that answered when that was another."""
    yield securing.url
    answer = case.subject.served.get(securing.url)
    if answer is not None and not isinstance(answer, Unreachable) and answer.url != securing.url:
        yield answer.url


def _unread(profile: IssuerProfile, looked_at: tuple[str, ...]) -> Check:
    """It says something of its scope; to take that for nothing would be to trust its whole host."""
    detail = f"the Profile that {profile.id} serves limits what it vouches for in a form that is not read"
    fix = (
        'Write "verification": {"startsWith": [...], "allowedOrigins": [...]} into the issuer Profile, '
        "each a text or a list of texts, or leave the member out."
    )
    return Check("hosted-scope", Outcome.UNKNOWN, detail, fix, looked_at)


def _judged(place: str, badge: str, issuer: str, scope: Scope) -> Check:
    specified, validated = _as_specified(place, badge, issuer, scope), _as_validated(place, issuer, scope)
    if specified and validated:
        return Check("hosted-scope", Outcome.PASSED)
    if specified or validated:
        return _divided(place, issuer, scope)
    prefix, host = place.rpartition("/")[0], authority(place)
    fix = f"Serve the Assertion on the issuer's host, or write {prefix}/ in verification.startsWith of {issuer}"
    if scope.allowed_origins is not None:
        fix += f" and {host} in its allowedOrigins"
    return Check(
        "hosted-scope",
        Outcome.FAILED,
        f"{place} is outside what the issuer {issuer} vouches for",
        f"{fix}.",
    )


def _as_specified(place: str, badge: str, issuer: str, scope: Scope) -> bool:
    if scope.starts_with or scope.allowed_origins is not None:
        return _starts(place, scope) or _allowed(place, scope.allowed_origins or ())
    here = authority(issuer)
    return authority(place) == here and (not badge or authority(badge) == here)


def _as_validated(place: str, issuer: str, scope: Scope) -> bool:
    origins = scope.allowed_origins
    return (not scope.starts_with or _starts(place, scope)) and (
        authority(place) == authority(issuer) if origins is None else _allowed(place, origins)
    )


def _divided(place: str, issuer: str, scope: Scope) -> Check:
    """Decide where one reading allows what the other refuses.

    Harmless, so noted: the issuer names the prefix and says nothing of hosts; or nothing is said, the Assertion is on
    the issuer's host, and only the BadgeClass is elsewhere. Where ``startsWith`` and ``allowedOrigins`` contradict each
    other, a prefix may be meant to keep the issuer's neighbours on a shared host out: that is not for us to guess.
    """
    if scope.allowed_origins is None:
        why = "only by its prefix" if scope.starts_with else "although its BadgeClass is on another host"
        return Check(
            "hosted-scope",
            Outcome.NOTED,
            f"{place} is vouched for {why}; some validators refuse that",
            "Serve Assertion, BadgeClass and issuer Profile from one host.",
        )
    return Check(
        "hosted-scope",
        Outcome.UNKNOWN,
        f"startsWith and allowedOrigins of {issuer} contradict each other about {place}",
        "Make startsWith and allowedOrigins of the issuer Profile allow the same addresses.",
    )


def _starts(place: str, scope: Scope) -> bool:
    return any(lies_under(place, prefix) for prefix in scope.starts_with)


def _allowed(place: str, origins: tuple[str, ...]) -> bool:
    """Compare hosts; an entry that is written as an origin (``https://host``) is taken for its host."""
    hosts = {authority(origin) or origin.lower() for origin in origins}
    return authority(place) in hosts
