"""How complete a badge is as a European micro-credential, as a table for people."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from adapters.hub.micro_credential import ExaminedMicroCredential, MicroCredentialElement, Presence
from gateway.commands.layout import entry
from gateway.commands.usage import plain

MARKS = {Presence.PRESENT: "[green]✓[/]", Presence.PARTLY: "[yellow]~[/]", Presence.MISSING: "[red]✗[/]"}
FIX_INDENT = 5

WORDS = {
    "en": {
        "title": "European micro-credential (Council Recommendation 2022/C 243/02, Annex I)",
        "award": "award",
        "mandatory": "mandatory elements: {found} of {of}",
        "optional": "optional elements: {found} of {of}",
        "fixes": "how to add what is missing",
        "fetch": "nothing was judged: the badge has to be read whole, and parts of it stand elsewhere; "
        "verify --micro-credential fetches them:",
        "unread": "nothing was judged: the badge cannot be read",
    },
    "fr": {
        "title": "Microcertification européenne (recommandation du Conseil 2022/C 243/02, annexe I)",
        "award": "attribution",
        "mandatory": "éléments obligatoires : {found} sur {of}",
        "optional": "éléments facultatifs : {found} sur {of}",
        "fixes": "comment ajouter ce qui manque",
        "fetch": "rien n'a été examiné : le badge doit être lu en entier, et des parties se trouvent ailleurs ; "
        "verify --micro-credential va les chercher :",
        "unread": "rien n'a été examiné : le badge ne peut pas être lu",
    },
}


def shown(out: Console, awards: Sequence[ExaminedMicroCredential], language: str, *, needs: Sequence[str] = ()) -> None:
    """Print each element of each award: where it is said, or what is missing and how to add it.

    Args:
        awards: None when the badge could not be read whole.
        needs: Addresses that reading it would fetch.
    """
    words = WORDS[language]
    out.print(f"\n[bold]{words['title']}[/]")
    if not awards:
        out.print(words["fetch" if needs else "unread"])
        for url in needs:
            out.print(f"  {plain(url)}", markup=False, soft_wrap=True)
    for number, award in enumerate(awards, start=1):
        if len(awards) > 1:
            out.print(f"[bold]{words['award']} {number}[/]")
        _award(out, award, words)


def _award(out: Console, award: ExaminedMicroCredential, words: dict[str, str]) -> None:
    indent = max(len(element.label) for element in award.elements) + 7
    for mandatory, name, count in ((True, "mandatory", award.mandatory), (False, "optional", award.optional)):
        elements = [element for element in award.elements if element.mandatory is mandatory]
        out.print(words[name].format(found=count, of=len(elements)))
        for element in elements:
            mark = f"  {MARKS[element.presence]}  {escape(element.label)}"
            entry(out, mark, element.lacking or _place(element), indent)
    if wanting := [element for element in award.elements if element.fix]:
        out.print(f"[bold]{words['fixes']}[/]")
    for element in wanting:
        entry(out, f"  {MARKS[element.presence]}  {escape(element.label)}", element.fix, FIX_INDENT)


def _place(element: MicroCredentialElement) -> str:
    more = len(element.pointers) - 1
    return "".join([*element.pointers[:1], f"\N{NO-BREAK SPACE}(+{more})" if more > 0 else ""])
