"""Fills the slots of data/tagger/templates.txt: {road}, {name}, … from words.yml and the vocabularies of bot.values."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any, Callable, Dict, List

import yaml

from bot.learned.sentences import TEMPLATES, Marked, lines, parse
from bot.values import vocabulary

_SLOT = re.compile(r"\{([a-z_]+?)2?\}")


class Filler:
    """Puts a fresh word in every slot; the same seed gives the same sentences."""

    def __init__(self, words: Dict[str, Any], seed: int) -> None:
        self._words = {key: value if isinstance(value, list) else value.split() for key, value in words.items()}
        self._given = list(words["given"])
        self._random = random.Random(seed)
        self._surnames = [word for word in vocabulary.lines("surnames.txt") if len(word) == 1]
        names = vocabulary.lines("divisions.txt")
        self._cities = [name for name in names if name.endswith("市")]
        self._short = [name[:-1] for name in self._cities if name[:-1] in set(names)]
        self._districts = [name for name in names if name[-1] in "区县" and len(name) < 6]
        made = (self.road, self.site, self.village, self.factoryname, self.town, self.hospital, self.school)
        more = (self.station, self.scenic, self.highway, self.service, self.name, self.city, self.cityshort)
        self._makers: Dict[str, Callable[[], str]] = {make.__name__: make for make in (*made, *more, self.district)}

    @classmethod
    def of(cls, folder: Path, seed: int = 1) -> Filler:
        """A filler with the words.yml of the folder."""
        return cls(yaml.safe_load((folder / "words.yml").read_text(encoding="utf-8")), seed)

    def fill(self, template: str) -> str:
        """The template with every slot filled."""
        return _SLOT.sub(lambda slot: self._word(slot[1]), template)

    def _word(self, slot: str) -> str:
        return self._makers[slot]() if slot in self._makers else self._pick(slot)

    def _pick(self, key: str) -> str:
        """A word of words.yml; its own slots are filled too."""
        return self.fill(self._random.choice(self._words[key]))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _invented(self) -> str:
        """Two characters as they stand in names of places: from people's names and from districts."""
        if self._chance(0.5):
            return self._random.choice(self._districts)[:2]
        return "".join(self._random.sample(self._given, 2))

    def road(self) -> str:
        name = self._pick("road_name") if self._chance(0.5) else self._invented()
        return name + self._pick("road_side") + self._pick("road_end")

    def site(self) -> str:
        name = self._pick("brands") if self._chance(0.5) else self._invented()
        return (self._random.choice(self._short) if self._chance(0.2) else "") + name + self._pick("place_kind")

    def village(self) -> str:
        name = self._pick("village_name") if self._chance(0.6) else self._invented()
        return (self._pick("brands") if self._chance(0.2) else "") + name + self._pick("village_kind")

    def factoryname(self) -> str:
        return self._pick("factory_parts") + self._pick("factory_kind")

    def town(self) -> str:
        name = self._pick("town_name") if self._chance(0.6) else self._invented()
        return name + self._pick("town_kind")

    def hospital(self) -> str:
        if self._chance(0.4):
            return self._pick("hospital_bare")
        return self._random.choice(self._short) + self._pick("hospital_kind")

    def school(self) -> str:
        name = self._random.choice(self._short) if self._chance(0.4) else self._invented()
        return name + self._pick("school_kind")

    def station(self) -> str:
        name = self._random.choice(self._short) if self._chance(0.5) else self._invented()
        return name + self._pick("station_kind")

    def scenic(self) -> str:
        return self._pick("scenic_name")

    def highway(self) -> str:
        number = f"G{self._random.randint(1, 99)}" if self._chance(0.3) else ""
        return number + self._pick("highway_name") + "高速"

    def service(self) -> str:
        return self._invented() + self._random.choice(["服务区", "收费站", "出口", "隧道", "大桥", "枢纽", "互通"])

    def name(self) -> str:
        surname = self._pick("compound") if self._chance(0.06) else self._surname()
        return surname + "".join(self._random.sample(self._given, 2 if self._chance(0.7) else 1))

    def _surname(self) -> str:
        """The list begins with the families most people have."""
        return self._surnames[min(int(self._random.expovariate(1 / 60)), len(self._surnames) - 1)]

    def city(self) -> str:
        return self._random.choice(self._cities) if self._chance(0.7) else ""

    def cityshort(self) -> str:
        return self._random.choice(self._short)

    def district(self) -> str:
        return self._random.choice(self._districts)


def sentences(folder: Path, each: int, seed: int = 1) -> List[Marked]:
    """Every template of the folder filled `each` times."""
    filler = Filler.of(folder, seed)
    return [parse(filler.fill(line)) for line in lines(folder / TEMPLATES) for _ in range(each)]
