"""What stands on the page of what waits for a person, in English and in French."""

import msgspec

from gateway.http.backpack.words import WORDS as BACKPACK_WORDS


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is ours on the page.

    Attributes:
        refused: Why something was not taken, by the code of the problem; "" for any other reason.
    """

    title: str
    lead: str
    nothing: str
    sender: str
    awarder: str
    issuer: str
    look: str
    others: str
    came: str
    found: str
    outcomes: dict[str, str]
    untitled: str
    take: str
    decline: str
    decline_hint: str
    declined: str
    detail: str
    back: str
    refused: dict[str, str]


WORDS = {
    "en": Words(
        title="Waiting for you",
        lead="Platforms have put these credentials aside for your addresses. Nothing is in your backpack until you "
        "take it. Who sent it is not told what you do, except that what you have erased is gone.",
        nothing="Nothing waits for you.",
        sender="Put aside by",
        awarder="Awarded by",
        issuer="Sealed by",
        look="Look at it first",
        others="Everything that waits for you",
        came="Since",
        found="Verification",
        outcomes={
            "passed": "everything was in order",
            "failed": "it had expired or been revoked",
            "unknown": "not everything could be found out, such as whose the seal is",
        },
        untitled="Without a title",
        take="Put it into my backpack",
        decline="Erase it",
        decline_hint="It cannot be brought back here.",
        declined="It was erased.",
        detail="In detail:",
        back="To the backpack",
        refused={
            **BACKPACK_WORDS["en"].refused,
            "recipient-mismatch": "It names an e-mail address that you have not confirmed here. Add the address to "
            "your account, then take it.",
        },
    ),
    "fr": Words(
        title="En attente",
        lead="Des plateformes ont mis ces attestations de côté pour vos adresses. Rien n’est dans votre sac à badges "
        "tant que vous ne l’avez pas pris. Qui les a envoyées n’apprend pas ce que vous en faites, sauf que ce que "
        "vous effacez a disparu.",
        nothing="Rien ne vous attend.",
        sender="Mise de côté par",
        awarder="Décernée par",
        issuer="Cachetée par",
        look="La regarder d’abord",
        others="Tout ce qui vous attend",
        came="Depuis le",
        found="Vérification",
        outcomes={
            "passed": "tout était en règle",
            "failed": "elle avait expiré ou été révoquée",
            "unknown": "tout n’a pas pu être établi, par exemple à qui est le cachet",
        },
        untitled="Sans titre",
        take="La mettre dans mon sac à badges",
        decline="L’effacer",
        decline_hint="On ne peut pas la récupérer ici.",
        declined="Elle a été effacée.",
        detail="En détail :",
        back="Au sac à badges",
        refused={
            **BACKPACK_WORDS["fr"].refused,
            "recipient-mismatch": "Elle nomme une adresse électronique que vous n’avez pas confirmée ici. Ajoutez "
            "l’adresse à votre compte, puis prenez-la.",
        },
    ),
}
