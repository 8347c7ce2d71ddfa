"""The plain data that a platform issues from: what a request may say, and nothing of who issues or how it is secured.

There is no member for an issuer, a key, a context, a proof, a type of credential or an id: all that is ours to write
(security: confused deputy, mass assignment), and a request that has one is refused.
"""

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from adapters.hub.frameworks import Framework

_END = r"$(?!\n)"  # Python's dollar alone lets a line end pass
TAG = "^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?" + _END
WEB = r"^https?://[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]{1,2040}" + _END
_DATA = "data:image/png;base64,[A-Za-z0-9+/]{20,700000}={0,2}"
PICTURE = rf"^(https://[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]{{1,2040}}|{_DATA})" + _END
WORKLOAD = r"^P(?=[0-9T])([0-9]{1,4}[YMWD])*(T(?=[0-9])([0-9]{1,6}[HMS])+)?" + _END

MOST = 50
"""Of alignments, pieces of evidence, results, and languages of a text."""

Language = Annotated[
    str,
    Meta(pattern=TAG, max_length=15, examples=["en-GB"], description="A BCP 47 language tag in its customary case."),
]
Name = Annotated[str, Meta(min_length=1, max_length=500)]
Prose = Annotated[str, Meta(min_length=1, max_length=20_000)]
Word = Annotated[str, Meta(min_length=1, max_length=200)]
Names = Name | Annotated[dict[Language, Name], Meta(min_length=1, max_length=MOST)]
Texts = Prose | Annotated[dict[Language, Prose], Meta(min_length=1, max_length=MOST)]
Url = Annotated[str, Meta(pattern=WEB, max_length=2048, examples=["https://academy.example/bicycles"])]
Instant = Annotated[dt.datetime, Meta(tz=True)]
Credits = Annotated[float, Meta(ge=0, le=1_000_000)]


class Plain(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    """An object of the request; a member that it does not have is refused."""


class PlainCriteria(Plain, frozen=True):
    """What had to be done, in words, under an address, or both.

    The words may be Markdown: it goes into the badge as it is, and pages show it as text without its marks.
    """

    text: Texts | UnsetType = UNSET
    url: Url | UnsetType = UNSET


class PlainAlignment(Plain, frozen=True):
    """A node of a framework, such as a skill of ESCO, that the achievement corresponds to."""

    name: Names
    url: Url
    code: Word | UnsetType = UNSET
    description: Texts | UnsetType = UNSET
    framework: Name | UnsetType = UNSET
    type: (
        Literal[
            "ceasn:Competency",
            "ceterms:Credential",
            "CFItem",
            "CFRubric",
            "CFRubricCriterion",
            "CFRubricCriterionLevel",
            "CTDL",
        ]
        | UnsetType
    ) = UNSET


class PlainSkill(Plain, frozen=True):
    """A term of a framework that is known here: it is written as those who keep the framework write it.

    Attributes:
        code: As the framework has it: the UUID of an ESCO skill, ``6`` (EQF), ``0613`` (ISCED-F), ``RNCP38596BC02``,
            ``M1805`` (ROME).
        url: Where it is described; only for a framework that gives its terms no addresses.
    """

    framework: Framework
    code: Word
    name: Names
    url: Url | UnsetType = UNSET


class PlainAchievement(Plain, frozen=True):
    """What is awarded.

    Attributes:
        skills: Terms of known frameworks that it corresponds to; a part of a certification of the RNCP stays one.
        outcomes: What those who earned it know and can do, a sentence each.
        level: Of the European Qualifications Framework.
        ects: Credits of the ECTS.
        workload: Notional, an ISO 8601 duration such as ``PT60H``.
        image: A PNG as a data URI, or an https address, which is not fetched; without one, an emblem is drawn.
        type: An AchievementType of Open Badges 3.0, or one of your own that begins with ``ext:``.
        code: What you call it yourself (``humanCode``), such as a course number.
        credits: How many can be earned with it.
        language: Of all texts here that do not name theirs.
    """

    name: Names
    description: Texts
    criteria: PlainCriteria
    image: Annotated[str, Meta(pattern=PICTURE, max_length=700_100)] | UnsetType = UNSET
    type: (
        Annotated[str, Meta(pattern=r"^(ext:[A-Za-z0-9._]{1,96}|[A-Z][A-Za-z]{1,63})" + _END, max_length=100)]
        | UnsetType
    ) = UNSET
    tags: Annotated[tuple[Word, ...], Meta(max_length=100)] = ()
    alignments: Annotated[tuple[PlainAlignment, ...], Meta(max_length=MOST)] = ()
    skills: Annotated[tuple[PlainSkill, ...], Meta(max_length=MOST)] = ()
    outcomes: Annotated[tuple[Texts, ...], Meta(max_length=MOST)] = ()
    level: Annotated[int, Meta(ge=1, le=8)] | UnsetType = UNSET
    ects: Annotated[float, Meta(ge=0, le=1000)] | UnsetType = UNSET
    workload: Annotated[str, Meta(pattern=WORKLOAD, max_length=30, examples=["PT60H"])] | UnsetType = UNSET
    credits: Credits | UnsetType = UNSET
    field_of_study: Name | UnsetType = UNSET
    specialization: Name | UnsetType = UNSET
    code: Word | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    version: Word | UnsetType = UNSET


class PlainRecipient(Plain, frozen=True):
    """Who earned it, by at least one of these.

    Attributes:
        did: Stands as it is, so that its holder can prove to be the recipient.
        plain: Whether the other identities stand as they are too; else each is hashed with a random salt of 128 bits.
    """

    email: (
        Annotated[
            str,
            Meta(
                pattern=r"^[^@\s\x00-\x20<>\x22]{1,64}@[^@\s\x00-\x20<>\x22]{1,189}" + _END,
                max_length=254,
                examples=["learner@example.org"],
            ),
        ]
        | UnsetType
    ) = UNSET
    url: Url | UnsetType = UNSET
    did: (
        Annotated[
            str,
            Meta(
                pattern="^did:[a-z0-9]{1,30}:[A-Za-z0-9._:%-]{1,500}" + _END,
                max_length=540,
                examples=["did:web:learner.example"],
            ),
        ]
        | UnsetType
    ) = UNSET
    telephone: (
        Annotated[
            str, Meta(pattern=r"^[+]?[0-9][0-9 ().-]{2,30}" + _END, max_length=32, examples=["+33 1 23 45 67 89"])
        ]
        | UnsetType
    ) = UNSET
    plain: bool = False


class PlainEvidence(Plain, frozen=True):
    """What shows that it was earned; the narrative is Markdown."""

    url: Url | UnsetType = UNSET
    name: Names | UnsetType = UNSET
    description: Texts | UnsetType = UNSET
    narrative: Texts | UnsetType = UNSET
    genre: Name | UnsetType = UNSET
    audience: Name | UnsetType = UNSET


class PlainResult(Plain, frozen=True):
    """A result of this recipient, and what kind of result it is.

    Attributes:
        type: A ResultType of Open Badges 3.0.
        value: As it is written, such as ``8.5`` or ``A``.
    """

    name: Names
    type: Literal[
        "GradePointAverage",
        "LetterGrade",
        "Percent",
        "PerformanceLevel",
        "PredictedScore",
        "RawScore",
        "Result",
        "ScaledScore",
        "Status",
    ]
    value: Word | UnsetType = UNSET
    status: (
        Literal["Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"] | UnsetType
    ) = UNSET
    minimum: Word | UnsetType = UNSET
    maximum: Word | UnsetType = UNSET
    required: Word | UnsetType = UNSET
    allowed: Annotated[tuple[Word, ...], Meta(max_length=MOST)] = ()


class PlainAward(Plain, frozen=True):
    """Somebody earned an achievement, and the platform says so.

    Attributes:
        awarded: When it was earned, not in the future; by default the moment of the request.
        valid_from: From when it holds, not in the future; by default since it was awarded.
        expires: Until when it holds.
    """

    achievement: PlainAchievement
    recipient: PlainRecipient
    awarded: Instant | UnsetType = UNSET
    valid_from: Instant | UnsetType = UNSET
    expires: Instant | UnsetType = UNSET
    activity_start: Instant | UnsetType = UNSET
    activity_end: Instant | UnsetType = UNSET
    narrative: Texts | UnsetType = UNSET
    evidence: Annotated[tuple[PlainEvidence, ...], Meta(max_length=MOST)] = ()
    results: Annotated[tuple[PlainResult, ...], Meta(max_length=MOST)] = ()
    credits_earned: Credits | UnsetType = UNSET
    license_number: Word | UnsetType = UNSET
    role: Name | UnsetType = UNSET
    term: Name | UnsetType = UNSET
