"""The formats of files of articles, one a module; `kit.reading.formats.contract` says what each gives."""
