"""Exports of newspaper databases, many articles in one text: where each begins and ends, told by their own marks."""
