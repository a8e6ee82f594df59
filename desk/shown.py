"""How the pages show moments, money and people: plain text, masked where the role may not read it whole."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from claims import clock, masking
from claims.models import Claim, Customer
from claims.staff import Right
from desk.access import Desk
from desk.problems import Refused

DAY_AND_TIME = "%Y-%m-%d %H:%M"


def when(moment: datetime | None) -> str:
    """2026-01-31 09:30 in Shanghai; empty for no moment."""
    return "" if moment is None else clock.local(moment).strftime(DAY_AND_TIME)


def money(amount: Decimal | None) -> str:
    """5,800.00 元; empty for none."""
    return "" if amount is None else f"{amount:,.2f} 元"


def whole_yuan(amount: Decimal) -> str:
    """3,500, or 3,500.50 where there are cents: for estimates, which nobody gives to the cent."""
    return f"{amount:,.2f}".removesuffix(".00")


def day_and_hour(moment: datetime, *, day_only: bool = False) -> str:
    """11月21日 15:00 in Shanghai, as the customer is told it; with the year when it is not this one."""
    there = clock.local(moment)
    year = "" if there.year == clock.today().year else f"{there.year}年"
    return f"{year}{there.month}月{there.day}日" + ("" if day_only else f" {there:%H:%M}")


def span(seconds: float | None) -> str:
    """A length of time for people: 45 秒, 12 分钟, 3 小时, 5 天."""
    if seconds is None:
        return "–"
    for size, unit in ((86_400, "天"), (3_600, "小时"), (60, "分钟")):
        if seconds >= 2 * size or (size == 60 and seconds >= size):
            return f"{seconds / size:.0f} {unit}"
    return f"{max(0, seconds):.0f} 秒"


def person(desk: Desk, customer: Customer | None, *, whole: bool = False) -> str:
    """A customer's name, with the contact of a company; empty for one we know only by phone."""
    if customer is None or not customer.name:
        return ""
    names = [customer.name, *([customer.contact_name] if customer.contact_name else [])]
    if not (whole or desk.may(Right.SEE_CONTACTS)):
        names = [masking.name(name) for name in names]
    return "，".join(names)


def phone(desk: Desk, number: str | None, *, whole: bool = False) -> str:
    """A telephone number, masked unless the role calls customers or `whole` says that this one may."""
    if not number:
        return ""
    return number if whole or desk.may(Right.SEE_CONTACTS) else masking.phone(number)


def claimant(desk: Desk, claim: Claim, *, whole: bool = False) -> str:
    """Whose claim it is: the customer's name, else the phone it was reported with."""
    customer = claim.customer or (claim.policy.customer if claim.policy is not None else None)
    return person(desk, customer, whole=whole) or phone(desk, claim.contact_phone, whole=whole)


def amount_of(text: str) -> Decimal | None:
    """Yuan as typed into a field: 5800, 5,800.50, ￥5800; None for an empty field. Refused for what is none."""
    plain = text.replace(",", "").replace("，", "").strip().lstrip("¥￥").removesuffix("元").strip()
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise Refused(422, "amount_wrong") from None
    if not amount.is_finite() or amount < 0 or amount.adjusted() > 11 or amount != round(amount, 2):
        raise Refused(422, "amount_wrong")
    return amount.quantize(Decimal("0.01"))


def moment_of(text: str) -> datetime:
    """A day and time as typed (Shanghai). Refused for what is none."""
    try:
        return datetime.strptime(text.strip().replace("T", " ")[:16], DAY_AND_TIME).replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        raise Refused(422, "time_wrong") from None
