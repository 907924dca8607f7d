"""Bootstrap draws of stories, and the sums of every item over each resample.

A resample draws as many stories as there are, with replacement. What is kept of it is how often each story was drawn
(multinomial weights), so the sums of all items over a block of resamples are one product of integers: exact, in any
order and with any BLAS.

References
----------
Efron, B. 1979. Bootstrap methods: another look at the jackknife. Annals of Statistics 7, 1-26.

"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kit.measures.uncertainty.samples import Integers, Sample

_CELLS = 4_000_000  # of the largest intermediate arrays; bounds the memory
_NARROW = 2**31  # the first number that 32 bits do not hold


def weights(stories: int, resamples: int, seed: int | tuple[int, ...], cells: int = _CELLS) -> Iterator[Integers]:
    """Draw stories with replacement."""
    generator = np.random.Generator(np.random.PCG64(seed))
    rows = max(1, cells // max(stories, 1))
    for begin in range(0, resamples, rows):
        block = min(rows, resamples - begin)
        drawn = generator.integers(0, stories, size=(block, stories)) + np.arange(block)[:, None] * stories
        times = np.bincount(drawn.ravel(), minlength=block * stories).reshape(block, stories)
        yield np.ascontiguousarray(times.T, np.int64)


def resampled_sums(
    sample: Sample, resamples: int, seed: int | tuple[int, ...], cells: int = _CELLS
) -> Iterator[tuple[slice, Integers, Integers]]:
    """Add up every item, and the words, over each resample."""
    items = sample.matrix.shape[1]
    width = max(1, cells // max(resamples, 1))
    by_item = sample.matrix.T.tocsr()
    most = int(sample.totals.max(initial=0))
    for begin in range(0, items, width):
        block = slice(begin, min(begin + width, items))
        part = by_item[block]
        narrow = part.astype(np.int32) if most < _NARROW else part
        counts = np.empty((block.stop - begin, resamples), np.int64)
        words = np.empty(resamples, np.int64)
        place = 0
        for drawn in weights(len(sample), resamples, seed, cells):
            columns = slice(place, place + drawn.shape[1])
            # Of 32 bits where no sum can be larger: the same integers in a third of the time.
            fits = most * int(drawn.max(initial=0)) < _NARROW
            counts[:, columns] = narrow @ drawn.astype(np.int32) if fits else part @ drawn
            words[columns] = (sample.sizes[:, None] * drawn).sum(axis=0) if drawn.shape[1] else 0
            place = columns.stop
        yield block, counts, words
