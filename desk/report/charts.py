"""The charts of the report: SVG to stand inside the page, without scripts, in the page's colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pygal
from pygal.style import Style

FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'
TEAL, INK, PALE = "#0f766e", "#334155", "#e2e8f0"
STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle="#94a3b8",
    guide_stroke_color=PALE,
    major_guide_stroke_color=PALE,
    guide_stroke_dasharray="0",
    major_guide_stroke_dasharray="0",
    opacity="1",
    opacity_hover="1",
    transition="0s",
    colors=(TEAL, "#d97706", "#2563eb", "#9333ea", "#dc2626"),
    font_family=FONT,
    label_font_size=15,
    major_label_font_size=15,
)
_SCRIPTS = re.compile(r"<script.*?</script>|<!--.*?-->|<title>Pygal</title>", re.DOTALL)
Pairs = Sequence[tuple[str, float]]


def columns(pairs: Pairs, *, every: int = 1) -> str:
    """One column each; every: how many apart the labels below stand."""
    chart = pygal.Bar(**_options(width=900, height=205, spacing=6, margin=4))
    labels = [label for label, _ in pairs]
    chart.x_labels = labels
    chart.x_labels_major = labels[::every]
    chart.show_minor_x_labels = every == 1
    chart.add("", [value for _, value in pairs])
    return _svg(chart)


def bars(pairs: Pairs, *, places: int = 0) -> str:
    """One bar each, from above; its value stands behind its label."""
    labels = [f"{label}  {value:,.{places}f}" for label, value in reversed(pairs)]
    # pygal measures labels as if they were Latin: Chinese ones need twice the room.
    wide = max((sum(ord(char) > 0x2E80 for char in label) for label in labels), default=0)
    options = _options(width=620, height=30 + 33 * max(1, len(pairs)), spacing=10, margin=4, margin_left=4 + 9 * wide)
    chart = pygal.HorizontalBar(**options, show_x_labels=False, show_x_guides=False)
    chart.x_labels = labels
    chart.range = (0, max((value for _, value in pairs), default=0) or 1)
    chart.add("", [value for _, value in reversed(pairs)])
    return _svg(chart)


def _options(**more: Any) -> dict[str, Any]:
    return {
        "style": STYLE,
        "js": [],
        "show_legend": False,
        "explicit_size": True,
        "disable_xml_declaration": True,
        "no_data_text": "",
        "rounded_bars": 2,
        "classes": ("chart",),
        "include_x_axis": True,
        **more,
    }


def _svg(chart: Any) -> str:
    """Without pygal's own scripts and signature: the page runs and names nothing of others."""
    return _SCRIPTS.sub("", str(chart.render(is_unicode=True)))
