"""Languages of classes: tags, as the claim has them, and terms of the authority table, as other formats have them.

Source: Publications Office of the EU, authority table "language" (ISO 639-1 and its codes of three letters).
"""

import re
from typing import Final

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/language/"

_OF_TWO_LETTERS: Final = """
    aaAAR abABK aeAVE afAFR akAKA amAMH anARG arARA asASM avAVA ayAYM azAZE baBAK beBEL bgBUL biBIS bmBAM bnBEN
    boBOD brBRE bsBOS caCAT ceCHE chCHA coCOS crCRE csCES cuCHU cvCHV cyCYM daDAN deDEU dvDIV dzDZO eeEWE elELL
    enENG eoEPO esSPA etEST euEUS faFAS ffFUL fiFIN fjFIJ foFAO frFRA fyFRY gaGLE gdGLA glGLG gnGRN guGUJ gvGLV
    haHAU heHEB hiHIN hoHMO hrHRV htHAT huHUN hyHYE hzHER iaINA idIND ieILE igIBO iiIII ikIPK ioIDO isISL itITA
    iuIKU jaJPN jvJAV kaKAT kgKON kiKIK kjKUA kkKAZ klKAL kmKHM knKAN koKOR krKAU ksKAS kuKUR kvKOM kwCOR kyKIR
    laLAT lbLTZ lgLUG liLIM lnLIN loLAO ltLIT luLUB lvLAV mgMLG mhMAH miMRI mkMKD mlMAL mnMON mrMAR msMSA mtMLT
    myMYA naNAU nbNOB ndNDE neNEP ngNDO nlNLD nnNNO noNOR nrNBL nvNAV nyNYA ocOCI ojOJI omORM orORI osOSS paPAN
    piPLI plPOL psPUS ptPOR quQUE rmROH rnRUN roRON ruRUS rwKIN saSAN scSRD sdSND seSME sgSAG siSIN skSLK slSLV
    smSMO snSNA soSOM sqSQI srSRP ssSSW stSOT suSUN svSWE swSWA taTAM teTEL tgTGK thTHA tiTIR tkTUK tlTGL tnTSN
    toTON trTUR tsTSO ttTAT twTWI tyTAH ugUIG ukUKR urURD uzUZB veVEN viVIE voVOL waWLN woWOL xhXHO yiYID yoYOR
    zaZHA zhZHO zuZUL
"""
"""ISO 639-1 and, in capitals, the code of the table."""

_CODES: Final = {pair[:2]: pair[2:] for pair in _OF_TWO_LETTERS.split()}
_TAGS: Final = {code: tag for tag, code in _CODES.items()}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_CODE = re.compile(r"[A-Z]{3}")


def term(tag: str) -> str | None:
    """The IRI of a tag's language, script and region left out; None for what is no tag, or names none that is known."""
    if not _TAG.fullmatch(tag):
        return None
    language = re.split("[-_]", tag)[0].lower()
    code = _CODES.get(language, language.upper())
    return AUTHORITY + code if _CODE.fullmatch(code) else None


def tag_of(iri: str) -> str | None:
    """The shortest tag of a language's IRI; None for any other IRI."""
    code = iri.removeprefix(AUTHORITY)
    if code == iri or not _CODE.fullmatch(code):
        return None
    return _TAGS.get(code, code.lower())


def as_tag(text: str) -> str | None:
    """A text that is the tag of a language that is known; None for any other."""
    return text if term(text) is not None else None
