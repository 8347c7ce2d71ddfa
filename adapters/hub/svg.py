"""Badges in SVG elements: expat tells where they stand, so baking is a splice and the rest stays as it is.

Why expat and not a tree (lxml): it is in the standard library and tells where in the bytes an element
stands. A tree has to be written out again, which changes bytes of somebody else's image. What makes it safe
to feed with anything:

- `<!ENTITY` anywhere refuses the image before expat sees it, so nothing can expand. No encoding hides it:
  what expat could take for UTF-16 (a byte order mark, a NUL) is refused first, and UTF-8 is imposed.
- A DOCTYPE without an internal subset is let through: common editors write one, as do the samples of
  1EdTech. Nothing fetches what it names, and what only that could explain is refused.
- Tags and attributes are counted before parsing; the counts bound time, memory and what a hash flood
  could do.
- Namespaces are resolved here. Expat's own mode copies the whole URI for each prefixed attribute: an
  image of 1 MB then takes 240 MB of memory.
- `Parse` is called once. Fed in pieces, an expat older than 2.6 scans an unfinished tag again for every
  piece.

Sources: Open Badges 2.0 baking specification; Open Badges 3.0 section 5.3.2.
"""

import re
from html import escape
from typing import Literal
from xml.parsers import expat

import msgspec

from adapters.hub import strict_json
from adapters.hub.baked import (
    AmbiguousCarrier,
    Baked,
    CorruptImage,
    NoBadgeInside,
    NotAnSvg,
    UnsafeImage,
)
from adapters.hub.errors import Malformed, TooLarge

NAMESPACE_2 = "http://openbadges.org"
NAMESPACE_3 = "https://purl.imsglobal.org/ob/v3p0"
_ELEMENTS = {NAMESPACE_2: "assertion", NAMESPACE_3: "credential"}
_NAMESPACE_SVG = "http://www.w3.org/2000/svg"

MAX_SVG_BYTES = 2 * 1024 * 1024  # a parser costs more per byte than a walk over chunks
MAX_TAGS = 20_000  # start and end tags, comments and instructions together
MAX_ATTRIBUTES = 20_000
MAX_DEPTH = 100
MAX_TEXT_CHARACTERS = 1024 * 1024  # a parser is called back for every line
_MAX_NAME_SHOWN = 64

_WHITE = " \t\r\n"
# Possessive, so that not even what expat would never have let through takes more than one pass.
_START_TAG = re.compile(rb"<(?P<name>[^\s/>]++)(?P<attributes>(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*?)(?P<empty>/?)>")
_ATTRIBUTE = re.compile(rb"(?<!\S)([^\s=]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+')")
_UNKNOWN_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)")
_NOT_XML = re.compile("[\\0-\\x08\\v\\f\\x0e-\\x1f]|[\\ud800-\\udfff]|[\\ufffe\\uffff]")
_COMPACT_JWS = re.compile(r"[\w-]+\.[\w-]*\.[\w-]*", re.ASCII)


class _Element(msgspec.Struct, frozen=True):
    """A badge element: where it stands in the bytes and what it says."""

    start: int
    end: int
    namespace: str
    verify: str
    text: str


class _Drawing(msgspec.Struct, frozen=True):
    root_start: int
    badges: tuple[_Element, ...]


def unbake_svg(image: bytes) -> Baked:
    """Read the one badge of an SVG: an `assertion` of Open Badges 2.0 or a `credential` of 3.0.

    The prefix may be another and the element may stand anywhere. White space around the badge is not part
    of it.

    Raises:
        CorruptImage: Not well-formed XML, or a badge element with other elements or comments in it.
        NotAnSvg: XML of another kind.
        AmbiguousCarrier: Two badges, or one element with a token and a text.
        NoBadgeInside: A sound SVG without a badge.
        UnsafeImage: An encoding other than UTF-8, or a DTD that declares something.
        TooLarge: More than 2 MiB, 20,000 tags, 20,000 attributes, 100 levels or 1,048,576 characters in it.
    """
    badges = _drawing(image).badges
    if len(badges) > 1:
        raise AmbiguousCarrier(
            f"{len(badges)} badges in one SVG", fix="Send an image with one badge, or the badge itself."
        )
    if not badges or not (badges[0].verify or badges[0].text):
        raise NoBadgeInside(
            "an SVG without a badge: no openbadges:assertion or openbadges:credential that says anything",
            fix="Send the image as the issuer gave it out; editors and chat programs strip what is baked in.",
        )
    badge = badges[0]
    token_or_3 = badge.namespace == NAMESPACE_3 or _COMPACT_JWS.fullmatch(badge.verify)
    if badge.verify and badge.text and token_or_3:
        raise AmbiguousCarrier("one badge in the attribute `verify` and one in the text of its element")
    return Baked((badge.text or badge.verify).encode(), badge.namespace, compressed=False)


def bake_svg(image: bytes, payload: bytes, version: Literal[2, 3]) -> bytes:
    """Put a badge into an SVG right behind the root's start tag, in the place of any that is there.

    All other bytes stay, except that the root declares the prefix `openbadges`.

    Args:
        image: An SVG.
        payload: JSON or a compact JWS, UTF-8; white space around it is not kept.
        version: Of Open Badges: 2 writes `assertion`, 3 writes `credential`.

    Raises:
        CorruptImage, NotAnSvg, UnsafeImage, TooLarge: The image is not one to bake into.
        Malformed: The payload holds a character that XML cannot carry.
        ValueError: The payload is neither a JSON object nor one word.
    """
    text = payload.decode().strip(_WHITE)
    if not text.startswith("{") and len(text.split()) != 1:
        raise ValueError("neither a JSON object nor a token")
    if found := _NOT_XML.search(text):
        raise Malformed(f"U+{ord(found[0]):04X} in the badge, which XML can carry only as an escape of JSON")
    drawing = _drawing(image)
    namespace = NAMESPACE_2 if version == 2 else NAMESPACE_3  # noqa: PLR2004  (a version of Open Badges)
    root = _start_tag(image, drawing.root_start)
    pieces = [image[: root.start()], _with_prefix(root, namespace), _element(text, namespace)]
    if root["empty"]:
        pieces.append(b"</" + root["name"] + b">")
    position = root.end()
    for badge in drawing.badges:
        pieces.append(image[position : badge.start])
        position = badge.end
    result = b"".join([*pieces, image[position:]])
    if unbake_svg(result).payload != text.encode():
        raise CorruptImage("the badge cannot be read back: the image uses the prefix openbadges in its own way")
    return result


def _with_prefix(root: re.Match[bytes], namespace: str) -> bytes:
    """Write the root's start tag with `openbadges` bound to the namespace, and never as an empty element."""
    name, attributes = root["name"], root["attributes"]
    for attribute in _ATTRIBUTE.finditer(attributes):
        if attribute[1] == b"xmlns:openbadges":
            quoted = attribute[2]
            if quoted[1:-1].decode() not in _ELEMENTS:
                raise CorruptImage("the image uses the prefix openbadges in its own way")
            before, after = attributes[: attribute.start(2)], attributes[attribute.end(2) :]
            return b"<" + name + before + b'"' + namespace.encode() + b'"' + after + b">"
    return b"<" + name + b' xmlns:openbadges="' + namespace.encode() + b'"' + attributes + b">"


def _element(text: str, namespace: str) -> bytes:
    name = f"openbadges:{_ELEMENTS[namespace]}"
    if not text.startswith("{"):
        return f'<{name} verify="{escape(text)}"/>'.encode()
    verify = ""
    if namespace == NAMESPACE_2 and (address := _address(text)):
        verify = f' verify="{escape(address)}"'
    # XML reads CR LF as LF; a reference outside the CDATA section keeps it.
    body = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    return f"<{name}{verify}><![CDATA[{body}]]></{name}>".encode()


def _address(assertion: str) -> str:
    """Find where a hosted Assertion says that it is: `id` since 1.1, `verify.url` in 1.0."""
    document = strict_json.decode(assertion.encode())
    verify = document.get("verify")
    legacy = verify.get("url") if isinstance(verify, dict) else None
    address = document.get("id", legacy)
    return address if isinstance(address, str) else ""


def _start_tag(image: bytes, start: int) -> re.Match[bytes]:
    tag = _START_TAG.match(image, start)
    if tag is None:
        raise RuntimeError("expat saw a start tag where there is none")
    return tag


def _drawing(image: bytes) -> _Drawing:
    """Parse within bounds; see the module's docstring."""
    if len(image) > MAX_SVG_BYTES:
        raise TooLarge(f"an SVG of {len(image)} bytes, at most {MAX_SVG_BYTES} are accepted")
    if image.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in image:
        raise UnsafeImage("not text in UTF-8", fix="Save the SVG as UTF-8.")
    if b"<!ENTITY" in image:
        place = image.index(b"<!ENTITY")
        raise UnsafeImage(f"byte {place}: an entity declaration", fix="Save the SVG without entities.")
    if image.count(b"<") > MAX_TAGS:
        raise TooLarge(f"more than {MAX_TAGS} tags in one SVG")
    if image.count(b"=") > MAX_ATTRIBUTES:
        raise TooLarge(f"more than {MAX_ATTRIBUTES} attributes in one SVG")
    scan = _Scan(image)
    try:
        scan.parser.Parse(image, True)
    except expat.ExpatError as error:
        raise CorruptImage(f"line {error.lineno} column {error.offset + 1}: {expat.ErrorString(error.code)}") from error
    return _Drawing(scan.root_start, tuple(scan.badges))


class _Scan:
    """What expat calls, and what is known so far."""

    def __init__(self, image: bytes) -> None:
        self.badges: list[_Element] = []
        self.root_start = 0
        self._image = image
        self._bindings: dict[str, list[str]] = {}  # prefix: namespaces, the innermost last
        self._declared: list[list[str]] = []  # for each open element the prefixes that it declares
        self._open: tuple[int, str, str] | None = None  # of the open badge: start, namespace, verify
        self._text: list[str] = []
        self._text_characters = 0
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.SkippedEntityHandler = self._skipped
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self.parser = parser

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise UnsafeImage(f"an SVG in the encoding {encoding[:_MAX_NAME_SHOWN]}", fix="Save the SVG as UTF-8.")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, internal: int) -> None:
        if internal:
            raise UnsafeImage("the SVG brings its own DTD", fix="Save the SVG without a DOCTYPE.")

    def _skipped(self, name: str, _parameter: bool) -> None:
        raise UnsafeImage(
            f"{self._place()}: the entity &{name[:_MAX_NAME_SHOWN]}; that only a DTD could explain",
            fix="Save the SVG without entities.",
        )

    def _start(self, name: str, attributes: list[str]) -> None:
        if self._open:
            raise CorruptImage(f"{self._place()}: the element {name[:_MAX_NAME_SHOWN]} inside the badge")
        if len(self._declared) == MAX_DEPTH:
            raise TooLarge(f"{self._place()}: nested deeper than {MAX_DEPTH} levels")
        values = dict(zip(attributes[::2], attributes[1::2], strict=True)) if attributes else {}
        declared = [key for key in values if key == "xmlns" or key.startswith("xmlns:")]
        for key in declared:
            self._bindings.setdefault(key[6:], []).append(values[key])
        self._declared.append(declared)
        prefix, _, local = name.rpartition(":")
        if len(self._declared) == 1:
            self.root_start = self.parser.CurrentByteIndex
            if local != "svg" or self._namespace(prefix) != _NAMESPACE_SVG:
                raise NotAnSvg(f"XML whose root is {name[:_MAX_NAME_SHOWN]}, not svg of {_NAMESPACE_SVG}")
        elif local in _ELEMENTS.values() and _ELEMENTS.get(self._namespace(prefix)) == local:
            self._begin_badge(self._namespace(prefix), values.get("verify", ""))

    def _end(self, _name: str) -> None:
        for key in self._declared.pop():
            self._bindings[key[6:]].pop()
        if self._open:
            self._end_badge(*self._open)

    def _begin_badge(self, namespace: str, verify: str) -> None:
        start = self.parser.CurrentByteIndex
        # In an attribute expat drops silently what only a DTD could explain; another reader may not.
        if _UNKNOWN_ENTITY.search(_start_tag(self._image, start)[0]):
            raise UnsafeImage(f"{self._place()}: an entity in the start tag of the badge")
        self._open = (start, namespace, verify.strip(_WHITE))
        self._text = []
        self._text_characters = 0
        self.parser.CharacterDataHandler = self._more_text
        self.parser.CommentHandler = self._interrupted
        self.parser.ProcessingInstructionHandler = self._interrupted

    def _end_badge(self, start: int, namespace: str, verify: str) -> None:
        self._open = None
        self.parser.CharacterDataHandler = None
        self.parser.CommentHandler = None
        self.parser.ProcessingInstructionHandler = None
        tag = _start_tag(self._image, start)
        # Expat stands at the end tag, if there is one.
        end = tag.end() if tag["empty"] else self._image.index(b">", self.parser.CurrentByteIndex) + 1
        text = "".join(self._text).strip(_WHITE)
        self.badges.append(_Element(start=start, end=end, namespace=namespace, verify=verify, text=text))

    def _more_text(self, text: str) -> None:
        self._text.append(text)
        self._text_characters += len(text)
        if self._text_characters > MAX_TEXT_CHARACTERS:
            raise TooLarge(f"more than {MAX_TEXT_CHARACTERS} characters in the badge")

    def _interrupted(self, *_what: str) -> None:
        raise CorruptImage(f"{self._place()}: a comment or an instruction inside the badge")

    def _namespace(self, prefix: str) -> str:
        bound = self._bindings.get(prefix)
        return bound[-1] if bound else ""

    def _place(self) -> str:
        return f"line {self.parser.CurrentLineNumber} column {self.parser.CurrentColumnNumber + 1}"
