"""What a reader is told, in the two languages of the kit."""

from __future__ import annotations

#: A text by language: ``en`` and ``id``.
Words = dict[str, str]


def filled(text: Words, **values: object) -> Words:
    """Fill in what stands in braces.

    Parameters
    ----------
    text : dict of language to str
    **values
        Numbers are written with the separators of each language; what is a text by language itself, in each language.

    Returns
    -------
    dict of language to str

    Examples
    --------
    >>> filled({"en": "{n} {unit}", "id": "{n} {unit}"}, n=1200, unit={"en": "words", "id": "kata"})
    {'en': '1,200 words', 'id': '1.200 kata'}

    """

    def written(value: object, language: str) -> object:
        """Write one value."""
        if isinstance(value, dict):
            return value[language]
        if not isinstance(value, int):
            return value
        return f"{value:,}".replace(",", "." if language == "id" else ",")

    return {
        language: words.format(**{name: written(value, language) for name, value in values.items()})
        for language, words in text.items()
    }
