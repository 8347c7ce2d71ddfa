"""What a person is told who is refused, by the code of the problem."""

import msgspec


class Refusal(msgspec.Struct, frozen=True):
    """What went wrong, and what to do now."""

    title: str
    advice: str


REFUSALS = {
    "en": {
        "foreign-form": Refusal(
            title="This form is out of date",
            advice="You were signed out in the meantime, or it did not come from a page of this gateway. Open the "
            "page again and send it from there.",
        ),
        "too-many-requests": Refusal(
            title="Too many attempts",
            advice="Wait a while and try again.",
        ),
        "link-unusable": Refusal(
            title="This link is of no use any more",
            advice="It, or another one to the same address, was used already, or it is older than 15 minutes. Ask for "
            "a new one.",
        ),
        "wrong-account": Refusal(
            title="Sign in first",
            advice="This link adds an address to the account that asked for it. Sign in with that account in this "
            "browser, then open the link again.",
        ),
        "address-taken": Refusal(
            title="This address belongs to another account",
            advice="Sign in with it; or, signed in with it, remove it there and add it here again.",
        ),
        "last-address": Refusal(
            title="The last address cannot be removed",
            advice="Without it you could not sign in any more. Add another one.",
        ),
        "sign-in-again": Refusal(
            title="Sign in again first",
            advice="To remove an address, sign in with it, or with an address that you added before it, and remove it "
            "within ten minutes. An address that you added a week ago or more will do, too.",
        ),
        "too-many-addresses": Refusal(
            title="There is no room for another address",
            advice="Remove one first.",
        ),
        "no-mail": Refusal(
            title="Nobody can sign in by mail here yet",
            advice="Whoever runs this gateway has to set a mail server first.",
        ),
        "provider-refused": Refusal(
            title="Signing in did not work",
            advice="The other service did not say who you are, or not in a way that can be relied on. Try again, or "
            "have a link mailed to you.",
        ),
        "bad-request": Refusal(
            title="The gateway does not understand what was sent",
            advice="Something in the address or the form is missing or cannot be so. Open the page again and start "
            "from there.",
        ),
        "too-large": Refusal(
            title="That is too large",
            advice="Send a smaller file, or less text.",
        ),
        "insufficient-scope": Refusal(
            title="You may not do this here",
            advice="An owner of the platform can give you more rights.",
        ),
        "not-found": Refusal(
            title="There is nothing at this address",
            advice="Perhaps it was copied incompletely.",
        ),
        "unavailable": Refusal(
            title="A part of the gateway does not answer",
            advice="Try again in a few minutes.",
        ),
        "": Refusal(
            title="This did not work",
            advice="Go back and try again.",
        ),
    },
    "fr": {
        "foreign-form": Refusal(
            title="Ce formulaire n’est plus à jour",
            advice="Vous avez été déconnecté entre-temps, ou il ne vient pas d’une page de cette passerelle. Rouvrez "
            "la page et envoyez-le de là.",
        ),
        "too-many-requests": Refusal(
            title="Trop d’essais",
            advice="Attendez un peu et réessayez.",
        ),
        "link-unusable": Refusal(
            title="Ce lien ne sert plus",
            advice="Ce lien, ou un autre envoyé à la même adresse, a déjà servi, ou il a plus de 15 minutes. "
            "Demandez-en un nouveau.",
        ),
        "wrong-account": Refusal(
            title="Connectez-vous d’abord",
            advice="Ce lien ajoute une adresse au compte qui l’a demandé. Connectez-vous à ce compte dans ce "
            "navigateur, puis rouvrez le lien.",
        ),
        "address-taken": Refusal(
            title="Cette adresse appartient à un autre compte",
            advice="Connectez-vous avec elle ; ou retirez-la de cet autre compte, puis ajoutez-la de nouveau ici.",
        ),
        "last-address": Refusal(
            title="La dernière adresse ne peut pas être retirée",
            advice="Sans elle, vous ne pourriez plus vous connecter. Ajoutez-en une autre.",
        ),
        "sign-in-again": Refusal(
            title="Reconnectez-vous d’abord",
            advice="Pour retirer une adresse, connectez-vous avec elle, ou avec une adresse ajoutée avant elle, puis "
            "retirez-la dans les dix minutes. Une adresse ajoutée il y a une semaine ou plus convient aussi.",
        ),
        "too-many-addresses": Refusal(
            title="Il n’y a plus de place pour une adresse",
            advice="Retirez-en d’abord une.",
        ),
        "no-mail": Refusal(
            title="On ne peut pas encore se connecter par courriel ici",
            advice="La personne qui exploite cette passerelle doit d’abord régler un serveur de courrier.",
        ),
        "provider-refused": Refusal(
            title="La connexion a échoué",
            advice="L’autre service n’a pas dit qui vous êtes, ou pas d’une façon fiable. Réessayez, ou faites-vous "
            "envoyer un lien.",
        ),
        "bad-request": Refusal(
            title="La passerelle ne comprend pas ce qui a été envoyé",
            advice="Quelque chose dans l’adresse ou le formulaire manque ou ne peut pas être ainsi. Rouvrez la page "
            "et recommencez de là.",
        ),
        "too-large": Refusal(
            title="C’est trop volumineux",
            advice="Envoyez un fichier plus petit, ou moins de texte.",
        ),
        "insufficient-scope": Refusal(
            title="Vous ne pouvez pas faire cela ici",
            advice="Un propriétaire de la plateforme peut vous donner plus de droits.",
        ),
        "not-found": Refusal(
            title="Il n’y a rien à cette adresse",
            advice="Elle a peut-être été copiée incomplètement.",
        ),
        "unavailable": Refusal(
            title="Une partie de la passerelle ne répond pas",
            advice="Réessayez dans quelques minutes.",
        ),
        "": Refusal(
            title="Cela n’a pas marché",
            advice="Revenez en arrière et réessayez.",
        ),
    },
}
"""By language and the code of a problem; the empty one is for all others."""
