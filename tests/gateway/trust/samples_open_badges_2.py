"""All Open Badges 2.0 samples of the reference validators, each named with its expected verdict."""

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from tests.corpora import corpus
from tests.gateway.trust.samples import FAILED, PASSED, UNKNOWN, Row, Samples
from tests.simulators.web import SimulatedWeb

FOLDER = corpus("ob/samples/ob2-1edtech-validator")

# The corpus' own tests map these onto its folder assets.
ORIGINS = ("https://www.example.org", "https://example.org", "http://example.org")

SOUND = Row(valid=True, served=PASSED, alone=UNKNOWN)
# Without its hosts a badge cannot even be read, so nothing fails.
WRONG_SHAPE = Row(valid=False, served=FAILED, alone=UNKNOWN, because="shape")
WRONG_DATES = Row(valid=False, served=FAILED, alone=UNKNOWN, because="validity-period")
OUT_OF_SCOPE = Row(valid=False, served=FAILED, alone=UNKNOWN, because="hosted-scope")


def _no_award(what: str, *, valid: bool | None = None) -> Row:
    return Row(valid=valid, served=None, alone=None, why=f"{what}: no award to somebody, so nothing to convert")


BADGE_CLASS, PROFILE, OTHER = _no_award("a BadgeClass"), _no_award("an issuer Profile"), _no_award("a part of a badge")
KEY, REVOCATIONS, ENDORSEMENT = _no_award("a key"), _no_award("a revocation list"), _no_award("an endorsement")
PART_VALID, PART_INVALID = _no_award("a part of a badge", valid=True), _no_award("a part of a badge", valid=False)

ROWS = {
    "assertion-with-data-image.json": WRONG_SHAPE,
    "assertion-with-endorsements.json": SOUND,
    "assertion-with-extension-node-basic.json": SOUND,
    "assertion-with-extension-node-invalid.json": WRONG_SHAPE,
    "assertion-with-multiple-extensions.json": SOUND,
    "assets/altbadgeurl.json": BADGE_CLASS,
    "assets/bad-issuer.json": PROFILE,
    "assets/badge-from-organization-with-empty-revocation-list.json": BADGE_CLASS,
    "assets/badge-from-organization-with-revocation-list.json": BADGE_CLASS,
    "assets/badge-with-bad-issuer.json": BADGE_CLASS,
    "assets/badge-with-data-image.json": PART_VALID,
    "assets/badgeclass-with-complex-image.json": BADGE_CLASS,
    "assets/badgeclass-with-endorsements.json": BADGE_CLASS,
    "assets/badgeclass-with-language.json": BADGE_CLASS,
    "assets/badgeclass-with-verification-invalid-multiple-starts-with.json": BADGE_CLASS,
    "assets/badgeclass-with-verification-invalid-starts-with.json": BADGE_CLASS,
    "assets/badgeclass-with-verification-valid-multiple-starts-with.json": BADGE_CLASS,
    "assets/badgeclass-with-verification-valid-starts-with.json": BADGE_CLASS,
    "assets/badgeclass-with-verification.json": BADGE_CLASS,
    "assets/badgeclass1.json": BADGE_CLASS,
    "assets/badgecriteria.json": OTHER,
    "assets/basic-badge-no-public-key.json": BADGE_CLASS,
    "assets/beths-robot-badge.png": _no_award("a picture"),
    "assets/beths-robot-work.html": _no_award("a page"),
    "assets/criteria-no-type.json": OTHER,
    "assets/empty-revocation-list.json": REVOCATIONS,
    "assets/endorsement-1.json": ENDORSEMENT,
    "assets/endorsement-2.json": ENDORSEMENT,
    "assets/endorsement-3.json": ENDORSEMENT,
    "assets/endorsement-4.json": ENDORSEMENT,
    "assets/issuer-invalid-type.json": PROFILE,
    "assets/issuer-with-allowed-origins-invalid-multiple-starts-with.json": PROFILE,
    "assets/issuer-with-allowed-origins-invalid-starts-with.json": PROFILE,
    "assets/issuer-with-allowed-origins-valid-multiple-starts-with.json": PROFILE,
    "assets/issuer-with-allowed-origins-valid-starts-with.json": PROFILE,
    "assets/issuer-with-allowed-origins.json": PROFILE,
    "assets/issuer1.json": PROFILE,
    "assets/key1.json": KEY,
    "assets/key2.json": KEY,
    "assets/key3.json": KEY,
    "assets/openbadges_context.json": _no_award("a context"),
    "assets/organization-no-public-key.json": PROFILE,
    "assets/organization-with-empty-revocation-list.json": PROFILE,
    "assets/organization-with-revocation-list.json": PROFILE,
    "assets/organization.json": PROFILE,
    "assets/revocation-list.json": REVOCATIONS,
    "assets/robotics-badge.json": BADGE_CLASS,
    "assets/robotics-badge.png": _no_award("a picture"),
    "badge-class-with-language.json": PART_VALID,
    "basic-assertion-expired-before-issued.json": WRONG_DATES,
    "basic-assertion-expired.json": WRONG_DATES,
    "basic-assertion-in-future.json": WRONG_DATES,
    "basic-assertion-invalid-context.json": WRONG_SHAPE,
    "basic-assertion-invalid-type.json": WRONG_SHAPE,
    "basic-assertion-no-public-key.json": SOUND,
    "basic-assertion-with-allowed-origins-invalid-multiple-starts-with.json": OUT_OF_SCOPE,
    "basic-assertion-with-allowed-origins-invalid-starts-with.json": OUT_OF_SCOPE,
    "basic-assertion-with-allowed-origins-valid-multiple-starts-with.json": SOUND,
    "basic-assertion-with-allowed-origins-valid-starts-with.json": SOUND,
    "basic-assertion-with-allowed-origins.json": SOUND,
    "basic-assertion-with-language.json": SOUND,
    "basic-assertion.json": SOUND,
    "issuer-compact-iri-validation.json": PART_VALID,
    "rdf-validation/badge-class-invalid-issuer-type.json": PART_INVALID,
    "rdf-validation/invalid-class.json": PART_INVALID,
    "rdf-validation/invalid-empty-type.json": PART_INVALID,
    "rdf-validation/invalid-one-invalid-class.json": PART_INVALID,
    "rdf-validation/valid-alignment-object.json": PART_VALID,
    "rdf-validation/valid-badge-class-empty-criteria-type.json": PART_VALID,
    "rdf-validation/valid-badge-class.json": PART_VALID,
    "rdf-validation/valid-cool-class.json": PART_VALID,
    "rdf-validation/valid-issuer-extension.json": PART_VALID,
    "redirected-validation-subject.json": Row(
        valid=None, served=None, alone=None, why="has // comments, so it is no JSON: it is wrong itself"
    ),
    "simple-badge.png": SOUND,
    "simple-not-revoked.jwt": SOUND,
    "simple-revoked.jwt": Row(valid=False, served=FAILED, alone=UNKNOWN, because="status"),
    "simple.jwt": SOUND,
    "warning-issuer-non-http.json": SOUND,
    "warning-with-redirection.json": SOUND,
}


def publish(web: SimulatedWeb, sample: bytes) -> None:
    """Serve the assets on each origin, and a hosted Assertion at its own address."""
    for origin in ORIGINS:
        web.publish_folder(origin, FOLDER / "assets")
    try:
        opened = open_bytes(sample)
    except AdapterError:
        return
    if isinstance(opened, Opened) and opened.token is None:
        url = strict_json.decode(opened.payload).get("id")
        if isinstance(url, str):
            web.publish(url, opened.payload)


SAMPLES = Samples(folder=FOLDER, files=79, rows=ROWS, publish=publish)
