"""The formats of a table, one module each: a `Grid` in, bytes out.

A format is a function that takes a :class:`kit.exhibits.grid.Grid` and returns the content of one file. The grid holds
the raw values for machines, the same as a reader sees them, headings and units, title, note, id and language; a format
knows no measure, and looks up nothing but words of its own. To add one: write the module, and add its two lines to
``registry.py``, name and writer, from which everything else follows.
"""
