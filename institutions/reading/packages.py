"""Parts of an office package, parsed as a stream: defusedxml, no DTD, a limit of bytes."""

import zipfile
import zlib
from typing import Any, Protocol
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring

MAX_PART = 200 * 1024 * 1024  # unpacked; uploads allow 300 MB for all the parts together
MAX_SMALL_PART = 8 * 1024 * 1024
_PIECE = 64 * 1024

# Whatever a damaged package raises; the reader then shows what it has, or nothing.
BROKEN = (
    *(zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError),
    *(ParseError, DefusedXmlException, UnicodeError, ValueError, KeyError, zlib.error),
)


class Target(Protocol):
    """What a parser tells its listener (xml.etree calls it so)."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def data(self, text: str) -> None: ...
    def end(self, tag: str) -> None: ...
    def close(self) -> Any: ...


class Listener:
    """A listener to whom nothing matters; readers say what does."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def data(self, text: str) -> None:
        """Some of its text."""

    def end(self, tag: str) -> None:
        """It ends."""

    def close(self) -> None:
        """The part ends."""


def stream(package: zipfile.ZipFile, name: str, target: Target) -> None:
    """Feed one part to the target, piece by piece; more than MAX_PART bytes are not read."""
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    left = MAX_PART
    with package.open(name) as part:
        while left > 0 and (piece := part.read(_PIECE)):
            left -= len(piece)
            parser.feed(piece)
    if left > 0:
        parser.close()


def small(package: zipfile.ZipFile, name: str) -> Element:
    """A part that is looked up rather than read through, as a tree."""
    with package.open(name) as part:
        content = part.read(MAX_SMALL_PART + 1)
    if len(content) > MAX_SMALL_PART:
        raise ValueError(name)
    root: Element = fromstring(content, forbid_dtd=True)
    return root


def has(package: zipfile.ZipFile, name: str) -> bool:
    return name in package.NameToInfo


def targets(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that one OOXML part refers to, by the id it uses for them."""
    folder, _slash, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if not has(package, relations):
        return {}
    return {
        node.get("Id", ""): _resolved(folder, node.get("Target", ""))
        for node in small(package, relations)
        if node.get("TargetMode") != "External"
    }


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(filter(None, steps))
