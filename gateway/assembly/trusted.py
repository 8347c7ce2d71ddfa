"""What an operator trusts and provides for verification: anchors of seals, the official shapes of ELM."""

from pathlib import Path

from gateway.edges.trusted_files import texts_in
from gateway.errors import GatewayError, Misconfigured
from gateway.settings import Settings
from gateway.trust.anchors import NO_ANCHORS, Anchors, anchors_of
from gateway.trust.anchors import SETTING as ANCHORS
from gateway.trust.shacl import SETTING as SHAPES
from gateway.trust.shapes import Shapes, shapes_of

_PEM = (".pem", ".crt", ".cer")


def anchors(settings: Settings) -> Anchors:
    """Whose certificates are trusted.

    Raises:
        Misconfigured: The folder or a file in it cannot be read.
    """
    if not settings.seal_anchors:
        return NO_ANCHORS
    try:
        return anchors_of(texts_in(Path(settings.seal_anchors), ANCHORS, _PEM))
    except Misconfigured:
        raise
    except GatewayError as error:
        fix = f"put certificates in PEM into {settings.seal_anchors}, and nothing else that ends so"
        raise Misconfigured(f"{settings.seal_anchors}: {error.reason}", pointer=ANCHORS, fix=fix) from error


def shapes(settings: Settings) -> Shapes | None:
    """The shapes, None where there are none.

    Raises:
        Misconfigured: The folder holds none, or cannot be read.
    """
    if not settings.shacl_shapes:
        return None
    folder = Path(settings.shacl_shapes).absolute()
    try:
        return shapes_of(str(folder), texts_in(folder, SHAPES, (".ttl",)))
    except Misconfigured:
        raise
    except GatewayError as error:
        raise Misconfigured(error.reason, pointer=SHAPES, fix=error.fix) from error
