"""What a search costs on either way, in microseconds as measured at 1,000,000 petitions; only their ratio matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

# Petitions whose words are looked at before anything else: some 10 ms.
CANDIDATES = 2000
# Of these, so many tell how common each word is.
SAMPLE = 300
# What is taken for the share of a word that the sample does not hold.
LEAST = 0.5 / SAMPLE
# The longest stretch of a list that is asked row by row.
LONGEST_STRETCH = 60_000
# Asking one row of the list; fetching one row that the index names; reading one entry of a word's list in the index
# (dear, because every word is looked up as the beginning of longer ones, too).
PROBE, FETCH, ENTRY = 2.0, 4.0, 0.55


@dataclass(frozen=True)
class Plan:
    """`stretch`: rows of the list to be asked one by one (0: none); `asked`: words to be looked up in the index."""

    stretch: int
    asked: list[str]


def plan(words: Sequence[str], shares: Sequence[float], hits: int, limit: int, register: int) -> Plan:
    """`shares`: of the sample, by word; `hits`: among CANDIDATES, with all words; `register`: petitions there are."""
    asked, cost = words_to_ask(words, shares, hits / CANDIDATES)
    expected = _expected(shares, hits, limit)
    # The fewer hits the guess rests on, the likelier the stretch is read in vain.
    price = expected * PROBE * (1 + 1 / (hits + 1))
    # Hits do not come evenly; reading ends where the page is full, so a long stretch costs nothing more.
    stretch = 2 * expected
    return Plan(stretch if stretch <= LONGEST_STRETCH and price < cost * register else 0, asked)


def _expected(shares: Sequence[float], hits: int, limit: int) -> int:
    """The rows among which a page full of hits is expected: by the hits so far, else as if words came by chance."""
    density = max(hits / CANDIDATES, prod(max(share, LEAST) for share in shares))
    return int(limit / density)


def words_to_ask(words: Sequence[str], shares: Sequence[float], together: float) -> tuple[list[str], float]:
    """The words whose lists cost least, and that cost for each petition of the register.

    A further word spares fetches as long as its list is short beside them: "huyen" and "kim" yes, "nguyen" no.
    `together`: the share of rows that hold all words, which no choice can undercut.
    """
    by_share = sorted((max(share, LEAST), word) for share, word in zip(shares, words, strict=True))
    joint, first = by_share[0]
    asked, entries = [first], joint
    for share, word in by_share[1:]:
        if share * ENTRY < joint * (1 - share) * FETCH:
            asked.append(word)
            joint, entries = joint * share, entries + share
    return asked, max(joint, together) * FETCH + entries * ENTRY
