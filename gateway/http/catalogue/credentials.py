"""Problems with what is made of a badge, or issued anew."""

from gateway.http.catalogue.entry import Entry, Told

CREDENTIALS = {
    "refused": Entry(
        title_fr="Le badge n’est pas entièrement vérifié, il n’a donc pas été signé",
        en=Told(
            cause="A check of the badge failed or could not be made. The gateway signs only what it has found true "
            "itself; `checks` of the answer say what was found.",
            fix="Look at `checks`: each that is failed or unknown has a fix and says who can mend it. Have that done "
            "and send the badge again.",
        ),
        fr=Told(
            cause="Une vérification du badge a échoué ou n’a pas pu être faite. La passerelle ne signe que ce qu’elle "
            "a elle-même trouvé vrai ; `checks`, dans la réponse, dit ce qui a été trouvé.",
            fix="Regardez `checks` : chaque vérification échouée ou inconnue a un `fix` et dit qui peut y remédier. "
            "Faites-le faire et renvoyez le badge.",
        ),
    ),
    "source-changed": Entry(
        title_fr="Le badge dit autre chose que lorsque l’enregistrement a été fait",
        en=Told(
            cause="A further form is made of the source as it is now, and the source says something else than when it "
            "was converted first.",
            fix="Convert the badge anew: that gives a record of its own, and the old one stays what it was.",
        ),
        fr=Told(
            cause="Une forme de plus se fait de la source telle qu’elle est maintenant, et elle dit autre chose que "
            "lors de la première conversion.",
            fix="Convertissez le badge de nouveau : cela donne un enregistrement à part, et l’ancien reste ce qu’il "
            "était.",
        ),
    ),
    "no-such-award": Entry(
        title_fr="Le badge contient moins d’attributions que cela",
        en=Told(
            cause="The parameter award chooses one of several awards in a credential, and there is none with this "
            "number. They are counted from 0.",
            fix="Choose one of the numbers that `fix` names, or leave award out when there is one.",
        ),
        fr=Told(
            cause="Le paramètre award choisit l’une des attributions d’un justificatif, et aucune n’a ce numéro. On "
            "les compte à partir de 0.",
            fix="Choisissez l’un des numéros que nomme `fix`, ou n’envoyez pas award quand il n’y en a qu’une.",
        ),
    ),
    "not-writable": Entry(
        title_fr="Le badge ne peut pas être exprimé dans le format demandé",
        en=Told(
            cause="The format that was asked for has no place for something without which it would be no valid "
            "credential, or what would be written could not be verified afterwards.",
            fix="Ask for another format, or have the badge say what `pointer` and `detail` name.",
        ),
        fr=Told(
            cause="Le format demandé n’a pas de place pour quelque chose sans quoi ce ne serait pas un justificatif "
            "valable, ou ce qui serait écrit ne pourrait pas être vérifié ensuite.",
            fix="Demandez un autre format, ou faites dire au badge ce que nomment `pointer` et `detail`.",
        ),
    ),
    "not-sealable": Entry(
        title_fr="Le format ne peut pas être scellé de la façon demandée",
        en=Told(
            cause="Each format is signed in certain ways, and the one that securing names is not among them.",
            fix="Choose one of the ways that `fix` names, or leave securing out for the usual one.",
        ),
        fr=Told(
            cause="Chaque format se signe de certaines façons, et celle que nomme securing n’en est pas.",
            fix="Choisissez l’une des façons que nomme `fix`, ou n’envoyez pas securing pour la façon habituelle.",
        ),
    ),
    "no-suspension": Entry(
        title_fr="Ce qui est demandé ne pourrait jamais être suspendu",
        en=Told(
            cause="A credential that can be suspended needs a format with status lists and a gateway that is served "
            "over https, and one of them is missing.",
            fix="Leave out status, or ask for other formats, such as open-badges-3.",
        ),
        fr=Told(
            cause="Un justificatif qui peut être suspendu demande un format avec des listes de statut et une "
            "passerelle servie en https, et l’un des deux manque.",
            fix="N’envoyez pas status, ou demandez d’autres formats, comme open-badges-3.",
        ),
    ),
    "not-issuable": Entry(
        title_fr="Cela ne peut pas être émis comme il est dit",
        en=Told(
            cause="What is to be issued contradicts itself, breaks a rule of the format, lies in the future or the "
            "past, or claims to be somebody else's.",
            fix="Change what `pointer` names as `fix` says, and send the request again. Nothing was issued.",
        ),
        fr=Told(
            cause="Ce qui doit être émis se contredit, enfreint une règle du format, se situe dans le futur ou le "
            "passé, ou prétend venir de quelqu’un d’autre.",
            fix="Changez ce que nomme `pointer` comme le dit `fix`, et renvoyez la requête. Rien n’a été émis.",
        ),
    ),
    "issued-otherwise": Entry(
        title_fr="La plateforme a émis un autre justificatif sous cet identifiant",
        en=Told(
            cause="An id names one credential for good. One was issued under this id, and it says something else.",
            fix="Give the new one an id of its own, or send the old one again as it was.",
        ),
        fr=Told(
            cause="Un identifiant nomme un justificatif pour toujours. L’un a été émis sous celui-ci, et il dit autre "
            "chose.",
            fix="Donnez au nouveau un identifiant à lui, ou renvoyez l’ancien tel qu’il était.",
        ),
    ),
    "not-active": Entry(
        title_fr="Le justificatif a été suspendu ou révoqué",
        en=Told(
            cause="No further form is made of a credential that does not hold at present, and none is handed to a "
            "wallet.",
            fix="Reinstate it when it was suspended. A revocation is for good: issue it anew if it is deserved after "
            "all.",
        ),
        fr=Told(
            cause="On ne fait pas d’autre forme d’un justificatif qui ne vaut pas en ce moment, et on n’en remet pas à "
            "un portefeuille.",
            fix="Rétablissez-le s’il a été suspendu. Une révocation est définitive : émettez-le de nouveau s’il est "
            "tout de même mérité.",
        ),
    ),
    "erased": Entry(
        title_fr="Le justificatif a été effacé",
        en=Told(
            cause="A credential was at this address. Its platform, or the person whose it was, had it erased: all that "
            "was issued of it was revoked, and nothing of what it said is kept.",
            fix="Do not rely on copies of it: they are revoked, also those in formats that cannot say so. Ask whoever "
            "gave you the address for another credential, and forget this one.",
        ),
        fr=Told(
            cause="Un justificatif était à cette adresse. Sa plateforme, ou la personne à qui il était, l’a fait "
            "effacer : tout ce qui en avait été émis est révoqué, et rien de ce qu’il disait n’est conservé.",
            fix="Ne vous fiez pas à ses copies : elles sont révoquées, même celles dont le format ne peut pas le dire. "
            "Demandez un autre justificatif à qui vous a donné l’adresse, et oubliez celui-ci.",
        ),
    ),
    "not-suspendable": Entry(
        title_fr="Ce justificatif ne peut pas être suspendu ni rétabli",
        en=Told(
            cause="It was issued without the possibility, a form of it has no status list, it was revoked for good, or "
            "another issuer suspended it.",
            fix="Revoke it if it should not hold any more: `revocable` of a form says whether who verifies it comes to "
            "see that. Issue with status=suspension what may have to be suspended one day.",
        ),
        fr=Told(
            cause="Il a été émis sans cette possibilité, l’une de ses formes n’a pas de liste de statut, il a été "
            "révoqué pour toujours, ou un autre émetteur l’a suspendu.",
            fix="Révoquez-le s’il ne doit plus valoir : `revocable` d’une forme dit si qui la vérifie l’apprendra. "
            "Émettez avec status=suspension ce qu’il faudra peut-être suspendre un jour.",
        ),
    ),
    "not-made": Entry(
        title_fr="Le justificatif n’a pas une telle forme",
        en=Told(
            cause="The credential exists, and it was not made in this format, sealed in this way or put into this "
            "carrier.",
            fix="Choose one of the forms that `fix` names, or have this one made first.",
        ),
        fr=Told(
            cause="Le justificatif existe, mais il n’a pas été fait dans ce format, scellé de cette façon ou mis dans "
            "ce support.",
            fix="Choisissez l’une des formes que nomme `fix`, ou faites d’abord faire celle-ci.",
        ),
    ),
}
