"""The change of 01/7/2025 as rows of a reorganisation file: written from the catalogue, shipped beside it.

python -m kntc.agencies.reform > src/kntc/agencies/data/reorganisations/2025-07-01.csv
"""

import csv
import sys
from collections.abc import Iterator

from kntc.agencies.catalogue import REFORM, Catalogue
from kntc.agencies.seed import BEFORE, NOW, build

COLUMNS = (
    "act",
    "code",
    "name",
    "short_name",
    "kind",
    "level",
    "parent",
    "place",
    "heir",
    "default",
    "aliases",
)
Row = dict[str, str]


def reform_rows(catalogue: Catalogue) -> Iterator[Row]:
    """Gia Lai's new agencies that use the system, then each of Bình Định's old ones with whom it becomes."""
    for entry in catalogue.entries.values():
        if entry.uses_system and entry.code.split("-")[0] == NOW:
            yield {
                "act": "found",
                "code": entry.code,
                "name": entry.name,
                "short_name": entry.short_name,
                "kind": entry.kind,
                "level": entry.level,
                "parent": entry.parent or "",
                "place": entry.place or "",
                "aliases": "|".join(entry.aliases),
            }
    for link in catalogue.successions:
        assert link.old.split("-")[0] == BEFORE, link
        yield {
            "act": "end",
            "code": link.old,
            "heir": link.new,
            "place": link.place or "",
            "default": "1" if link.is_default else "",
        }


def write() -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(reform_rows(build()))


if __name__ == "__main__":
    assert REFORM.isoformat() == "2025-07-01"
    write()
