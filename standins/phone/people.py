"""Whose phones can be played: the demonstration's people, as `lipei seed --demo` plants them."""

PEOPLE = {
    "+8613800138001": "张伟",
    "+8613800138002": "李娜",
    "+8613800138003": "陳志明",
    "+8613800138004": "赵强",
    "+8613800138005": "孙丽",
    "+8613900139009": "路人（没有保单）",
}
"""Number in E.164 → name."""
