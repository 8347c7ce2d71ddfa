"""Every text of the backpack's pages, in English and French."""

import msgspec

from gateway.flows.backpack.standing import Standing
from gateway.records.holdings import Via


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The texts in one language; ``{…}`` is filled in, escaped."""

    backpack: str
    empty: str
    count: str
    untitled: str
    issued_by: str
    awarded: str
    standings: dict[Standing, str]
    looked_at: str
    seen_valid: str
    check: str
    check_lead: str
    ends: str
    for_address: str
    for_nobody: str
    add: str
    add_lead: str
    file: str
    file_hint: str
    address: str
    address_hint: str
    add_file: str
    add_address: str
    passwords: str
    waiting: str
    newer: str
    older: str
    suggested: str
    suggested_lead: str
    confirm_address: str
    description: str
    wallet: str
    wallet_lead: str
    to_wallet: str
    downloads: str
    original: str
    decimal_mark: str
    kilobytes: str
    baked: str
    form: str
    form_png: str
    record: str
    convert: str
    convert_lead: str
    get_as: str
    found_out: str
    came: str
    via: dict[Via, str]
    format: str
    recipient: str
    awarder: str
    issuer: str
    date: str
    remove: str
    remove_title: str
    remove_question: str
    remove_forms: str
    remove_forms_hint: str
    remove_yes: str
    remove_no: str
    back: str
    done: dict[str, str]
    refused: dict[str, str]
    detail: str


ENGLISH = Words(
    backpack="Backpack",
    empty="There is no badge in your backpack yet. Add one below, or authorise an application that sends them here.",
    count="{number} badges",
    untitled="Badge without a name",
    issued_by="Issued by",
    awarded="Awarded on {date}",
    standings={
        Standing.VALID: "Valid",
        Standing.EXPIRED: "Expired",
        Standing.EARLY: "Not valid yet",
        Standing.REVOKED: "Revoked by its issuer",
        Standing.SUSPENDED: "Suspended by its issuer",
        Standing.FAILED: "Not valid",
        Standing.UNKNOWN: "Could not be checked",
    },
    looked_at="looked at on {date}",
    seen_valid="last seen valid on {date}",
    check="Check again",
    check_lead="“Check again” looks at the badge as it is now, and signs nothing; what was issued from it is revoked "
    "if its issuer has revoked it.",
    ends="Valid until",
    for_address="Awarded to {address}",
    for_nobody="Names no address that could be compared with yours",
    add="Add a badge",
    add_lead="The badge is checked, and kept exactly as it is.",
    file="File with the badge",
    file_hint="A picture with a badge in it (PNG, SVG), JSON, or a signed token.",
    address="Address of the badge",
    address_hint="It begins with https://",
    add_file="Add this file",
    add_address="Add from this address",
    passwords="Passwords for applications that cannot ask you here",
    waiting="What platforms have put aside for you",
    newer="Newer badges",
    older="Older badges",
    suggested="Are these addresses yours?",
    suggested_lead="An application that you authorised says so. Only what you confirm counts; a link is mailed to "
    "the address.",
    confirm_address="Mail a link",
    description="What it is for",
    wallet="In a wallet",
    wallet_lead="The badge is checked again and issued anew, bound to your wallet. The next page has a link and a QR "
    "code for it, which work once.",
    to_wallet="Put it in a wallet",
    downloads="Downloads",
    original="The badge exactly as it came ({size})",
    decimal_mark=".",
    kilobytes="{number}\N{NO-BREAK SPACE}KB",
    baked="Picture with the badge in it (PNG)",
    form="As {format}",
    form_png="As {format}, in its picture (PNG)",
    record="What was checked and changed",
    convert="In another format",
    convert_lead="The badge is checked again. When everything holds, this gateway issues it anew and signs it; the "
    "original issuer stays named in it.",
    get_as="Get as {format}",
    found_out="What was found out",
    came="Came here",
    via={
        Via.OPEN_BADGES_3: "from an application (Open Badges 3.0)",
        Via.BADGE_CONNECT: "from an application (Badge Connect)",
        Via.BADGR: "from an application (application password)",
        Via.BACKPACK: "added by you",
        Via.EUROPASS: "put aside for you by a platform",
    },
    format="Format",
    recipient="Awarded to",
    awarder="Awarded by",
    issuer="Issuer",
    date="Awarded on",
    remove="Remove from the backpack",
    remove_title="Remove this badge?",
    remove_question="It is erased here and cannot be had back from here. Download it first if this is your only copy.",
    remove_forms="Erase what this gateway issued from it, too",
    remove_forms_hint="Whoever checks a copy of that then reads that it was revoked, where its format can say so, and "
    "nothing of it is kept here. Otherwise it stays valid at its address.",
    remove_yes="Yes, remove it",
    remove_no="No, keep it",
    back="All badges",
    done={
        "added": "The badge is in your backpack.",
        "converted": "The badge was issued in the other format.",
        "original": "It held what it was converted from, which is here now, exactly as it was.",
        "removed": "The badge was removed.",
        "checked": "The badge was checked.",
    },
    refused={
        "request-validation": "Choose a file, or enter an address that begins with https://",
        "recipient-mismatch": "The badge was awarded to an address that is not confirmed as yours. Add the address "
        "to your account first, then the badge again.",
        "invalid-badge": "The badge is not what it claims to be, so it was not kept.",
        "refused": "Not everything about the badge could be confirmed, so it was not issued anew.",
        "unreachable": "Nothing could be fetched from that address.",
        "fetch-blocked": "Nothing is fetched from that address.",
        "fetch-budget": "Too much was fetched in a short time. Wait a minute and try again.",
        "too-many-requests": "That was asked for too often in a short time. Wait a few minutes and try again.",
        "backpack-full": "Your backpack is full. Remove a badge that you do not need first.",
        "too-large": "The file is too large.",
        "not-writable": "The other format has no room for what this badge says.",
        "bake-empty": "There is no badge in this picture.",
        "revoked": "The issuer has taken this badge back.",
        "reference-missing": "A part of the badge is at another address, which does not serve it.",
        "not-issuable": "No wallet could have this badge from here.",
        "not-the-recipient": "The badge does not name an address that you have confirmed, so it is not put in a wallet "
        "in your name. Add the address that it was awarded to, or ask whoever awarded it to offer it to you.",
        "": "This is no badge that can be read here.",
    },
    detail="In detail (in English):",
)

FRENCH = Words(
    backpack="Sac à badges",
    empty="Il n’y a encore aucun badge dans votre sac. Ajoutez-en un ci-dessous, ou autorisez une application qui en "
    "envoie ici.",
    count="{number} badges",
    untitled="Badge sans nom",
    issued_by="Émis par",
    awarded="Décerné le {date}",
    standings={
        Standing.VALID: "Valide",
        Standing.EXPIRED: "Expiré",
        Standing.EARLY: "Pas encore valide",
        Standing.REVOKED: "Révoqué par son émetteur",
        Standing.SUSPENDED: "Suspendu par son émetteur",
        Standing.FAILED: "Non valide",
        Standing.UNKNOWN: "N’a pas pu être contrôlé",
    },
    looked_at="examiné le {date}",
    seen_valid="vu valide pour la dernière fois le {date}",
    check="Contrôler à nouveau",
    check_lead="« Contrôler à nouveau » examine le badge tel qu’il est maintenant, et ne signe rien ; ce qui en a été "
    "émis est révoqué si son émetteur l’a révoqué.",
    ends="Valide jusqu’au",
    for_address="Décerné à {address}",
    for_nobody="Ne nomme aucune adresse que l’on puisse comparer aux vôtres",
    add="Ajouter un badge",
    add_lead="Le badge est contrôlé, et conservé exactement tel qu’il est.",
    file="Fichier contenant le badge",
    file_hint="Une image qui contient un badge (PNG, SVG), du JSON, ou un jeton signé.",
    address="Adresse du badge",
    address_hint="Elle commence par https://",
    add_file="Ajouter ce fichier",
    add_address="Ajouter depuis cette adresse",
    passwords="Mots de passe pour les applications qui ne peuvent pas vous demander ici",
    waiting="Ce que des plateformes ont mis de côté pour vous",
    newer="Badges plus récents",
    older="Badges plus anciens",
    suggested="Ces adresses sont-elles les vôtres ?",
    suggested_lead="Une application que vous avez autorisée le dit. Seul compte ce que vous confirmez ; un lien est "
    "envoyé à l’adresse.",
    confirm_address="Envoyer un lien",
    description="Ce qu’il récompense",
    wallet="Dans un portefeuille",
    wallet_lead="Le badge est contrôlé à nouveau et délivré à nouveau, lié à votre portefeuille. La page suivante a un "
    "lien et un code QR pour lui, qui ne servent qu’une fois.",
    to_wallet="Le mettre dans un portefeuille",
    downloads="Téléchargements",
    original="Le badge exactement tel qu’il est arrivé ({size})",
    decimal_mark=",",
    kilobytes="{number}\N{NO-BREAK SPACE}Ko",
    baked="Image contenant le badge (PNG)",
    form="En {format}",
    form_png="En {format}, dans son image (PNG)",
    record="Ce qui a été contrôlé et ce qui a changé",
    convert="Dans un autre format",
    convert_lead="Le badge est contrôlé à nouveau. Si tout est exact, cette passerelle l’émet à nouveau et le signe ; "
    "l’émetteur d’origine y reste nommé.",
    get_as="Obtenir en {format}",
    found_out="Ce qui a été constaté",
    came="Arrivé ici",
    via={
        Via.OPEN_BADGES_3: "par une application (Open Badges 3.0)",
        Via.BADGE_CONNECT: "par une application (Badge Connect)",
        Via.BADGR: "par une application (mot de passe d’application)",
        Via.BACKPACK: "ajouté par vous",
        Via.EUROPASS: "mis de côté pour vous par une plateforme",
    },
    format="Format",
    recipient="Décerné à",
    awarder="Décerné par",
    issuer="Émetteur",
    date="Décerné le",
    remove="Retirer du sac",
    remove_title="Retirer ce badge ?",
    remove_question="Il est effacé ici et ne pourra pas être récupéré d’ici. Téléchargez-le d’abord si c’est votre "
    "seul exemplaire.",
    remove_forms="Effacer aussi ce que cette passerelle en a émis",
    remove_forms_hint="Qui en contrôle une copie lit alors qu’elle a été révoquée, si son format peut le dire, et rien "
    "n’en est conservé ici. Sinon cela reste valable à son adresse.",
    remove_yes="Oui, le retirer",
    remove_no="Non, le garder",
    back="Tous les badges",
    done={
        "added": "Le badge est dans votre sac.",
        "converted": "Le badge a été émis dans l’autre format.",
        "original": "Il contenait ce à partir de quoi il a été converti\N{NO-BREAK SPACE}: le voici, "
        "exactement tel qu’il était.",
        "removed": "Le badge a été retiré.",
        "checked": "Le badge a été contrôlé.",
    },
    refused={
        "request-validation": "Choisissez un fichier, ou saisissez une adresse qui commence par https://",
        "recipient-mismatch": "Le badge a été décerné à une adresse qui n’est pas confirmée comme la vôtre. Ajoutez "
        "d’abord l’adresse à votre compte, puis le badge à nouveau.",
        "invalid-badge": "Le badge n’est pas ce qu’il prétend être ; il n’a pas été conservé.",
        "refused": "Tout n’a pas pu être confirmé au sujet du badge ; il n’a pas été émis à nouveau.",
        "unreachable": "Rien n’a pu être obtenu à cette adresse.",
        "fetch-blocked": "Rien n’est demandé à cette adresse.",
        "fetch-budget": "Trop de documents ont été demandés en peu de temps. Attendez une minute et réessayez.",
        "too-many-requests": "Cela a été demandé trop souvent en peu de temps. Attendez quelques minutes et réessayez.",
        "backpack-full": "Votre sac est plein. Retirez d’abord un badge dont vous n’avez pas besoin.",
        "too-large": "Le fichier est trop grand.",
        "not-writable": "L’autre format n’a pas de place pour ce que dit ce badge.",
        "bake-empty": "Il n’y a aucun badge dans cette image.",
        "revoked": "L’émetteur a repris ce badge.",
        "reference-missing": "Une partie du badge se trouve à une autre adresse, qui ne la fournit pas.",
        "not-issuable": "Aucun portefeuille ne pourrait recevoir ce badge d’ici.",
        "not-the-recipient": "Le badge ne nomme aucune adresse que vous ayez confirmée ; il n’est donc pas mis dans un "
        "portefeuille en votre nom. Ajoutez l’adresse à laquelle il a été décerné, ou demandez à qui l’a décerné de "
        "vous l’offrir.",
        "": "Ce n’est pas un badge que l’on puisse lire ici.",
    },
    detail="En détail (en anglais) :",
)

WORDS = {"en": ENGLISH, "fr": FRENCH}
"""By language code, as in ``gateway.http.html_page.LANGUAGES``."""
