"""Problems of people: accounts, sign-in, backpacks."""

from gateway.http.catalogue.entry import Entry, Told

PEOPLE = {
    "foreign-form": Entry(
        title_fr="Le formulaire ne vient pas d’une page de cette passerelle",
        en=Told(
            cause="A form was sent that no page of the gateway, shown to this very person, can have sent: another site "
            "may have made the browser send it, or the session has ended in the meantime.",
            fix="Open the page of the gateway again and send the form from there. Programs use the API with a key "
            "instead.",
        ),
        fr=Told(
            cause="Un formulaire a été envoyé qu’aucune page de la passerelle, montrée à cette personne, ne peut avoir "
            "envoyé : un autre site l’a peut-être fait envoyer au navigateur, ou la session a pris fin entre-temps.",
            fix="Rouvrez la page de la passerelle et envoyez le formulaire de là. Les programmes se servent plutôt de "
            "l’API avec une clé.",
        ),
    ),
    "sign-in-needed": Entry(
        title_fr="Cette page est pour les personnes connectées",
        en=Told(
            cause="The page shows what belongs to one person, and nobody is signed in. The browser is sent to sign in, "
            "and comes back afterwards.",
            fix="Sign in. Programs use the API with a key instead.",
        ),
        fr=Told(
            cause="La page montre ce qui appartient à une personne, et personne n’est connecté. Le navigateur est "
            "envoyé se connecter et revient ensuite.",
            fix="Connectez-vous. Les programmes se servent plutôt de l’API avec une clé.",
        ),
    ),
    "malformed-address": Entry(
        title_fr="Ce n’est pas une adresse à laquelle un courriel puisse être envoyé",
        en=Told(
            cause="The text is no e-mail address, or one of a form that mail servers do not take.",
            fix="Check it for slips: one @, a host name with a dot, no blanks.",
        ),
        fr=Told(
            cause="Le texte n’est pas une adresse de courriel, ou est d’une forme que les serveurs de courrier ne "
            "prennent pas.",
            fix="Cherchez une faute de frappe : un seul @, un nom d’hôte avec un point, pas d’espaces.",
        ),
    ),
    "link-unusable": Entry(
        title_fr="Le lien, ou un autre envoyé à la même adresse, a servi, ou il est trop ancien",
        en=Told(
            cause="A link to sign in works once, within 15 minutes. Several may be open at a time; the first that is "
            "used ends all others to its address.",
            fix="Ask for a new link and open it within 15 minutes.",
        ),
        fr=Told(
            cause="Un lien de connexion sert une fois, dans les 15 minutes. Il peut y en avoir plusieurs à la fois ; "
            "le premier utilisé met fin à tous les autres de son adresse.",
            fix="Demandez un nouveau lien et ouvrez-le dans les 15 minutes.",
        ),
    ),
    "wrong-account": Entry(
        title_fr="Le lien a été demandé par un autre compte",
        en=Told(
            cause="The link adds an address to the account that asked for it, and the browser is signed in with "
            "another one, or with none.",
            fix="Sign in with the account that asked for the link, in this browser, and open the link again.",
        ),
        fr=Told(
            cause="Le lien ajoute une adresse au compte qui l’a demandé, et le navigateur est connecté à un autre, ou "
            "à aucun.",
            fix="Connectez-vous dans ce navigateur au compte qui a demandé le lien, et rouvrez le lien.",
        ),
    ),
    "provider-refused": Entry(
        title_fr="Le fournisseur d’identité n’a pas dit de façon fiable qui est cette personne",
        en=Told(
            cause="The service to sign in with declined, did not answer, or said something that cannot be relied on: a "
            "wrong signature, an unconfirmed address, another request's answer.",
            fix="Try again from the page to sign in, or have a link mailed instead.",
        ),
        fr=Told(
            cause="Le service de connexion a refusé, n’a pas répondu, ou a dit quelque chose de peu fiable : une "
            "signature fausse, une adresse non confirmée, la réponse à une autre demande.",
            fix="Réessayez depuis la page de connexion, ou faites-vous envoyer un lien par courriel.",
        ),
    ),
    "address-taken": Entry(
        title_fr="L’adresse appartient à un autre compte",
        en=Told(
            cause="An address belongs to one account, because badges are given out by it.",
            fix="Sign in with the address; or remove it in the other account, and add it here again.",
        ),
        fr=Told(
            cause="Une adresse appartient à un seul compte, parce que les badges se donnent par elle.",
            fix="Connectez-vous avec cette adresse ; ou retirez-la de l’autre compte, puis ajoutez-la de nouveau ici.",
        ),
    ),
    "sign-in-again": Entry(
        title_fr="Cela demande une connexion toute récente",
        en=Told(
            cause="Addresses are removed only by somebody who has just shown that they can read mail to one of them, "
            "so that a session left open is not enough.",
            fix="Sign in with the address itself or an older one of the account, and remove it within ten minutes.",
        ),
        fr=Told(
            cause="Seule une personne qui vient de montrer qu’elle lit le courrier d’une adresse en retire : une "
            "session restée ouverte ne suffit pas.",
            fix="Connectez-vous avec cette adresse ou une plus ancienne du compte, puis retirez-la dans les dix "
            "minutes.",
        ),
    ),
    "last-address": Entry(
        title_fr="La dernière adresse d’un compte ne peut pas être retirée",
        en=Told(
            cause="Nobody could sign in to the account any more without it.",
            fix="Add another address first, then remove this one; or delete the whole account.",
        ),
        fr=Told(
            cause="Sans elle, plus personne ne pourrait se connecter à ce compte.",
            fix="Ajoutez d’abord une autre adresse, puis retirez celle-ci ; ou supprimez le compte entier.",
        ),
    ),
    "too-many-addresses": Entry(
        title_fr="Le compte a autant d’adresses qu’il peut en avoir",
        en=Told(
            cause="The number of addresses of an account is limited.",
            fix="Remove an address that is not needed any more, then open the link again.",
        ),
        fr=Told(
            cause="Le nombre d’adresses d’un compte est limité.",
            fix="Retirez une adresse dont vous n’avez plus besoin, puis rouvrez le lien.",
        ),
    ),
    "invalid-badge": Entry(
        title_fr="Le badge est contrefait ou abîmé, il n’a donc pas été gardé",
        en=Told(
            cause="A check that tells a badge from a forgery failed: the signature does not fit, the issuer does not "
            "own the key, or a part of it is missing. `checks` say which.",
            fix="Ask for the badge again at its issuer, and send it unchanged.",
        ),
        fr=Told(
            cause="Une vérification qui distingue un badge d’un faux a échoué : la signature ne convient pas, la clé "
            "n’est pas à l’émetteur, ou une partie manque. `checks` dit laquelle.",
            fix="Redemandez le badge à son émetteur, et envoyez-le inchangé.",
        ),
    ),
    "backpack-full": Entry(
        title_fr="Le sac contient autant de badges qu’il peut",
        en=Told(
            cause="A person holds as many badges as anybody may.",
            fix="Remove badges that are not needed any more, then send this one again.",
        ),
        fr=Told(
            cause="Une personne détient autant de badges que quiconque peut en détenir.",
            fix="Retirez des badges dont vous n’avez plus besoin, puis renvoyez celui-ci.",
        ),
    ),
    "recipient-mismatch": Entry(
        title_fr="Le badge est pour une adresse que cette personne n’a pas confirmée",
        en=Told(
            cause="A backpack holds only badges of its owner, and this one names another address.",
            fix="Add the address to which the badge was awarded to the account and confirm it, then send the badge "
            "again.",
        ),
        fr=Told(
            cause="Un sac ne contient que les badges de son propriétaire, et celui-ci nomme une autre adresse.",
            fix="Ajoutez au compte l’adresse à laquelle le badge a été décerné et confirmez-la ; renvoyez ensuite le "
            "badge.",
        ),
    ),
    "too-many-passwords": Entry(
        title_fr="Il y a autant de mots de passe d’application qu’il peut y en avoir",
        en=Told(
            cause="The number of application passwords of a person is limited.",
            fix="Remove one that no application uses any more, then make the new one.",
        ),
        fr=Told(
            cause="Le nombre de mots de passe d’application d’une personne est limité.",
            fix="Retirez-en un qu’aucune application n’utilise plus, puis créez le nouveau.",
        ),
    ),
    "wrong-password": Entry(
        title_fr="L’adresse de courriel ou le mot de passe d’application est faux",
        en=Told(
            cause="The address, the application password or the refresh token is unknown or was revoked. The answer "
            "does not say which.",
            fix="Make an application password in the backpack and give it with the e-mail address; the password of "
            "another service does not work here.",
        ),
        fr=Told(
            cause="L’adresse, le mot de passe d’application ou le jeton d’actualisation est inconnu ou a été révoqué. "
            "La réponse ne dit pas lequel.",
            fix="Créez un mot de passe d’application dans le sac et donnez-le avec l’adresse de courriel ; le mot de "
            "passe d’un autre service ne sert pas ici.",
        ),
    ),
}
