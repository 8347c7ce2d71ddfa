"""Which options a client can choose, by where they stand in a body."""

import msgspec

from gateway.flows.vc_api.material import IssueOptions, StatusWish
from gateway.flows.vc_api.update_status import StatusEntry
from gateway.flows.vc_api.verify_credential import VerifyOptions
from gateway.flows.vc_api.verify_presentation import PresentationOptions

_OF = {
    "/options": (VerifyOptions, PresentationOptions, IssueOptions),
    "/options/credentialStatus": (StatusWish,),
    "/credentialStatus": (StatusEntry,),
}


def _names(*structs: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(field.encode_name for struct in structs for field in msgspec.structs.fields(struct))


OPTIONS = {place: _names(*structs) for place, structs in _OF.items()}
"""Names of options; what else stands there is unknown (VCALM 1.0 section 2.4)."""
