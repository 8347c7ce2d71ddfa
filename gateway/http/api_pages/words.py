"""What the pages of the interface say themselves, in English and French; the documents are in English."""

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the page in one language."""

    title: str
    what: str
    key: str
    oauth: str
    register: str
    account: str
    elsewhere: str
    returned: str
    back: str
    documents: str
    plain: str
    json: str
    markdown: str
    no_script: str
    index: str


WORDS = {
    "en": Words(
        title="The interface",
        what="Every operation of this gateway, to be read and to be tried. What is tried is really done.",
        key="“Authorize” takes what an operation asks for, such as an API key. It is sent to this gateway alone and "
        "forgotten with the page; a key of a platform’s test twin does no harm.",
        account="To try with OAuth, sign in under “Account” first.",
        register="Register a client",
        oauth="with any client_name, with token_endpoint_auth_method none and with this redirect URI alone:",
        elsewhere="Signing in and OAuth do not work at this address of the page. They do at",
        returned="You are signed in now. Go back to the page of the interface and press “Authorize” there again.",
        back="To the interface",
        documents="Documents",
        plain="This document:",
        json="OpenAPI 3.1 (JSON)",
        markdown="to be read as text (Markdown)",
        no_script="Without scripts nothing can be tried here. The documents can be read all the same:",
        index="Everything in brief (Markdown)",
    ),
    "fr": Words(
        title="L’interface",
        what="Toutes les opérations de cette passerelle, à lire et à essayer. Ce qui est essayé est réellement fait. "
        "Les documents sont en anglais.",
        key="« Authorize » prend ce que demande une opération, comme une clé d’API. Cela n’est envoyé qu’à cette "
        "passerelle et oublié avec la page ; une clé du double d’essai d’une plateforme est sans conséquence.",
        account="Pour essayer avec OAuth, connectez-vous d’abord sous « Compte ».",
        register="Enregistrez un client",
        oauth="avec un client_name de votre choix, token_endpoint_auth_method à none et cette seule adresse de "
        "retour :",
        elsewhere="La connexion et OAuth ne fonctionnent pas à cette adresse de la page, mais à",
        returned="Votre connexion est faite. Revenez à la page de l’interface et appuyez de nouveau sur « Authorize ».",
        back="Vers l’interface",
        documents="Documents",
        plain="Ce document :",
        json="OpenAPI 3.1 (JSON)",
        markdown="à lire comme texte (Markdown)",
        no_script="Sans scripts, rien ne peut être essayé ici. Les documents peuvent être lus tout de même :",
        index="Tout en bref (Markdown)",
    ),
}
