"""Makers of items, one a kind of fact: each goes through the library and gives what can be asked with certainty.

A maker is a function ``(Library, Seed) -> Iterator[Item]``; ``Seed`` gives each clause its own random numbers, so that an
item does not depend on what is made before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from assistant.quiz.library import Library
from assistant.quiz.types import Item

Seed = Callable[[object], Random]
Maker = Callable[[Library, Seed], Iterator[Item]]
