"""The price of the next term, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from claims.rules.plans import CoverItem
from claims.rules.renewals import Price, rules
from claims.vocabulary import Line

_CENT = Decimal("0.01")
NEW_ENERGY_PLATE = 8
"""Characters of the plate of a new-energy car; others have seven."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a price, in CNY; a discount is negative. factor: what made it, None for a sum of money."""

    key: str
    amount: Decimal
    factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """parts: base (and of it compulsory, commercial), no_claim, use, vehicle_tax. total: what is paid, in CNY.
    vat: of it, value added tax. claims: so many in the term that ends."""

    parts: tuple[Part, ...]
    total: Decimal
    vat: Decimal
    claims: int

    def part(self, key: str) -> Part | None:
        return next((each for each in self.parts if each.key == key), None)


def quote(
    line: Line, covers: list[CoverItem], *, last_premium: Decimal, claims: int, use: str | None, plate: str | None
) -> Quote | None:
    """The price; None where the rules give none and a person must say it (a cover without a price, no premium known).

    claims: those of the term that ends. use: a key of the uses, for cars.
    """
    price = rules().prices[line]
    base = _base(price, covers, last_premium)
    if base is None:
        return None
    plain, variable = base
    parts = [Part("base", _money(plain + variable))]
    if price.covers:
        parts += [Part("compulsory", _money(plain)), Part("commercial", _money(variable))]
    sum_so_far = variable
    for key, factor in _factors(price, claims, use):
        parts.append(Part(key, _money(sum_so_far * factor) - _money(sum_so_far), factor))
        sum_so_far = _money(sum_so_far * factor)
    premium = _money(plain) + _money(sum_so_far)
    tax = Decimal(0)
    if price.vehicle_tax is not None:
        new_energy = plate is not None and len(plate) == NEW_ENERGY_PLATE
        tax = price.vehicle_tax.new_energy if new_energy else price.vehicle_tax.other
        parts.append(Part("vehicle_tax", _money(tax)))
    vat = _money(premium * price.vat / (1 + price.vat))
    return Quote(tuple(parts), _money(premium + tax), vat, claims)


def _base(price: Price, covers: list[CoverItem], last_premium: Decimal) -> tuple[Decimal, Decimal] | None:
    """What no factor applies to, and the rest."""
    if not price.covers:
        return (Decimal(0), last_premium) if last_premium > 0 else None
    if not covers or any(item.name not in price.covers for item in covers):
        return None
    plain = sum((price.covers[i.name].of(i.limit) for i in covers if price.covers[i.name].plain), Decimal(0))
    rest = sum((price.covers[i.name].of(i.limit) for i in covers if not price.covers[i.name].plain), Decimal(0))
    return plain, rest


def _factors(price: Price, claims: int, use: str | None) -> list[tuple[str, Decimal]]:
    found = []
    if price.no_claim:
        found.append(("no_claim", price.no_claim[min(claims, len(price.no_claim) - 1)]))
    if price.by_use and use is not None:
        found.append(("use", rules().uses[use].factor))
    return found


def _money(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
