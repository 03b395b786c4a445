"""XML as a tree of local names: no DTD, no entities, bounded in size and depth; namespaces told apart only where
asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from arterm.rules.errors import ArtermError

MOST_XML = 20 * 2**20
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)")
_ENCODINGS = {"utf-8", "utf8", "utf-16", "iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "us-ascii", "ascii"}


def parse(content: bytes, name: str) -> Node:
    """The root of a document. Refuses (`bad_xml`) what is malformed, has a DTD or an unknown encoding, (`too_large`)
    what is vast.
    """
    if len(content) > MOST_XML:
        raise ArtermError("too_large.xml", name)
    probe = content.replace(b"\x00", b"")  # a wide encoding hides nothing
    if _DOCTYPE.search(probe):
        raise ArtermError("bad_xml.entities", name)
    declared = _DECLARED.match(probe[:200].decode("latin-1").lstrip("\xef\xbb\xbf"))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise ArtermError("bad_xml.encoding", name, declared=declared[1][:20])
    try:
        root = ET.fromstring(content.lstrip())  # noqa: S314 - DTDs and entities are refused above
    except (ET.ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (0, 0))[0]
        raise ArtermError("bad_xml.broken", f"{name}, line {line}" if line else name) from None
    return Node(root)


class Node:
    """An element seen by local names: `one("A/B")` is the first match, `text("A/B")` its text, `every("A")` all
    children.
    """

    __slots__ = ("element",)

    def __init__(self, element: ET.Element) -> None:
        self.element = element

    @property
    def name(self) -> str:
        """The local name."""
        return _local(self.element.tag)

    @property
    def space(self) -> str:
        """The namespace, or empty."""
        tag = self.element.tag
        return tag[1:].partition("}")[0] if tag.startswith("{") else ""

    def get(self, attribute: str) -> str:
        """An attribute's value, by local name; empty where it is not there."""
        return next((value.strip() for key, value in self.element.attrib.items() if _local(key) == attribute), "")

    @property
    def content(self) -> str:
        """The element's own text."""
        return (self.element.text or "").strip()

    def every(self, name: str) -> Iterator[Node]:
        """Children by local name."""
        return (Node(child) for child in self.element if isinstance(child.tag, str) and _local(child.tag) == name)

    def children(self) -> Iterator[Node]:
        """All children."""
        return (Node(child) for child in self.element if isinstance(child.tag, str))

    def all(self, path: str) -> list[Node]:
        """Every element at a path of local names."""
        found = [self]
        for name in path.split("/"):
            found = [child for node in found for child in node.every(name)]
        return found

    def one(self, *paths: str) -> Node | None:
        """The first element at the first of these paths that has one."""
        for path in paths:
            found = self.all(path)
            if found:
                return found[0]
        return None

    def text(self, *paths: str) -> str:
        """The text at the first of these paths that has any."""
        for path in paths:
            for node in self.all(path):
                if node.content:
                    return node.content
        return ""

    def deep(self, name: str) -> Iterator[Node]:
        """Every element below of that local name."""
        return (
            Node(found) for found in self.element.iter() if isinstance(found.tag, str) and _local(found.tag) == name
        )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
