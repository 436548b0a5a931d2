"""Text as an Office file can hold it: what a person typed appears as typed, and nothing breaks the file."""

import re

# What XML 1.0 cannot hold at all: control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEWLINES = re.compile("\r\n?|\u2028|\u2029")


def office_text(value: object) -> str:
    """The text without what an Office file cannot hold; None is the empty text; line ends are "\\n"."""
    text = "" if value is None else str(value)
    return _NOT_XML.sub("", _NEWLINES.sub("\n", text))


def one_line(value: object) -> str:
    """For titles, names and other single lines."""
    return " ".join(office_text(value).split())
