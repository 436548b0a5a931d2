"""Sentences with alternatives "[a|b]" and things of chance "{name}", read once and said differently each time."""

import re
from collections.abc import Callable
from functools import cache
from random import Random

# A sentence is a list of parts: plain text, ("slot", name) or a list of alternatives, each again a sentence.
Part = str | tuple[str, str] | list["Sentence"]
Sentence = list[Part]

_TOKEN = re.compile(r"[\[\]|]|\{\w+\}|[^\[\]|{}]+")


@cache
def _read(text: str) -> Sentence:
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise ValueError(f"cannot be read: {text!r}")
    sentence, rest = _sequence(tokens, 0)
    if rest != len(tokens):
        raise ValueError(f"brackets do not match: {text!r}")
    return sentence


def _sequence(tokens: list[str], at: int) -> tuple[Sentence, int]:
    parts: Sentence = []
    while at < len(tokens) and tokens[at] not in "|]":
        if tokens[at] == "[":
            alternatives, at = _alternatives(tokens, at + 1)
            parts.append(alternatives)
        else:
            parts.append(("slot", tokens[at][1:-1]) if tokens[at][0] == "{" else tokens[at])
            at += 1
    return parts, at


def _alternatives(tokens: list[str], at: int) -> tuple[list[Sentence], int]:
    found: list[Sentence] = []
    while at < len(tokens):
        sentence, at = _sequence(tokens, at)
        found.append(sentence)
        if at < len(tokens) and tokens[at] == "]":
            return found, at + 1
        at += 1
    raise ValueError("brackets do not match")


def say(text: str, random: Random, slot: Callable[[str], str]) -> str:
    """One of the sentences that the template holds."""
    return "".join(_said(part, random, slot) for part in _read(text))


def _said(part: Part, random: Random, slot: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, tuple):
        return slot(part[1])
    return "".join(_said(inner, random, slot) for inner in random.choice(part))


def slots(text: str) -> set[str]:
    """The names of all things of chance in a template."""
    return set(re.findall(r"\{(\w+)\}", text))
