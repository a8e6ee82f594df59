"""The words that stop our notices when a text message is nothing else, and those that bring them back.

What the operators of the mainland prescribe (T, TD, 退订), what people make of it, and what Twilio's carriers honour.
CANCEL and its like only in English: "取消" leaves what is under way. YES, which Twilio takes for START, is an answer.
"""

from channels.webhook import OPT_IN_WORDS, OPT_OUT_WORDS

STOP = OPT_OUT_WORDS | {
    "cancel", "end", "quit", "revoke",
    "t", "td", "回t", "回td", "回复t", "回复td", "退订t", "退订td", "t退订", "td退订", "回t退订", "回td退订",
    "回复退订", "退订短信", "退订通知",
}  # fmt: skip
START = OPT_IN_WORDS | {"订阅", "恢复", "恢复通知", "恢复短信", "开通"}
