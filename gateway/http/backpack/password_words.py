"""Every text of the page of application passwords, in English and French."""

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The texts in one language; ``{…}`` is filled in, escaped."""

    title: str
    lead: str
    none: str
    made: str
    used: str
    unused: str
    end: str
    name: str
    name_hint: str
    make: str
    shown: str
    once: str
    with_address: str
    refused: dict[str, str]
    done: dict[str, str]
    back: str


WORDS = {
    "en": Words(
        title="Application passwords",
        lead="Some applications cannot send you here to ask. Make a password for each of them: with it the application "
        "sees your badges and adds some, and can do nothing else.",
        none="There is none.",
        made="made on {date}",
        used="last used on {date}",
        unused="not used yet",
        end="End",
        name="Name of the application",
        name_hint="For yourself, to know it by.",
        make="Make a password",
        shown="The password for {name}",
        once="Copy it now: it is shown this once.",
        with_address="Enter it in the application together with one of your e-mail addresses: {address}",
        refused={
            "request-validation": "Enter a name of at most 80 characters",
            "too-many-passwords": "There are enough: end one that is not needed",
        },
        done={"ended": "The password has ended, and with it all that the application could do."},
        back="Backpack",
    ),
    "fr": Words(
        title="Mots de passe d’application",
        lead="Certaines applications ne peuvent pas vous envoyer ici pour demander. Créez un mot de passe pour "
        "chacune : avec lui, l’application voit vos badges et en ajoute, et ne peut rien faire d’autre.",
        none="Il n’y en a aucun.",
        made="créé le {date}",
        used="utilisé pour la dernière fois le {date}",
        unused="pas encore utilisé",
        end="Mettre fin",
        name="Nom de l’application",
        name_hint="Pour vous, afin de le reconnaître.",
        make="Créer un mot de passe",
        shown="Le mot de passe pour {name}",
        once="Copiez-le maintenant : il n’est montré que cette fois.",
        with_address="Saisissez-le dans l’application avec l’une de vos adresses électroniques : {address}",
        refused={
            "request-validation": "Saisissez un nom d’au plus 80 caractères",
            "too-many-passwords": "Il y en a assez : mettez fin à un mot de passe inutile",
        },
        done={"ended": "Le mot de passe a pris fin, et avec lui tout ce que l’application pouvait faire."},
        back="Sac à badges",
    ),
}
"""By language code, as in ``gateway.http.html_page.LANGUAGES``."""
