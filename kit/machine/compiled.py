"""What the compiled modules share: how they are compiled, steps over many bytes at a time, and arrays that can grow.

Numba notices that a compiled function is out of date by the time stamp of the file the function stands in, not of the
files whose functions it calls. So each compiled module calls only its own functions and these; whoever changes what one
of these does has to rename it.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

#: An integer of 64 bits, once compiled.
Number: TypeAlias = Any

#: How many bytes `ascii_letters` and `small_letters` look at.
WIDTH = 16
#: How many bytes `others_than_letters` looks at.
WIDE = 64

_Function = TypeVar("_Function", bound=Callable[..., Any])
_BYTE, _LONG, _BIT = ir.IntType(8), ir.IntType(64), ir.IntType(1)


def compiled(inline: str = "never", *, numbers: bool = False) -> Callable[[_Function], _Function]:
    """Return numba's compiler with the options that all functions share.

    The GIL is released. Arrays belong to the caller, so their references are not counted (`_nrt`), which halves the
    time. A function that is all about `numbers` may make arrays itself, and divides as NumPy does, by 0 too. Machine
    code is kept beside the module or, where that cannot be written, in the user's cache folder; where neither can, it
    is made anew in each session.
    """

    def decorate(function: _Function) -> _Function:
        options: dict[str, Any] = {"nogil": True, "_nrt": numbers, "inline": inline}
        if numbers:
            options["error_model"] = "numpy"
        try:
            machine: _Function = njit(cache=True, **options)(function)
        except RuntimeError:  # numba found no folder for its cache
            machine = njit(**options)(function)
        return machine

    return decorate


def _load(_context: Any, data: Any, _place: Any) -> Any:
    """Read eight bytes of a byte array as one little-endian integer, wherever they stand."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(_pointer(context, builder, signature, arguments, _LONG), align=1)

    return types.uint64(data, types.int64), generate


def _ascii_letters(_context: Any, data: Any, _place: Any) -> Any:
    """Count how many of the WIDTH bytes from a place on, from the first, are ASCII letters."""
    return _letters(data, 0x20)


def _small_letters(_context: Any, data: Any, _place: Any) -> Any:
    """Count how many of the WIDTH bytes from a place on, from the first, are small ASCII letters."""
    return _letters(data, 0)


def _letters(data: Any, ignored: int) -> Any:
    """Return what counts letters from a place on, in which some bits are ignored."""
    vector = ir.VectorType(_BYTE, WIDTH)

    def all_of(byte: int) -> Any:
        return ir.Constant(vector, [byte] * WIDTH)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        content = builder.load(_pointer(context, builder, signature, arguments, vector), align=1)
        letter = builder.sub(builder.or_(content, all_of(ignored)), all_of(ord("a")))
        others = builder.icmp_unsigned(">", letter, all_of(25))
        bits = builder.zext(builder.bitcast(others, ir.IntType(WIDTH)), _LONG)
        return builder.cttz(builder.or_(bits, ir.Constant(_LONG, 1 << WIDTH)), ir.Constant(_BIT, 1))

    return types.int64(data, types.int64), generate


def _others_than_letters(_context: Any, data: Any, _place: Any) -> Any:
    """Return a bit for each of the WIDE bytes from a place on that is no ASCII letter."""
    vector = ir.VectorType(_BYTE, WIDE)

    def all_of(byte: int) -> Any:
        return ir.Constant(vector, [byte] * WIDE)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        content = builder.load(_pointer(context, builder, signature, arguments, vector), align=1)
        letter = builder.sub(builder.or_(content, all_of(0x20)), all_of(ord("a")))
        return builder.bitcast(builder.icmp_unsigned(">", letter, all_of(25)), _LONG)

    return types.uint64(data, types.int64), generate


def _lowest_bit(_context: Any, word: Any) -> Any:
    """Return the number of the lowest bit that is set."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(_BIT, 1))

    return types.uint64(word), generate


def _fetch(_context: Any, data: Any, place: Any) -> Any:
    """Ask for the memory where an element of an array stands, without waiting for it."""
    pointer, number = _BYTE.as_pointer(), ir.IntType(32)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
        ask = builder.module.declare_intrinsic("llvm.prefetch", [pointer], kind)
        read, near, of_data = (ir.Constant(number, flag) for flag in (0, 3, 1))
        builder.call(ask, [_pointer(context, builder, signature, arguments, _BYTE), read, near, of_data])
        return context.get_dummy_value()

    return types.void(data, place), generate


def _pointer(context: Any, builder: Any, signature: Any, arguments: Any, kind: Any) -> Any:
    """Return the address of a place in a byte array, as one of another kind of content."""
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    return builder.bitcast(builder.gep(array.data, [arguments[1]]), kind.as_pointer())


load: Callable[..., Number] = intrinsic(_load)
ascii_letters: Callable[..., Number] = intrinsic(_ascii_letters)
small_letters: Callable[..., Number] = intrinsic(_small_letters)
others_than_letters: Callable[..., Number] = intrinsic(_others_than_letters)
fetch: Callable[..., None] = intrinsic(_fetch)
lowest_bit: Callable[..., Number] = intrinsic(_lowest_bit)


_LARGE = 1 << 22


def room(length: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """Return an array that takes memory only as far as it is written.

    NumPy asks the system for huge pages where an array is large; to find and clear them costs more than the work done
    here. So the memory is asked for without it, where the system lets one.
    """
    size = length * np.dtype(dtype).itemsize
    if size < _LARGE or not hasattr(mmap, "MAP_PRIVATE"):
        return np.empty(length, dtype)
    return np.frombuffer(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS), dtype)


def widened(array: npt.NDArray[Any], used: int, needed: int) -> npt.NDArray[Any]:
    """Return an array that has room for `needed` elements, and the first `used` of this one."""
    if needed <= len(array):
        return array
    wide = room(max(needed, len(array) * 3 // 2), array.dtype)
    wide[:used] = array[:used]
    return wide
