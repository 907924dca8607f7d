"""Tables and figures that can be cited, with the evidence behind them."""

import csv

csv.field_size_limit(2**31 - 1)  # a cell of an exhibit may be longer than 131,072 characters, as csv has it by default
