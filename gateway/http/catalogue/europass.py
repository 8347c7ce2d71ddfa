"""Problems with what is sealed, sent and kept for Europass."""

from gateway.http.catalogue.entry import Entry, Told

EUROPASS = {
    "missing-file": Entry(
        title_fr="Il manque au formulaire la partie que lit cette opération",
        en=Told(
            cause="The multipart form has no file part of the name that is read, has it more than once, or more often "
            "than a batch may, or the body is empty.",
            fix="Send the file as the part that `fix` names, curl -F _file=@credential.jsonld, or the file itself as "
            "the body.",
        ),
        fr=Told(
            cause="Le formulaire n’a pas de fichier sous le nom attendu, en a plusieurs ou plus qu’un lot n’en prend, "
            "ou le corps est vide.",
            fix="Envoyez le fichier comme la partie que nomme `fix`, curl -F _file=@credential.jsonld, ou le fichier "
            "lui-même comme corps.",
        ),
    ),
    "not-an-upload": Entry(
        title_fr="Le fichier ne contient pas de justificatif à sceller",
        en=Told(
            cause="The file is no JSON, no credential in ELM, an Open Badge, or something that is sealed already.",
            fix='Send the upload form {"credential": …, "deliveryDetails": …} with a credential in ELM that is not '
            "sealed; convert Open Badges instead.",
        ),
        fr=Told(
            cause="Le fichier n’est pas du JSON, pas un justificatif en ELM, un Open Badge, ou quelque chose qui est "
            "déjà scellé.",
            fix='Envoyez le formulaire {"credential": …, "deliveryDetails": …} avec un justificatif en ELM non scellé '
            "; les Open Badges se convertissent.",
        ),
    ),
    "not.sealed": Entry(
        title_fr="Le justificatif n’est pas scellé comme le sont les justificatifs numériques européens",
        en=Told(
            cause="A wallet holds sealed European Digital Credentials, and this file is not sealed, or has no id by "
            "which it could be told from others.",
            fix="Send the .jsonld file that sealing answers with, unchanged.",
        ),
        fr=Told(
            cause="Un portefeuille contient des justificatifs européens scellés, et ce fichier ne l’est pas, ou n’a "
            "pas d’identifiant qui le distingue des autres.",
            fix="Envoyez le fichier .jsonld que donne le scellement, inchangé.",
        ),
    ),
    "no-delivery": Entry(
        title_fr="L’envoi ne dit pas dans quel portefeuille va le justificatif",
        en=Told(
            cause="The upload names no e-mail address and no userId of a wallet, names too many, or one that is "
            "neither.",
            fix="Name an e-mail address or a userId in deliveryDetails.deliveryAddress, or seal without sending.",
        ),
        fr=Told(
            cause="L’envoi ne nomme ni adresse de courriel ni userId d’un portefeuille, en nomme trop, ou une valeur "
            "qui n’est ni l’un ni l’autre.",
            fix="Nommez une adresse de courriel ou un userId dans deliveryDetails.deliveryAddress, ou scellez sans "
            "envoyer.",
        ),
    ),
    "sealed-otherwise": Entry(
        title_fr="Un autre justificatif a été scellé sous cet identifiant",
        en=Told(
            cause="An id names one credential for good. The platform sealed one under this id, and it says something "
            "else.",
            fix="Give the new credential an id of its own, or leave the id out and one is given.",
        ),
        fr=Told(
            cause="Un identifiant nomme un justificatif pour toujours. La plateforme en a scellé un sous celui-ci, et "
            "il dit autre chose.",
            fix="Donnez au nouveau justificatif un identifiant à lui, ou n’en donnez pas et il en reçoit un.",
        ),
    ),
    "duplicate-credential": Entry(
        title_fr="Le portefeuille contient déjà un justificatif avec cet identifiant",
        en=Told(
            cause="A credential with the same id lies in this wallet, and it is not written over.",
            fix="Nothing has to be done when it is the same one; remove the old one first when it is to be replaced.",
        ),
        fr=Told(
            cause="Un justificatif avec le même identifiant est dans ce portefeuille, et il n’est pas écrasé.",
            fix="Il n’y a rien à faire si c’est le même ; retirez d’abord l’ancien s’il doit être remplacé.",
        ),
    ),
    "wallet-full": Entry(
        title_fr="Le portefeuille contient autant de justificatifs qu’il peut",
        en=Told(
            cause="The number of credentials that wait in a wallet is limited.",
            fix="Remove credentials that are not needed, or have their owner take them into the backpack.",
        ),
        fr=Told(
            cause="Le nombre de justificatifs qui attendent dans un portefeuille est limité.",
            fix="Retirez des justificatifs inutiles, ou faites-les prendre par leur propriétaire dans son sac.",
        ),
    ),
    "link-expired": Entry(
        title_fr="Le lien a expiré",
        en=Told(
            cause="A share link shows a credential until the day that its maker chose, and that day has passed.",
            fix="Ask whoever shared the credential for a new link.",
        ),
        fr=Told(
            cause="Un lien de partage montre un justificatif jusqu’au jour que son auteur a choisi, et il est passé.",
            fix="Demandez un nouveau lien à qui a partagé le justificatif.",
        ),
    ),
}
