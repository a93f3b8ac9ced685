"""Place: which regions a question names, and whose documents hold there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

NATIONAL = "国家"
CLASS = re.compile("[一二三四五六七八九]类")
"""The classes into which a province parts its regions."""
_OF_TOWNS = ("镇", "乡", "街道", "村", "社区")


@dataclass(frozen=True)
class Places:
    """The home region with the regions around it, innermost first, and the names by which people call places.

    ``names`` maps what people write to the region's name in the corpus; a name inside the home region maps to it.
    """

    home: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def named(self, text: str) -> tuple[str, ...]:
        """The regions that ``text`` names, in order; a longer name wins over one inside it (清远市 over 清远)."""
        found = [self.names[match.group().lower()] for match in self._any_name.finditer(text)]
        return tuple(dict.fromkeys(found))

    def towns(self, text: str) -> tuple[str, ...]:
        """The parts of the home region that ``text`` names: 东陂镇."""
        found = (match.group() for match in self._any_name.finditer(text))
        return tuple(name for name in found if name.endswith(_OF_TOWNS) and self.names[name] in self.home[:1])

    def without_names(self, text: str, gap: str = "") -> str:
        """``text`` with ``gap`` in the place of the names of places."""
        return self._any_name.sub(gap, text)

    def at_end(self, text: str) -> str:
        """The name of a place with which ``text`` ends, as it is written; nothing where it does not."""
        found = list(self._any_name.finditer(text))
        return found[-1].group() if found and found[-1].end() == len(text) else ""

    def at_start(self, text: str) -> str:
        """The name of a place with which ``text`` begins, as it is written; nothing where it does not."""
        found = self._any_name.match(text)
        return found.group() if found else ""

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        """Any of the names, the longer ones first; nothing where there are none."""
        names = sorted(self.names, key=len, reverse=True)
        return re.compile("|".join(map(_pattern, names)) or "(?!)", re.IGNORECASE)

    def is_home(self, region: str) -> bool:
        """Whether documents of ``region`` hold at home; a document of unknown region is taken to."""
        return not region or not self.home or region in self.home

    def distance(self, region: str) -> int:
        """How far a document's region is from home: 0 for home itself, more for the regions around it."""
        return self.home.index(region) if region in self.home else len(self.home)


def _pattern(name: str) -> str:
    escaped = re.escape(name)
    return rf"(?<![a-z]){escaped}(?![a-z])" if name.isascii() else escaped


def places_from(table: Mapping[str, Any]) -> Places:
    """The places of a parsed ``regions.toml``."""
    home = tuple(table.get("home", ()))
    names: dict[str, str] = {}
    for province, cities in table.get("provinces", {}).items():
        for city in cities:
            names[city] = city if city.endswith(("市", "州", "盟", "区", "县")) else f"{city}市"
            names[names[city]] = names[city]
        names[province] = province
        names.setdefault(re.sub("[省市]$", "", province), province)
    names |= {name: name for name in table.get("abroad", {}).get("names", ())}
    names |= {name: name for name in home if name != NATIONAL}
    names |= {alias.lower(): name for alias, name in table.get("aliases", {}).items()}
    if home:
        names |= {name.lower(): home[0] for name in table.get("inside", ())}
    return Places(home, names)
