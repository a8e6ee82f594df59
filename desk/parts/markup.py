"""Small pieces of HTML made from values. Every value is escaped here and nowhere else: lists and threads send one
element a line to the browser instead of ten, which is what keeps fifty open pages cheap."""

from __future__ import annotations

from html import escape
from typing import Any

from desk.queue_rows import Row
from desk.wording import named, say

IMAGES = ("image/jpeg", "image/png", "image/webp", "image/gif")


def line(row: Row, *, chosen: bool, me: str) -> str:
    """One conversation in a list. The clock runs in the browser from data-since."""
    classes = f"talk {'chosen' if chosen else ''} p-{escape(row['priority'])} m-{escape(row['mode'])}"
    chips = [f"<span class='chip'>{escape(row['reason'])}</span>"] if row["reason"] else []
    if row["priority"] != "normal":
        chips.insert(0, f"<span class='chip hot'>{escape(named('priorities', row['priority']))}</span>")
    if row["assigned_id"] == me:
        chips.append(f"<span class='chip mine'>{escape(say('talks.for_me'))}</span>")
    due = f" data-due='{row['due']:.0f}'" if row["due"] else ""
    unread = f"<b class='unread'>{row['unread']}</b>" if row["unread"] else ""
    return (
        f"<div class='{classes}'><i class='via via-{escape(row['channel'])}'>{escape(row['channel_name'][:2])}</i>"
        f"<div class='grow'><div class='top'><span class='who'>{escape(row['who'])}</span>"
        f"<time data-since='{row['since']:.0f}'{due}></time></div>"
        f"<div class='sub'>{''.join(chips)}<span class='last'>{escape(row['last'])}</span>{unread}</div></div></div>"
    )


def bubble(said: dict[str, Any]) -> str:
    """One message or note of a thread."""
    who = escape(said["from"])
    head = "".join(
        f"<span class='{css}'>{escape(str(text))}</span>"
        for css, text in (("name", said["name"]), ("chan", said["channel"]), ("at", said["at"]))
        if text
    )
    lock = f"<span class='lock'>{escape(say('talks.private'))}</span>" if who == "note" else ""
    words = f"<div class='words'>{escape(said['text'])}</div>" if said["text"] else ""
    buttons = "".join(f"<span class='button'>{escape(title)}</span>" for title in said["buttons"])
    offered = f"<div class='buttons'>{buttons}</div>" if buttons else ""
    return (
        f"<div class='said by-{who}'><div class='head'>{head}{lock}</div>"
        f"<div class='body'>{words}{file(said['file'])}{offered}</div></div>"
    )


def file(found: dict[str, str] | None) -> str:
    """A picture to look at, a recording to listen to, anything else to save."""
    if found is None:
        return ""
    url = f"/files/{escape(found['id'])}"
    name = escape(found["name"] or say("talks.file"))
    if found["mime"] in IMAGES:
        return (
            f"<a class='pic' href='{url}' target='_blank' rel='noopener'>"
            f"<img loading='lazy' src='{url}' alt='{name}'></a>"
        )
    if found["mime"].startswith("audio/"):
        return f"<audio controls preload='none' src='{url}'></audio>"
    return f"<a class='doc' href='{url}' target='_blank' rel='noopener'>📄 {name}</a>"


def facts(pairs: list[tuple[str, str]]) -> str:
    """Names and values, two columns."""
    return "<dl class='facts'>" + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in pairs) + "</dl>"


def clock(found: dict[str, Any]) -> str:
    """What is due next and by when, in the colour of its urgency."""
    due = f"<b>{escape(found['due'])}</b>" if found["due"] else ""
    source = f"<small>{escape(found['source'])}</small>" if found["source"] and found["due"] else ""
    return f"<div class='clock {escape(found['how'])}'><span>{escape(found['next'])}</span>{due}{source}</div>"
