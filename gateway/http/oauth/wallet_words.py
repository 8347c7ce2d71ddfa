"""The words of the page on which people let a wallet fetch a badge, in English and French."""

import msgspec

from gateway.flows.oauth.wallet_badges import NONE_HELD, OVER, SOMEBODY_ELSE


class WalletWords(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the page in one language; texts with braces take what stands in them.

    Attributes:
        refused: Title and advice, by why nothing can be said yes to.
    """

    title: str
    asks: str
    not_checked: str
    offered: str
    choose: str
    more: str
    from_whom: str
    awarded: str
    untitled: str
    becomes: str
    allow: str
    deny: str
    back: str
    refused: dict[str, tuple[str, str]]


WALLET_WORDS = {
    "en": WalletWords(
        title="Put a badge into your wallet?",
        asks="A wallet that calls itself {name} asks for a badge of yours.",
        not_checked="Its name is what it says of itself; nobody has checked it. Go on only if you have just come from "
        "there and know the address above.",
        offered="It gets this badge:",
        choose="Which badge may it get?",
        more="These are your latest ones; any other is put into a wallet from its page in your backpack.",
        from_whom="from {name}",
        awarded="on {date}",
        untitled="(without a name)",
        becomes="This gateway issues the badge anew, bound to a key of the wallet: whoever has the wallet can show it "
        "to others as theirs.",
        allow="Put it into the wallet",
        deny="Do not",
        back="Back to the wallet",
        refused={
            OVER: (
                "This badge can no longer be fetched",
                (
                    "The offer was used, withdrawn or taken back, its time is over, or it is not fetched in this way. "
                    "Ask whoever sent you the link for a new one."
                ),
            ),
            SOMEBODY_ELSE: (
                "This badge is for somebody else",
                (
                    "It was awarded to an address that is not among those that you have confirmed here. If it is "
                    "yours, add it to your account and open the link again; if you have another account, sign in "
                    "there."
                ),
            ),
            NONE_HELD: (
                "There is no badge that could be put into a wallet",
                "Your backpack has none that holds now. Add one there, and begin again in the wallet.",
            ),
        },
    ),
    "fr": WalletWords(
        title="Mettre un badge dans votre portefeuille\u00a0?",
        asks="Un portefeuille qui se nomme {name} demande l’un de vos badges.",
        not_checked="Son nom est celui qu’il se donne ; personne ne l’a vérifié. Ne continuez que si vous en venez à "
        "l’instant et si vous connaissez l’adresse ci-dessus.",
        offered="Il recevra ce badge\u00a0:",
        choose="Quel badge peut-il recevoir\u00a0?",
        more="Ce sont vos plus récents ; tout autre se met dans un portefeuille depuis sa page parmi vos badges.",
        from_whom="de {name}",
        awarded="le {date}",
        untitled="(sans nom)",
        becomes="Cette passerelle émet le badge à nouveau, lié à une clé du portefeuille : qui possède le portefeuille "
        "peut le présenter comme sien.",
        allow="Le mettre dans le portefeuille",
        deny="Ne pas le faire",
        back="Retour au portefeuille",
        refused={
            OVER: (
                "Ce badge ne peut plus être récupéré",
                (
                    "L’offre a été utilisée, retirée ou reprise, son délai est passé, ou elle ne se récupère pas "
                    "ainsi. Demandez-en une nouvelle à qui vous a envoyé le lien."
                ),
            ),
            SOMEBODY_ELSE: (
                "Ce badge est pour quelqu’un d’autre",
                (
                    "Il a été décerné à une adresse qui n’est pas parmi celles que vous avez confirmées ici. Si cette "
                    "adresse est la vôtre, ajoutez-la à votre compte et rouvrez le lien ; si vous avez un autre "
                    "compte, connectez-vous avec celui-là."
                ),
            ),
            NONE_HELD: (
                "Aucun badge ne peut être mis dans un portefeuille",
                "Aucun de vos badges n’est valable en ce moment. Ajoutez-en un, puis recommencez dans le portefeuille.",
            ),
        },
    ),
}
