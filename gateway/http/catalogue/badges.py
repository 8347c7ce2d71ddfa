"""Problems with the bytes of a badge, and with what it refers to."""

from gateway.http.catalogue.entry import Entry, Told

BADGES = {
    "malformed": Entry(
        title_fr="Le badge enfreint les règles de son format",
        en=Told(
            cause="The bytes were recognised as a badge, and something in it is missing, of the wrong type or "
            "contradictory. The gateway does not guess what was meant.",
            fix="Follow `pointer` to the place, mend it there at the source, and have the badge signed again where it "
            "was signed.",
        ),
        fr=Told(
            cause="Les octets ont été reconnus comme un badge, mais quelque chose y manque, est du mauvais type ou se "
            "contredit. La passerelle ne devine pas ce qui était voulu.",
            fix="Suivez `pointer` jusqu’à l’endroit, corrigez-le à la source, et faites signer le badge de nouveau là "
            "où il a été signé.",
        ),
    ),
    "revoked": Entry(
        title_fr="Le badge a été révoqué et il n’en reste rien d’autre",
        en=Told(
            cause="The Assertion says that it was revoked and holds nothing else, so there is no badge left to read.",
            fix="Nothing can be made of it. Ask its issuer why, and whether there is a new one.",
        ),
        fr=Told(
            cause="L’Assertion dit qu’elle a été révoquée et ne contient rien d’autre : il ne reste pas de badge à "
            "lire.",
            fix="On ne peut rien en faire. Demandez à son émetteur pourquoi, et s’il y en a un nouveau.",
        ),
    ),
    "too-large": Entry(
        title_fr="Ce qui a été envoyé est trop grand",
        en=Told(
            cause="The body, the badge inside it, or a part of it exceeds a limit on bytes, depth, pixels or number of "
            "values.",
            fix="Send at most as much as `detail` or `fix` allows; export the picture of a baked badge in a smaller "
            "size at its issuer.",
        ),
        fr=Told(
            cause="Le corps, le badge qu’il contient ou une partie de celui-ci dépasse une limite d’octets, de "
            "profondeur, de pixels ou de nombre de valeurs.",
            fix="Envoyez au plus ce que permettent `detail` ou `fix` ; faites exporter l’image du badge dans une "
            "taille plus petite chez son émetteur.",
        ),
    ),
    "unsupported-carrier": Entry(
        title_fr="Le corps n’est rien dans quoi un badge puisse venir",
        en=Told(
            cause="The bytes are neither JSON, nor a token, nor a PNG or SVG image, nor the address of a badge: a PDF, "
            "a web page, an archive or an encrypted file, for example.",
            fix="Send the badge itself as its issuer gave it out: JSON, a compact JWS, VC-JWT or SD-JWT VC, a baked "
            "PNG or SVG, or its address.",
        ),
        fr=Told(
            cause="Les octets ne sont ni du JSON, ni un jeton, ni une image PNG ou SVG, ni l’adresse d’un badge, mais "
            "par exemple un PDF, une page web, une archive ou un fichier chiffré.",
            fix="Envoyez le badge lui-même comme son émetteur l’a donné : JSON, JWS compact, VC-JWT ou SD-JWT VC, PNG "
            "ou SVG avec badge, ou son adresse.",
        ),
    ),
    "unsupported-jws-json": Entry(
        title_fr="Le JWS en JSON est plus qu’un JWS compact écrit autrement",
        en=Told(
            cause="A JWS in JSON serialisation has several signatures, unprotected headers, a detached payload or "
            "members that no JWS has, and cannot be judged as one signed badge.",
            fix="Send the badge as one compact JWS; a sealed European Digital Credential as the file that was sealed, "
            "unchanged.",
        ),
        fr=Told(
            cause="Un JWS en sérialisation JSON a plusieurs signatures, des en-têtes non protégés, un contenu détaché "
            "ou des membres étrangers à un JWS : il ne peut pas être jugé comme un seul badge signé.",
            fix="Envoyez le badge comme un seul JWS compact ; un justificatif européen scellé, comme le fichier qui a "
            "été scellé, inchangé.",
        ),
    ),
    "unknown-format": Entry(
        title_fr="Le badge n’est dans aucun format lu ici",
        en=Told(
            cause="The body could be opened, and what is in it is no Open Badge and no European credential of a "
            "version that is read here.",
            fix="Look at `detail` for what it seems to be. Send an Open Badges 0.5 to 3.0 badge or an ELM 3 "
            "credential; unpack a presentation and send the credential inside.",
        ),
        fr=Told(
            cause="Le corps a pu être ouvert, mais ce qu’il contient n’est ni un Open Badge ni un justificatif "
            "européen d’une version lue ici.",
            fix="Regardez `detail` pour savoir ce que cela semble être. Envoyez un badge Open Badges 0.5 à 3.0 ou un "
            "justificatif ELM 3 ; sortez d’une présentation le justificatif qu’elle contient.",
        ),
    ),
    "bake-corrupt": Entry(
        title_fr="L’image est abîmée, ou son badge n’y est pas inscrit comme il faut",
        en=Told(
            cause="The PNG, SVG or other picture is broken, or what is baked into it is damaged.",
            fix="Send the image as the issuer gave it out; download it again, for editors and chat programs change "
            "images.",
        ),
        fr=Told(
            cause="L’image PNG, SVG ou autre est abîmée, ou ce qui y est inscrit est endommagé.",
            fix="Envoyez l’image comme l’émetteur l’a donnée ; téléchargez-la de nouveau, car les éditeurs et les "
            "messageries modifient les images.",
        ),
    ),
    "bake-ambiguous": Entry(
        title_fr="L’image contient plus d’un badge",
        en=Told(
            cause="Several badges are baked into one image, and nothing says which of them counts.",
            fix="Send an image with one badge, or the badge itself.",
        ),
        fr=Told(
            cause="Plusieurs badges sont inscrits dans une image, et rien ne dit lequel compte.",
            fix="Envoyez une image avec un seul badge, ou le badge lui-même.",
        ),
    ),
    "bake-empty": Entry(
        title_fr="L’image ne contient pas de badge",
        en=Told(
            cause="It is an image as any other: nothing is baked into it. Editors, chat programs and some web sites "
            "strip what was.",
            fix="Send the image as the issuer gave it out, or the badge itself or its address.",
        ),
        fr=Told(
            cause="C’est une image comme une autre : rien n’y est inscrit. Les éditeurs, les messageries et certains "
            "sites retirent ce qui l’était.",
            fix="Envoyez l’image comme l’émetteur l’a donnée, ou le badge lui-même ou son adresse.",
        ),
    ),
    "bake-unsafe": Entry(
        title_fr="L’image pourrait nuire à qui l’ouvre",
        en=Told(
            cause="The SVG declares entities or a DTD or is in an odd encoding, or the picture has more pixels than a "
            "viewer can hold.",
            fix="Save the SVG as UTF-8 without DOCTYPE and entities, or the picture in a smaller size, and bake the "
            "badge into it anew.",
        ),
        fr=Told(
            cause="Le SVG déclare des entités ou une DTD ou a un codage inhabituel, ou l’image a plus de pixels qu’une "
            "visionneuse n’en supporte.",
            fix="Enregistrez le SVG en UTF-8 sans DOCTYPE ni entités, ou l’image dans une taille plus petite, et "
            "inscrivez-y de nouveau le badge.",
        ),
    ),
    "reference-missing": Entry(
        title_fr="Un document auquel le badge renvoie manque",
        en=Told(
            cause="The badge consists of several documents, and one that it names by its address, such as its "
            "BadgeClass or its issuer, could not be had.",
            fix="Have whoever runs that address serve the document again, then send the badge again.",
        ),
        fr=Told(
            cause="Le badge se compose de plusieurs documents, et l’un de ceux qu’il nomme par leur adresse, comme sa "
            "BadgeClass ou son émetteur, n’a pas pu être obtenu.",
            fix="Faites servir de nouveau ce document par la personne qui tient cette adresse, puis renvoyez le badge.",
        ),
    ),
    "not-an-assertion": Entry(
        title_fr="Le badge n’est pas une Assertion d’Open Badges 2.0",
        en=Told(
            cause="Badge Connect carries Open Badges 2.0 alone, and this is a badge of another version.",
            fix="Send an Assertion of Open Badges 2.0; a newer badge comes in through the Open Badges 3.0 API.",
        ),
        fr=Told(
            cause="Badge Connect ne transporte que des Open Badges 2.0, et ceci est un badge d’une autre version.",
            fix="Envoyez une Assertion d’Open Badges 2.0 ; un badge plus récent entre par l’API Open Badges 3.0.",
        ),
    ),
    "no-credential": Entry(
        title_fr="Le corps n’est pas ce que cette opération prend pour un justificatif",
        en=Told(
            cause="The Open Badges 3.0 API takes an AchievementCredential as JSON, or one compact JWS as text, and the "
            "body is neither or another format.",
            fix="Send an AchievementCredential as application/json, or as one compact JWS in text/plain. Open Badges "
            "2.0 comes in by Badge Connect.",
        ),
        fr=Told(
            cause="L’API Open Badges 3.0 prend un AchievementCredential en JSON, ou un seul JWS compact en texte ; le "
            "corps n’est ni l’un ni l’autre, ou d’un autre format.",
            fix="Envoyez un AchievementCredential en application/json, ou un seul JWS compact en text/plain. Les Open "
            "Badges 2.0 entrent par Badge Connect.",
        ),
    ),
    "unreachable": Entry(
        title_fr="Une adresse nécessaire ne peut pas être consultée",
        en=Told(
            cause="The decision depends on a document at another address, and that host did not answer, or answered "
            "with an error or with something else.",
            fix="Check the address that `detail` names with a browser, have its host mended, and try again.",
        ),
        fr=Told(
            cause="La décision dépend d’un document à une autre adresse, mais cet hôte n’a pas répondu, ou a répondu "
            "par une erreur ou autre chose.",
            fix="Vérifiez dans un navigateur l’adresse que nomme `detail`, faites réparer son hôte, et réessayez.",
        ),
    ),
    "fetch-blocked": Entry(
        title_fr="Une adresse nécessaire est de celles qui ne sont jamais consultées",
        en=Told(
            cause="The address is not https, names a port or a host that is not public, or has user information in it. "
            "The gateway fetches from none of these, so that nobody can make it look into private networks.",
            fix="Publish the document at a public https address at its usual port, and name that.",
        ),
        fr=Told(
            cause="L’adresse n’est pas en https, nomme un port ou un hôte qui n’est pas public, ou contient des "
            "informations d’utilisateur. La passerelle n’en consulte aucune, pour que personne ne lui fasse regarder "
            "dans des réseaux privés.",
            fix="Publiez le document à une adresse https publique, au port habituel, et nommez celle-ci.",
        ),
    ),
    "fetch-budget": Entry(
        title_fr="Trop de documents ont été consultés pour cette adresse ou cette clé d’API",
        en=Told(
            cause="Badges refer to other documents, and so many have been fetched for this caller that others would be "
            "kept waiting.",
            fix="Wait as many seconds as Retry-After says, or send fewer badges at once.",
        ),
        fr=Told(
            cause="Les badges renvoient à d’autres documents, et on en a consulté tant pour cet appelant que d’autres "
            "devraient attendre.",
            fix="Attendez les secondes que donne Retry-After, ou envoyez moins de badges à la fois.",
        ),
    ),
}
