"""What the pages of the interface say themselves, in English and French; the documents are in English."""

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the page in one language."""

    title: str
    what: str
    key: str
    oauth: str
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
        oauth="To be tried with OAuth, a client is registered first, with token_endpoint_auth_method none and "
        "this redirect URI alone:",
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
        oauth="Pour essayer avec OAuth, un client est d’abord enregistré, avec token_endpoint_auth_method none et "
        "cette seule adresse de retour :",
        documents="Documents",
        plain="Ce document :",
        json="OpenAPI 3.1 (JSON)",
        markdown="à lire comme texte (Markdown)",
        no_script="Sans scripts, rien ne peut être essayé ici. Les documents peuvent être lus tout de même :",
        index="Tout en bref (Markdown)",
    ),
}
