"""GML without the objects that are no longer there, which are not worth parsing. (nl: vervallen objecten)."""

import re
from collections.abc import Collection, Iterator
from typing import IO

AT_ONCE = 2**20
"""Bytes that are looked through at a time."""
LONGEST = 2**24
"""Bytes of one member; a longer one is handed on as it is, and so is what follows."""
OPENED, CLOSED, ALONE = re.compile(rb"<[^/!?]"), re.compile(rb"</"), re.compile(rb"/>")
WITHIN_OBJECT = 2
"""How deep the attributes of an object lie: in the object, in the member."""


class WithoutEnded:
    """A stream of GML in which every member whose object has ended is empty.

    Half of a delivery with history has ended. What is not plainly so is handed on: a member with a comment or CDATA, and
    one in which the word stands deeper than among the attributes of the object.

    Parameters
    ----------
    stream
        GML as bytes.
    tags
        Local names of the elements that hold one object each.
    ends
        Local names of the attributes that say since when an object is no longer there.
    """

    def __init__(self, stream: IO[bytes], tags: Collection[str], ends: Collection[str]) -> None:
        """Take a stream; nothing is read of it yet."""
        named = b"|".join(tag.encode() for tag in tags)
        self._begin = re.compile(rb"<((?:[\w.-]+:)?(?:" + named + rb"))[\s>]")
        self._words = [name.encode() for name in ends]
        self._end = re.compile(rb"<(?:[\w.-]+:)?(?:" + b"|".join(self._words) + rb")(?:\s[^>]*)?>\s*[^<\s]")
        self._parts = self._filtered(stream)
        self._left = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size`; empty at the end."""
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._left = memoryview(part)
        size = len(self._left) if size < 0 else size
        made, self._left = self._left[:size], self._left[size:]
        return bytes(made)

    def _filtered(self, stream: IO[bytes]) -> Iterator[bytes]:
        """Yield the bytes of the stream, with the members that have ended empty."""
        held = b""
        while more := stream.read(AT_ONCE):
            held += more
            made: list[bytes] = []
            done = self._members(held, made)
            yield b"".join(made)
            held = held[done:]
            if len(held) > LONGEST:
                yield held
                held = b""
                while more := stream.read(AT_ONCE):
                    yield more
        yield held

    def _members(self, held: bytes, made: list[bytes]) -> int:
        """Put what is whole in the bytes that are held among what was made, and return where the rest begins."""
        done = 0
        while begun := self._begin.search(held, done):
            close = b"</" + begun[1]
            closed = held.find(close, begun.end())
            until = held.find(b">", closed) + 1 if closed >= 0 else 0
            if not until:
                made.append(held[done : begun.start()])
                return begun.start()
            made += [held[done : begun.start()], self._kept(held[begun.start() : until], begun[1])]
            done = until
        rest = max(done, len(held) - LONGEST_TAG)
        made.append(held[done:rest])
        return rest

    def _kept(self, member: bytes, tag: bytes) -> bytes:
        """Return a member as it is, or empty where its object has ended."""
        if not any(word in member for word in self._words):
            return member
        hit = self._end.search(member)
        if hit is None or b"<!" in member:
            return member
        before = member[: hit.start()]
        depth = len(OPENED.findall(before)) - len(CLOSED.findall(before)) - len(ALONE.findall(before))
        return b"<" + tag + b"/>" if depth == WITHIN_OBJECT else member


LONGEST_TAG = 256
"""Bytes at the end of what was read that may be the beginning of a member."""
