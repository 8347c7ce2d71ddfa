"""``/europass/api/v1/credentials``: what is this, is it what it claims to be, and what would it be elsewhere?"""

from litestar import Controller, Response, post
from litestar.di import NamedDependency

from gateway.flows.convert import Caller
from gateway.flows.europass.check_list import check_list
from gateway.flows.europass.convert_file import ConvertFile
from gateway.flows.europass.details import Details, ShowDetails
from gateway.flows.verify import Verify
from gateway.http.admission import needs
from gateway.http.delivery import HttpRequest
from gateway.http.europass.answers import SavedFile, converted_file, saved
from gateway.http.europass.check_words import language_of, view
from gateway.http.europass.documented import CONVERTED, refusals, taking
from gateway.http.europass.guard import let_in, only_uploads
from gateway.http.europass.parameters import Locale, ToFormat
from gateway.http.europass.repeated import REPEATABLE, Repeatable
from gateway.http.europass.uploads import file
from gateway.http.europass.wire import VerificationCheck
from gateway.http.provided import flow
from gateway.records.access import Scope

ANY = "A sealed credential, or a badge in any format that is read here."


class ViewerController(Controller):
    """Look at a document. Nothing is stored."""

    path = "/europass/api/v1/credentials"
    tags = ["Viewer"]
    security = [{}]
    guards = [only_uploads]
    dependencies = {"show_details": flow("europass.show_details")}

    @post(
        "/verification",
        operation_id="verifyCredential",
        summary="The list of checks",
        status_code=200,
        operation_class=taking("file", ANY),
        responses=refusals(408, 413, 415, 422),
    )
    async def verification(
        self, request: HttpRequest, verify: NamedDependency[Verify], locale: Locale = ""
    ) -> list[VerificationCheck]:
        """Each check as a concept of the Commission's, and how it stands: OK, error, or skipped.

        Skipped is also what could not be found out, and says so. Of the seal that is an error: one that is intact, and
        that nobody vouches for, proves nothing.
        """
        verified = await verify(await file(request, "file", "_file"))
        listed = check_list(verified.report)
        return [view(number, each, language_of(locale)) for number, each in enumerate(listed, 1)]

    @post(
        "/details",
        operation_id="showCredentialDetails",
        summary="What a credential says",
        status_code=200,
        operation_class=taking("file", ANY),
        responses=refusals(408, 413, 415, 422),
    )
    async def details(
        self, request: HttpRequest, show_details: NamedDependency[ShowDetails], locale: Locale = ""
    ) -> Details:
        """What was awarded, by whom, to whom, and until when it holds. Nothing is verified."""
        return await show_details(await file(request, "file", "_file"), language_of(locale))


class ConversionController(Controller):
    """From one format into another, verified and sealed anew."""

    path = "/europass/api/v1/credentials/convert"
    tags = ["Viewer"]
    security = [{"apiKey": []}, {"basic": []}]
    guards = [let_in, only_uploads]
    opt = needs(Scope.CREDENTIALS_ISSUE)
    dependencies = {
        "convert_file": flow("europass.convert_file"),
        **REPEATABLE,
    }

    @post(
        operation_id="convertCredential",
        summary="Convert a badge to ELM, or a credential in ELM to a badge",
        status_code=200,
        operation_class=taking("file", ANY, answer=CONVERTED),
        responses=refusals(401, 403, 408, 409, 413, 415, 422),
    )
    async def convert(
        self,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        convert_file: NamedDependency[ConvertFile],
        repeatable: NamedDependency[Repeatable],
        to: ToFormat = (),
    ) -> Response[bytes]:
        """Only what passes every check is converted; the platform issues it anew, and names the original issuer.

        A credential that holds the very badge that it was converted from gives that back, byte for byte, to whoever
        asks for its format: nothing is issued then. The XML of Europass 2 is not read: 415 says what would be. The
        answer is the file; the record of what was issued, with every difference, is named in the answer's
        `Content-Disposition` and searched for at `/v1/credentials`.
        """
        sent = await file(request, "file", "_file")

        async def work() -> SavedFile:
            return converted_file(*await convert_file(sent, next(iter(to), None), caller))

        return await saved(request, await repeatable(SavedFile, work, sent))
