"""What the page of an offer says, in English and French."""

import msgspec

from gateway.flows.offers.look import OfferStanding
from gateway.records.offers import Claiming

TAKEN_BACK, MISSING, TOO_OFTEN, AWAY = "taken-back", "missing", "too-many-requests", "away"


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One language.

    Attributes:
        untold: The title where the badge is shown to whom it is for alone.
        there_lead: Where there is one code; ``there_leads`` where there are two.
        claiming: What is asked for when it is claimed.
        over: Title and advice for each reason why it cannot be; with ``{day}``, of the offer's end or claim.
    """

    lead: str
    untold: str
    test: str
    issuer: str
    first: str
    awarded: str
    ends: str
    description: str
    here: str
    here_lead: str
    openid4vci: str
    learner_wallet: str
    learner_wallet_old: str
    learner_wallet_other: str
    there: str
    there_lead: str
    there_leads: str
    qr_openid4vci: str
    qr_openid4vci_said: str
    qr_interaction: str
    qr_interaction_said: str
    by_hand: str
    by_hand_lead: str
    link_openid4vci: str
    link_interaction: str
    copy: str
    copied: str
    downloads: str
    downloads_lead: str
    claiming: dict[Claiming, str]
    over: dict[str, tuple[str, str]]


WORDS = {
    "en": Words(
        lead="This badge is for you: put it in your wallet.",
        untold="A badge for you",
        test="TEST: this badge counts for nothing.",
        issuer="Issued by",
        first="First awarded by",
        awarded="Awarded",
        ends="Offer ends",
        description="What it is for",
        here="A wallet on this device",
        here_lead="The button opens your wallet. If nothing happens, there is none here that takes badges.",
        openid4vci="Open my wallet",
        learner_wallet="Open Learner Credential Wallet",
        learner_wallet_old="That button works for half an hour. If this page has been open longer, load it again.",
        learner_wallet_other="Another way into that wallet, if the first one fails",
        there="A wallet on another device",
        there_lead="Point your wallet’s own scanner at the code.",
        there_leads="Point your wallet’s own scanner at a code. Most wallets take the first one.",
        qr_openid4vci="Most wallets (OpenID4VCI)",
        qr_openid4vci_said="QR code for most wallets: the link that is written out as “OpenID4VCI”",
        qr_interaction="Learner Credential Wallet and others (VC-API)",
        qr_interaction_said="QR code for Learner Credential Wallet and others: the link written out as “This page”",
        by_hand="By hand",
        by_hand_lead="If your wallet takes a link, copy it from here.",
        link_openid4vci="OpenID4VCI",
        link_interaction="This page",
        copy="Copy",
        copied="Copied",
        downloads="As a file",
        downloads_lead="For whoever has no wallet. A file is not bound to you, and the offer is not used up by it.",
        claiming={
            Claiming.LINK: "The first wallet that fetches it keeps it. Do not pass this page on.",
            Claiming.CODE: "Your wallet will ask for a code of six digits. It reached you by another way than this "
            "page; after five wrong ones nobody can fetch the badge any more.",
            Claiming.SIGN_IN: "Your wallet will ask you to sign in here, with the e-mail address that the badge was "
            "awarded to. What it is for is shown then.",
        },
        over={
            OfferStanding.CLAIMED: (
                "This badge is in a wallet",
                "It was fetched on {day}, and a link works once. If that was not you, tell whoever sent you the link.",
            ),
            OfferStanding.EXPIRED: (
                "This offer has expired",
                "It ended on {day}. Ask whoever sent you the link for a new one.",
            ),
            OfferStanding.WITHDRAWN: (
                "This offer was withdrawn",
                "Whoever made it has taken it back. Ask them for a new link if you expected the badge.",
            ),
            OfferStanding.LOCKED: (
                "This offer is locked",
                "A wrong code was given too often. Ask whoever sent you the link for a new one.",
            ),
            TAKEN_BACK: (
                "This badge is not valid at the moment",
                "Whoever issued it has suspended or revoked it, so it cannot be put in a wallet.",
            ),
            MISSING: (
                "There is no offer at this address",
                "Perhaps the address was copied incompletely. Ask whoever sent you the link.",
            ),
            TOO_OFTEN: ("Too many requests", "Wait a minute and open the page again."),
            AWAY: ("The page cannot be shown at the moment", "Open it again in a few minutes."),
        },
    ),
    "fr": Words(
        lead="Ce badge est pour vous : mettez-le dans votre portefeuille.",
        untold="Un badge pour vous",
        test="TEST : ce badge ne vaut rien.",
        issuer="Délivré par",
        first="D’abord décerné par",
        awarded="Décerné le",
        ends="Fin de l’offre",
        description="Ce qu’il atteste",
        here="Un portefeuille sur cet appareil",
        here_lead="Le bouton ouvre votre portefeuille. S’il ne se passe rien, aucun portefeuille d’ici n’accepte les "
        "badges.",
        openid4vci="Ouvrir mon portefeuille",
        learner_wallet="Ouvrir Learner Credential Wallet",
        learner_wallet_old="Ce bouton fonctionne pendant une demi-heure. Si cette page est ouverte depuis plus "
        "longtemps, rechargez-la.",
        learner_wallet_other="Un autre chemin vers ce portefeuille, si le premier échoue",
        there="Un portefeuille sur un autre appareil",
        there_lead="Scannez le code avec le lecteur de votre portefeuille.",
        there_leads="Scannez un code avec le lecteur de votre portefeuille. La plupart acceptent le premier.",
        qr_openid4vci="La plupart des portefeuilles (OpenID4VCI)",
        qr_openid4vci_said="Code QR pour la plupart des portefeuilles : le lien écrit plus bas sous « OpenID4VCI »",
        qr_interaction="Learner Credential Wallet et d’autres (VC-API)",
        qr_interaction_said="Code QR pour Learner Credential Wallet et d’autres : le lien sous « Cette page » plus bas",
        by_hand="À la main",
        by_hand_lead="Si votre portefeuille accepte un lien, copiez-le d’ici.",
        link_openid4vci="OpenID4VCI",
        link_interaction="Cette page",
        copy="Copier",
        copied="Copié",
        downloads="En fichier",
        downloads_lead="Pour qui n’a pas de portefeuille. Un fichier n’est pas lié à vous, et le télécharger "
        "n’épuise pas l’offre.",
        claiming={
            Claiming.LINK: "Le premier portefeuille qui le récupère le garde. Ne transmettez pas cette page.",
            Claiming.CODE: "Votre portefeuille demandera un code de six chiffres. Il vous est parvenu par un autre "
            "moyen que cette page ; après cinq erreurs, personne ne peut plus obtenir le badge.",
            Claiming.SIGN_IN: "Votre portefeuille vous demandera de vous connecter ici, avec l’adresse e-mail à "
            "laquelle le badge a été décerné. Ce qu’il atteste est montré ensuite.",
        },
        over={
            OfferStanding.CLAIMED: (
                "Ce badge est dans un portefeuille",
                (
                    "Il a été récupéré le {day}, et un lien ne sert qu’une fois. Si ce n’était pas par vous, prévenez "
                    "la personne qui vous a envoyé le lien."
                ),
            ),
            OfferStanding.EXPIRED: (
                "Cette offre a expiré",
                "Elle a pris fin le {day}. Demandez un nouveau lien à la personne qui vous l’a envoyée.",
            ),
            OfferStanding.WITHDRAWN: (
                "Cette offre a été retirée",
                "La personne qui l’a faite l’a reprise. Demandez-lui un nouveau lien si vous attendiez le badge.",
            ),
            OfferStanding.LOCKED: (
                "Cette offre est bloquée",
                "Un code erroné a été saisi trop de fois. Demandez un nouveau lien à la personne qui vous l’a envoyée.",
            ),
            TAKEN_BACK: (
                "Ce badge n’est pas valable pour le moment",
                "Son émetteur l’a suspendu ou révoqué : il ne peut pas être mis dans un portefeuille.",
            ),
            MISSING: (
                "Il n’y a pas d’offre à cette adresse",
                "L’adresse a peut-être été copiée incomplètement. Demandez à la personne qui vous a envoyé le lien.",
            ),
            TOO_OFTEN: ("Trop de demandes", "Attendez une minute et ouvrez la page à nouveau."),
            AWAY: ("La page ne peut être montrée pour l’instant", "Ouvrez-la à nouveau dans quelques minutes."),
        },
    ),
}
