"""Many PDFs bound into one file for the printer, in constant memory.

What is bound is for paper: pages keep what they show, and lose what paper cannot have (tags, links,
form fields, signatures). The documents themselves are not touched. Objects are written as they
come and forgotten: pikepdf's own merging holds every object of every document until it saves.
"""

import hashlib
from array import array
from collections import OrderedDict
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

import pikepdf

POINTS = 72 / 25.4  # in a millimetre
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")  # ISO 32000-1, 7.7.3.4
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
OF_A_PAGE = {*INHERITED, *BOXES, "/Contents", "/Group"}
NOT_FOR_PAPER = {"/StructParent", "/StructParents", "/Metadata", "/PieceInfo", "/OC"}
SHARED = 1024  # bytes; a larger stream that comes again (a mark, a font) is written once
REMEMBERED = 256  # of these streams
CATALOG, PAGES, INFO = 1, 2, 3


class Binder:
    """Writes one PDF (ISO 32000-1, 7.5) to `out`, document after document.

    With `duplex` each document ends on a back, so that the next begins on a front: a blank page
    of its size follows an odd one. Printers are asked not to scale.
    """

    def __init__(self, out: IO[bytes], *, title: str, duplex: bool) -> None:
        self.duplex, self.pages = duplex, 0
        self._out, self._title, self._at = out, title, 0
        self._offsets = array("Q", [0, 0, 0, 0])  # where each object begins, by its number
        self._bound: list[tuple[int, int]] = []  # the pages of a document and how many they are
        self._marks: list[tuple[str, int]] = []  # a bookmark and its page
        self._known: OrderedDict[bytes, int] = OrderedDict()
        self._digest = hashlib.sha256()
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, content: bytes, *, title: str, shift: tuple[float, float] = (0, 0)) -> int:
        """Bind one document; how many pages it takes, the blank one included.

        `shift` moves all it shows on the paper, to the right and down, in millimetres.
        """
        with pikepdf.open(BytesIO(content)) as pdf:
            pdf.flatten_annotations("print")
            node = self._new()
            pages = [self._page(page.obj, node, shift) for page in pdf.pages]
            _Copying(self, pages).finish()
            numbers = [number for number, _page in pages]
            if self.duplex and len(numbers) % 2:
                numbers.append(self._blank(pages[-1][1]["/MediaBox"], node))
        self._object(
            node,
            _dictionary(
                {
                    "/Type": b"/Pages",
                    "/Parent": _ref(PAGES),
                    "/Kids": _array(map(_ref, numbers)),
                    "/Count": len(numbers),
                }
            ),
        )
        self._bound.append((node, len(numbers)))
        self._marks.append((title, numbers[0]))
        self.pages += len(numbers)
        return len(numbers)

    def close(self) -> None:
        """Write what holds the documents together; the file is complete then."""
        kids = _array(_ref(node) for node, _count in self._bound)
        self._object(PAGES, _dictionary({"/Type": b"/Pages", "/Kids": kids, "/Count": self.pages}))
        self._object(INFO, _dictionary({"/Title": _text(self._title)}))
        sides = b"/DuplexFlipLongEdge" if self.duplex else b"/Simplex"
        preferences = {"/PrintScaling": b"/None", "/Duplex": sides}
        self._object(
            CATALOG,
            _dictionary(
                {
                    "/Type": b"/Catalog",
                    "/Pages": _ref(PAGES),
                    "/Lang": _text("pl"),
                    "/Outlines": _ref(self._outline()),
                    "/ViewerPreferences": _dictionary(preferences),
                }
            ),
        )
        self._end()

    def _page(self, page: Any, node: int, shift: tuple[float, float]) -> tuple[int, dict[str, Any]]:
        kept = {key: value for key, value in page.items() if key in OF_A_PAGE}
        kept |= {key: found for key in INHERITED if (found := _inherited(page, key)) is not None}
        if any(shift):
            kept |= {key: _moved(kept[key], shift) for key in BOXES if key in kept}
        return self._new(), {**kept, "/Type": b"/Page", "/Parent": _ref(node)}

    def _blank(self, box: Any, node: int) -> int:
        number = self._new()
        page = {"/Type": b"/Page", "/Parent": _ref(node), "/Resources": b"<< >>"}
        sides = _array(b"%.3f" % float(side) for side in box)
        self._object(number, _dictionary({**page, "/MediaBox": sides}))
        return number

    def _outline(self) -> int:
        """A bookmark at the first page of each document (ISO 32000-1, 12.3.3)."""
        root = self._new()
        numbers = [self._new() for _mark in self._marks]
        for place, (title, page) in enumerate(self._marks):
            item = {
                "/Title": _text(title),
                "/Parent": _ref(root),
                "/Dest": _array([_ref(page), b"/Fit"]),
            }
            if place:
                item["/Prev"] = _ref(numbers[place - 1])
            if place + 1 < len(numbers):
                item["/Next"] = _ref(numbers[place + 1])
            self._object(numbers[place], _dictionary(item))
        ends = {"/First": _ref(numbers[0]), "/Last": _ref(numbers[-1])} if numbers else {}
        self._object(root, _dictionary({"/Type": b"/Outlines", "/Count": 0, **ends}))
        return root

    def _new(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _object(self, number: int, content: bytes) -> None:
        self._offsets[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _stream(self, number: int | None, extra: dict[str, Any], data: bytes) -> int:
        """Write a stream, or find the same one written before; its number."""
        head = _dictionary({**extra, "/Length": len(data)})
        key = hashlib.sha256(head + data).digest() if len(data) >= SHARED else b""
        if key in self._known and number is None:
            self._known.move_to_end(key)
            return self._known[key]
        number = number or self._new()
        self._object(number, b"%b\nstream\n%b\nendstream" % (head, data))
        if key:
            self._known[key] = number
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return number

    def _end(self) -> None:
        begins, size = self._at, len(self._offsets)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for offset in self._offsets[1:]:
            self._write(b"%010d 00000 n \n" % offset)
        name = b"<%b>" % self._digest.hexdigest()[:32].encode()
        trailer = {
            "/Size": size,
            "/Root": _ref(CATALOG),
            "/Info": _ref(INFO),
            "/ID": _array([name, name]),
        }
        self._write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (_dictionary(trailer), begins))

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._digest.update(content)
        self._at += len(content)


class _Copying:
    """Copies pages of one document with all they need, each object once."""

    def __init__(self, binder: Binder, pages: list[tuple[int, dict[str, Any]]]) -> None:
        self._binder, self._pages = binder, pages
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[int, Any]] = []

    def finish(self) -> None:
        for number, page in self._pages:
            self._binder._object(number, self._value(page))
            while self._waiting:
                self._copy(*self._waiting.pop())

    def _copy(self, number: int, thing: Any) -> None:
        if isinstance(thing, pikepdf.Stream):
            self._binder._stream(number, self._head(thing), thing.read_raw_bytes())
        else:
            self._binder._object(number, self._direct(thing))

    def _value(self, thing: Any) -> bytes:
        if isinstance(thing, bytes):  # written out already
            return thing
        if isinstance(thing, pikepdf.Object) and thing.is_indirect:
            return _ref(self._number(thing))
        return self._direct(thing)

    def _number(self, thing: pikepdf.Object) -> int:
        key = thing.objgen
        if key not in self._numbers:
            if isinstance(thing, pikepdf.Stream) and not _has_references(thing):
                data = thing.read_raw_bytes()
                self._numbers[key] = self._binder._stream(None, self._head(thing), data)
            else:
                self._numbers[key] = self._binder._new()
                self._waiting.append((self._numbers[key], thing))
        return self._numbers[key]

    def _direct(self, thing: Any) -> bytes:
        if isinstance(thing, dict | pikepdf.Dictionary):
            return _dictionary(
                {
                    key: self._value(value)
                    for key, value in thing.items()
                    if key not in NOT_FOR_PAPER
                }
            )
        if isinstance(thing, pikepdf.Array):
            return _array(self._value(each) for each in thing)
        if isinstance(thing, pikepdf.Object):
            return thing.unparse()
        return _scalar(thing)

    def _head(self, stream: Any) -> dict[str, bytes]:
        return {
            key: self._value(value)
            for key, value in stream.items()
            if key not in NOT_FOR_PAPER and key != "/Length"
        }


def count_pages(content: bytes) -> int:
    """How many pages a PDF has. Raises pikepdf.PdfError for what is none."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _has_references(thing: Any) -> bool:
    """Whether a stream's dictionary points at other objects."""
    if isinstance(thing, pikepdf.Array):
        values = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        values = [value for key, value in thing.items() if key != "/Length"]
    else:
        return False
    objects = [value for value in values if isinstance(value, pikepdf.Object)]
    return any(value.is_indirect or _has_references(value) for value in objects)


def _inherited(page: Any, key: str) -> Any:
    """An attribute of the page, or of the nearest node above that has it."""
    while page is not None and key not in page:
        page = page.get("/Parent")
    return None if page is None else page[key]


def _moved(box: Any, shift: tuple[float, float]) -> bytes:
    """The box of a page whose contents go right and down by `shift` millimetres."""
    left, down = float(shift[0]) * POINTS, float(shift[1]) * POINTS
    sides = [float(side) for side in box]
    moved = (sides[0] - left, sides[1] + down, sides[2] - left, sides[3] + down)
    return _array(b"%.3f" % side for side in moved)


def _ref(number: int) -> bytes:
    return b"%d 0 R" % number


def _array(values: Any) -> bytes:
    return b"[" + b" ".join(values) + b"]"


def _dictionary(entries: dict[str, Any]) -> bytes:
    """`entries` hold bytes as they are, and numbers."""
    inside = b" ".join(
        b"%b %b" % (_name(key), value if isinstance(value, bytes) else _scalar(value))
        for key, value in entries.items()
    )
    return b"<< " + inside + b" >>"


def _name(key: str) -> bytes:
    return bytes(pikepdf.Name(key).unparse())


def _text(value: str) -> bytes:
    return bytes(pikepdf.String(value).unparse())


def _scalar(value: Any) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return format(value, "f").encode() if isinstance(value, Decimal | float) else b"%d" % value
