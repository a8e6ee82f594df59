"""Decides between "the customer answers" and "the customer interrupts", one rule after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from bot.components import answers, phrases

Entities = List[Dict[str, Any]]

INTERRUPTERS = frozenset(
    [
        "ask_faq",
        "cancel_task",
        "request_human",
        "opt_out",
        "ask_claim_status",
        "ask_materials",
        "ask_settlement",
        "ask_policy",
        "complain",
        "correct_detail",
        "report_claim",
        "withdraw_claim",
        "schedule_inspection",
        "renew_policy",
        "update_contact",
        "ask_help",
        "bot_challenge",
        "dispute_settlement",
        "accept_settlement",
        "submit_material",
        "goodbye",
        "greet",
        "thank",
        "out_of_scope",
    ]
)
"""What a customer may say instead of answering. rate_service, inform, affirm and deny are answers."""

_SURE = 0.6
_SURE_BESIDE_A_VALUE = 0.8
_SURE_TO_STOP = 0.4
_ASKS = frozenset(
    {
        "ask_claim_status",
        "ask_materials",
        "ask_settlement",
        "ask_policy",
        "renew_policy",
        "update_contact",
        "withdraw_claim",
        "schedule_inspection",
        "ask_help",
        "bot_challenge",
        "dispute_settlement",
    }
)
_COMPLAINT_WORDS = ("投诉", "举报", "曝光", "银保监", "金融监管", "12378", "起诉")
_WISHES = frozenset({"cancel_task", "request_human", "opt_out"})
_SHORT_WISH = 8
_OWN_WORDS = ("location", "description")
# Small talk that a place or a story is easily mistaken for needs more certainty.
_WEAK = frozenset(
    {"out_of_scope", "greet", "thank", "bot_challenge", "goodbye", "submit_material", "accept_settlement"}
)
# A report told in answer to a question of the report is the answer.
_TELLS = frozenset({"report_claim", "inform"})
_ANOTHER_REPORT = ("报案", "报个案", "报险", "报个险", "出险了")
_CANCEL_WORDS = ("取消", "算了", "不报了", "不弄了", "不填了", "停", "不办了")


@dataclass(frozen=True)
class Reading:
    """The outcome: an intent that replaces the classifier's (None: it stands) and the entities."""

    intent: Optional[str]
    entities: Entities


def read(
    text: str, original: str, awaiting: str, entities: Entities, best: Optional[str], confidence: float
) -> Reading:
    """One message while `awaiting` is open. best, confidence: the classifier's first choice, before any fallback.

    Entities marked as guesses count only once nothing speaks against the sentence being the answer.
    """
    if awaiting == "own_words":
        return _as_told(text, original, entities, best, confidence)
    if awaiting == "callback_time" and phrases.yes_or_no(text) is False:
        return Reading("deny", entities)
    if awaiting == "confirm":
        return _confirm(text, entities, best, confidence)
    guesses = [found for found in entities if found.get("guess")]
    entities = [found for found in entities if not found.get("guess")]
    fits = answers.fitting(awaiting, entities)
    beside = _asked_beside(text, original, awaiting, entities, best)
    if beside is not None:
        return beside
    answer = _yes_no(text, awaiting, entities) or _not_known(text, awaiting, entities, fits)
    if answer is not None:
        return answer
    if awaiting in ("rating", "comment"):
        return _opinion(text, original, awaiting, entities, best, confidence)
    if awaiting in ("code", "choice"):
        return _special(text, awaiting, entities, best, confidence)
    asks = answers.is_question(text) or phrases.wants_to_see(text)
    if best == "ask_policy" and awaiting in answers.FACT_ENTITIES and not asks:
        return Reading("inform", entities)  # "我的保单是PA…" names the policy of the report
    if awaiting in answers.FACT_ENTITIES and awaiting not in _OWN_WORDS and phrases.fetches(text):
        return Reading("inform", entities)  # asked again, patiently
    if _interrupts(text, awaiting, best, confidence, bool(fits)):
        return Reading(best, entities)
    if fits:
        return Reading("inform", entities)
    if awaiting in _OWN_WORDS:
        return _own_words(text, original, awaiting, entities, guesses, best, confidence)
    if entities and (best in _TELLS or confidence < _SURE or best == "correct_detail"):
        return Reading("inform" if best != "correct_detail" else best, entities)
    return Reading(None, entities)


def _as_told(text: str, original: str, entities: Entities, best: Optional[str], confidence: float) -> Reading:
    """What a complaint or a message says is up to the customer: any sentence is the answer, except for a short wish."""
    if best in _WISHES and confidence >= _SURE and len(text) <= _SHORT_WISH:
        return Reading(best, entities)
    return Reading("inform", [*entities, answers.entity("description", original.strip(), text)])


def _asked_beside(
    text: str, original: str, awaiting: str, entities: Entities, best: Optional[str]
) -> Optional[Reading]:
    """ "报了警，修车八千。另外问一下，医药费能赔吗": the facts are marked as told, the question stands by itself."""
    if awaiting not in answers.FACT_ENTITIES or best not in ("ask_faq", "inform"):
        return None
    if awaiting in _OWN_WORDS and best == "inform":
        return None
    found = phrases.question_after_facts(text, sure=best == "ask_faq")
    if found is None:
        return None
    begins, asks_from, asks_to = found
    facts = {name for names in answers.FACT_ENTITIES.values() for name in names}
    values = [
        {**value, "told": True}
        if value["entity"] in facts and (value["end"] <= asks_from or value["start"] >= asks_to)
        else value
        for value in entities
    ]
    if not any(value.get("told") for value in values):
        return None
    asked = original[begins:] if len(original) == len(text) else text[begins:]
    return Reading("ask_faq", [*values, answers.entity("question", asked.strip(), text, begins)])


def _confirm(text: str, entities: Entities, best: Optional[str], confidence: float) -> Reading:
    said = False if phrases.keeps_the_claim(text) else phrases.yes_or_no(text)
    if said is None and (phrases.begins_with_yes(text) or phrases.continues(text)):
        said = True
    if said is not None:
        return Reading("affirm" if said else "deny", entities)
    if phrases.puts_off(text):
        return Reading("inform", entities)
    facts = [e for e in entities if any(e["entity"] in names for names in answers.FACT_ENTITIES.values())]
    changing = best in ("correct_detail", "deny", "inform", "affirm", None) or confidence < _SURE
    if facts and changing and not answers.is_question(text):
        return Reading("correct_detail", entities)
    return Reading(None, entities)


def _yes_no(text: str, awaiting: str, entities: Entities) -> Optional[Reading]:
    if awaiting not in answers.YES_NO_FACTS:
        return None
    said = phrases.yes_or_no(text)
    if said is None:
        return None
    if not answers.fitting(awaiting, entities):
        entities = [*entities, answers.entity(awaiting, said, text)]
    return Reading("inform", entities)


def _not_known(text: str, awaiting: str, entities: Entities, fits: Entities) -> Optional[Reading]:
    if awaiting not in answers.FACT_ENTITIES or fits:
        return None
    if awaiting == "policy" and (
        phrases.does_not_know(text) or phrases.has_no_policy_number(text) or phrases.yes_or_no(text) is False
    ):
        return Reading("inform", [*entities, answers.entity("policy", "unknown", text)])
    if phrases.does_not_know(text):
        if phrases.names_the_policy(text):  # asked for something else, the customer thinks ahead
            return Reading("inform", [*entities, answers.entity("policy", "unknown", text)])
        return Reading("inform", [*entities, answers.entity("unknown", awaiting, text)])
    return None


def _opinion(
    text: str, original: str, awaiting: str, entities: Entities, best: Optional[str], confidence: float
) -> Reading:
    """A survey asks for a score or for free words: whatever is said is the answer, good or bad ("还行吧", "等了好久"),
    unless the customer clearly wants something else. An anger that does not ask for a complaint is an answer too."""
    stars = answers.rating(text)
    if stars is not None and not answers.fitting("rating", entities):
        entities = [*entities, answers.entity("rating", stars, text)]
    if not answers.fitting("rating", entities) and _leaves_the_survey(text, awaiting, best, confidence):
        return Reading(best, entities)
    return Reading("inform", [*entities, answers.entity("comment", original.strip(), text)])


def _leaves_the_survey(text: str, awaiting: str, best: Optional[str], confidence: float) -> bool:
    if best == "complain":
        return any(word in text for word in _COMPLAINT_WORDS)
    if best == "report_claim":
        asks_to_report = len(text) <= 14 and any(word in text for word in _ANOTHER_REPORT)
        return confidence >= _SURE and (asks_to_report or awaiting == "rating")
    if best in ("opt_out", "request_human", "cancel_task"):
        return confidence >= _SURE_TO_STOP
    if best in _ASKS or (best == "ask_faq" and answers.is_question(text)):
        needed = _SURE if answers.is_question(text) or awaiting == "rating" else _SURE_BESIDE_A_VALUE
        return confidence >= needed
    return False


def _special(text: str, awaiting: str, entities: Entities, best: Optional[str], confidence: float) -> Reading:
    if awaiting == "code":
        found = answers.code(text)
        if found is not None:
            return Reading("inform", [answers.entity("code", found, text)])
        return Reading("resend_code" if phrases.asks_for_another_code(text) else None, entities)
    if phrases.none_of_these(text):
        return Reading("none_of_these", entities)
    said = phrases.yes_or_no(text)
    if said is not None or phrases.continues(text):
        return Reading("deny" if said is False else "affirm", entities)
    chosen = answers.choice(text)
    sure = _SURE if isinstance(chosen, str) else 2.0
    if chosen is None or (best in INTERRUPTERS and confidence >= sure):
        return Reading(None, entities)
    return Reading("inform", [*entities, answers.entity("choice", chosen, text)])


def _interrupts(text: str, awaiting: str, best: Optional[str], confidence: float, fits: bool) -> bool:
    if best not in INTERRUPTERS:
        return False
    if best == "report_claim":
        asks_to_report = len(text) <= 14 and any(word in text for word in _ANOTHER_REPORT)
        return asks_to_report and not fits and confidence >= _SURE
    if best == "cancel_task" and any(word in text for word in _CANCEL_WORDS):
        return confidence >= 0.4
    if best == "correct_detail":
        return confidence >= (_SURE if not fits else 0.5)
    if best == "complain" and fits and not any(word in text for word in _COMPLAINT_WORDS):
        return False  # "跟别人没关系，自己没站稳" answers the question, however it sounds
    if best == "submit_material" and awaiting == "material":
        return confidence >= _SURE
    needed = _SURE_BESIDE_A_VALUE if fits or (best in _WEAK and awaiting in _OWN_WORDS) else _SURE
    if awaiting == "description" and not answers.is_question(text) and len(text) > 10:
        needed = max(needed, _SURE_BESIDE_A_VALUE)
    return confidence >= needed


def _own_words(
    text: str,
    original: str,
    awaiting: str,
    entities: Entities,
    guesses: Entities,
    best: Optional[str],
    confidence: float,
) -> Reading:
    small_talk = best in ("affirm", "deny") and confidence >= _SURE and len(text) <= 6
    if small_talk or phrases.yes_or_no(text) is not None:
        return Reading(None, entities)
    if awaiting == "location" and (
        answers.is_question(text)
        or answers.is_damage(text)
        or answers.identifies(entities)
        or not answers.rest_says_something(text, entities)
    ):
        return Reading("inform" if entities else None, entities)
    if awaiting == "description" and len(text) < 2:
        return Reading(None, entities)
    return Reading("inform", [*entities, *(guesses or [answers.entity(awaiting, original.strip(), text)])])
