"""Rules for the kernel: packs handed over once each, and the indexes of packs that texts are matched with."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Iterable, Sequence
from ctypes import POINTER, Structure, c_int32, c_void_p
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, finalize

from newsclean.evidence import RANK
from newsclean.native.loading import code_points, text_of
from newsclean.rules.net import Net
from newsclean.rules.pack import Pack
from newsclean.rules.patterns import compiled
from newsclean.rules.placeholders import _BEGINNERS, date_words
from newsclean.rules.rule import SCOPES
from newsclean.rules.units import matches_whole

__all__ = [
    "EXPRESSION",
    "Handle",
    "PreparedIndex",
    "RuleFound",
    "declare",
    "expressions",
    "prepared",
    "prepared_index",
]

#: ``nc_expression``: (self, pack, head, whole, text, size, span) -> 1, 0 or less than 0 for a failure.
EXPRESSION = ctypes.CFUNCTYPE(
    c_int32, c_void_p, c_int32, c_int32, c_int32, c_void_p, c_int32, POINTER(c_int32)
)  # fmt: skip

# marks of heads: categories that matching asks for
_MARKS = {"advertisement": 1, "related": 2}


class _Strings(Structure):
    _fields_ = (("text", c_void_p), ("sizes", c_void_p), ("count", c_int32))


class _NetData(Structure):
    _fields_ = (
        ("words", _Strings), ("pairs", c_void_p), ("pair_sizes", c_void_p), ("accepts", c_void_p), ("n_accepts", c_int32),
    )  # fmt: skip


class _PackData(Structure):
    _fields_ = (
        ("n_heads", c_int32),
        ("scopes", c_void_p), ("strengths", c_void_p), ("marks", c_void_p),
        ("patterns", _Strings), ("keywords", _Strings), ("keyword_heads", c_void_p),
        ("fixed", _NetData), ("open", _NetData), ("late", _NetData),
        ("literals", _Strings), ("late_words", _Strings), ("glued", _Strings),
        ("most_sets", c_int32), ("most_states", c_int32),
    )  # fmt: skip


class RuleFound(Structure):
    """``nc_rule_found``: what was found; `pack` and `head` are numbers in the index and in the pack."""

    _fields_ = tuple((name, c_int32) for name in ("line", "start", "end", "pack", "head", "strength"))


class Handle:
    """Something that the kernel made; given back with the last reference to it. `keeps` is what it needs to live."""

    def __init__(self, address: int | None, free: Callable[[int], object], keeps: object = None) -> None:
        if not address:
            raise MemoryError("no memory for the kernel's rules")
        self.address, self._keeps = address, keeps
        finalize(self, free, address).atexit = False


def declare(library: ctypes.CDLL) -> None:
    """Tell ctypes what the functions used here take and give."""
    for name, arguments, result in (
        ("nc_pack_new", [c_void_p], c_void_p),
        ("nc_pack_free", [c_void_p], None),
        ("nc_known_words_new", [c_void_p, c_void_p], c_void_p),
        ("nc_known_words_free", [c_void_p], None),
        ("nc_index_new", [c_void_p, c_void_p, c_int32, c_void_p], c_void_p),
        ("nc_index_free", [c_void_p], None),
        ("nc_index_forget", [c_void_p], None),
    ):
        function = getattr(library, name)
        function.argtypes, function.restype = arguments, result


class _Held:
    """Memory that C structures point into, alive as long as this is."""

    def __init__(self) -> None:
        self.all: list[object] = []

    def at(self, data: bytes | bytearray | array[int]) -> int | None:
        """The address of the data."""
        if isinstance(data, array):
            self.all.append(data)
            return data.buffer_info()[0]
        buffer = ctypes.c_char_p(bytes(data))
        self.all.append(buffer)
        return ctypes.cast(buffer, c_void_p).value

    def strings(self, words: Sequence[str]) -> _Strings:
        """Strings as ``nc_strings``."""
        sizes = array("i", map(len, words))
        return _Strings(self.at(code_points("".join(words))), self.at(sizes), len(words))

    def net(self, net: Net) -> _NetData:
        """A network as ``nc_net_data``."""
        stored: dict[str, str] = net.to_json()[0]
        pairs = list(stored.values())
        return _NetData(
            self.strings(list(stored)),
            self.at("".join(pairs).encode("ascii")),
            self.at(array("i", map(len, pairs))),
            self.at(net.accepts),
            len(net.accepts) // 3,
        )


_packs: WeakKeyDictionary[Pack, Handle] = WeakKeyDictionary()


def prepared(library: ctypes.CDLL, pack: Pack, most_sets: int = 0, most_states: int = 0) -> Handle:
    """The kernel's form of a pack, made when first asked for.

    `most_sets` and `most_states` bound what is made of its networks and expressions (0: as usual); beyond, the
    kernel takes slower ways to the same results.
    """
    made = _packs.get(pack)
    if made is None:
        made = _packs[pack] = _made(library, pack, most_sets, most_states)
    return made


def _made(library: ctypes.CDLL, pack: Pack, most_sets: int, most_states: int) -> Handle:
    held = _Held()
    heads = pack.heads
    keywords = [(number, word) for number, head in enumerate(heads) if head.pattern for word in head.keywords]
    scopes = {scope: number for number, scope in enumerate(SCOPES)}
    data = _PackData(
        len(heads),
        held.at(bytes([scopes[head.scope] for head in heads])),
        held.at(bytes([RANK[head.strength] for head in heads])),
        held.at(bytes([_MARKS.get(head.category, 0) for head in heads])),
        held.strings([head.pattern for head in heads]),
        held.strings([word for _, word in keywords]),
        held.at(array("i", [number for number, _ in keywords])),
        held.net(pack.fixed), held.net(pack.open), held.net(pack.late),
        held.strings(pack.literals), held.strings(pack.late_words), held.strings(pack.glued),
        most_sets, most_states,
    )  # fmt: skip
    return Handle(library.nc_pack_new(ctypes.byref(data)), library.nc_pack_free)


@cache
def _known_words(library: ctypes.CDLL) -> Handle:
    held = _Held()
    dates, starts = held.strings(sorted(date_words())), held.strings(sorted(_BEGINNERS))
    made = library.nc_known_words_new(ctypes.byref(dates), ctypes.byref(starts))
    return Handle(made, library.nc_known_words_free)


class PreparedIndex(NamedTuple):
    """The rules of `packs` that are in force: what `newsclean.rules.index.Index` is, for the kernel."""

    packs: list[Pack]
    handle: Handle


def prepared_index(
    library: ctypes.CDLL, packs: Iterable[Pack], languages: set[str], off: frozenset[str]
) -> PreparedIndex:
    """An index of packs, as ``Index(packs, languages, off)``; cheap, since what takes time belongs to the packs."""
    held = [pack for pack in packs if pack.heads]
    handles = [prepared(library, pack) for pack in held]
    known = _known_words(library)
    dropped = [
        bytes(head.id in off or languages.isdisjoint(head.languages) for head in pack.heads) for pack in held
    ]
    addresses = (c_void_p * len(held))(*(handle.address for handle in handles))
    flags = (ctypes.c_char_p * len(held))(*dropped)
    address = library.nc_index_new(addresses, flags, len(held), known.address)
    return PreparedIndex(held, Handle(address, library.nc_index_free, (handles, known)))


class _Reading(NamedTuple):
    """A piece of text in the place of a document."""

    tidy: str
    folded: str


def expressions(packs: Sequence[Sequence[Pack]], failures: list[BaseException]) -> Any:
    """The callback by which the kernel asks RE2 (``nc_expression``); what it raises is put into `failures`."""

    def ask(mix: int | None, pack: int, head: int, whole: int, text: int, size: int, span: Any) -> int:
        try:
            pattern = packs[mix or 0][pack].heads[head].pattern
            piece = text_of(ctypes.string_at(text, 4 * size))
            if whole:
                return matches_whole(pattern, _Reading(piece, piece), 0, size)  # type: ignore[arg-type]
            return _search(pattern, piece, span)
        except BaseException as error:
            failures.append(error)
            return -1

    return EXPRESSION(ask)


def _search(pattern: str, piece: str, span: Any) -> int:
    regex = compiled(pattern)
    match = regex.search(piece)
    if not match or match.end() == match.start():
        return 0
    span[0], span[1] = match.span(regex.groupindex.get("junk", 0))
    span[2] = match.end()
    return 1
