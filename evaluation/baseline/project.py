"""The baseline's Rasa project: jieba, count vectors and DIET, a report form with rules, one validating action.

It is trained on our own sentences, since only the machinery is compared. DIET gets few epochs: they change how
right it is, not how fast it answers.
"""

import shutil
from pathlib import Path

CONFIG = """\
recipe: default.v1
language: zh
pipeline:
  - name: JiebaTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {epochs}
    constrain_similarities: true
  - name: FallbackClassifier
    threshold: 0.3
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
"""

SLOTS = ("incident_time", "location", "cause", "injured_count", "loss_estimate", "contact_phone")

QUESTIONS = (
    "什么时候发生的？",
    "在哪里发生的？",
    "怎么发生的？",
    "有没有人受伤？",
    "大概损失多少钱？",
    "请留一个手机号。",
)

ACTIONS = '''\
"""One validating and one submitting action, as Rasa's own examples have them."""

from rasa_sdk import Action, FormValidationAction
from rasa_sdk.events import AllSlotsReset


class ValidateReport(FormValidationAction):
    def name(self):
        return "validate_report_form"


class Submit(Action):
    def name(self):
        return "action_submit"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="报案已受理。")
        return [AllSlotsReset()]
'''

RULES = """\
version: "3.1"
rules:
  - rule: start the report
    steps:
      - intent: report_claim
      - action: report_form
      - active_loop: report_form
  - rule: end the report
    condition:
      - active_loop: report_form
    steps:
      - action: report_form
      - active_loop: null
      - action: action_submit
  - rule: a question
    steps:
      - intent: ask_faq
      - action: utter_faq
  - rule: thanks
    steps:
      - intent: thank
      - action: utter_thank
"""


def write_project(folder: Path, nlu: Path, intents: list[str], epochs: int) -> None:
    """Write the project into an empty folder; `nlu` is the folder of our training sentences."""
    (folder / "data").mkdir(parents=True)
    shutil.copytree(nlu, folder / "data" / "nlu")
    (folder / "data" / "rules.yml").write_text(RULES, encoding="utf-8")
    (folder / "config.yml").write_text(CONFIG.format(epochs=epochs), encoding="utf-8")
    (folder / "domain.yml").write_text(_domain(intents), encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (folder / "actions.py").write_text(ACTIONS, encoding="utf-8")


def _domain(intents: list[str]) -> str:
    slots = "".join(
        f"  {name}:\n    type: text\n    mappings:\n      - type: from_text\n        conditions:\n"
        f"          - active_loop: report_form\n            requested_slot: {name}\n"
        for name in SLOTS
    )
    questions = "".join(
        f"  utter_ask_{name}:\n    - text: {text}\n" for name, text in zip(SLOTS, QUESTIONS, strict=True)
    )
    return (
        'version: "3.1"\nintents:\n'
        + "".join(f"  - {intent}\n" for intent in intents)
        + f"slots:\n{slots}forms:\n  report_form:\n    required_slots:\n"
        + "".join(f"      - {name}\n" for name in SLOTS)
        + f"actions:\n  - validate_report_form\n  - action_submit\nresponses:\n{questions}"
        + "  utter_faq:\n    - text: 请看理赔须知。\n  utter_thank:\n    - text: 不客气。\n"
    )


def intents_of(nlu: Path) -> list[str]:
    """Intent names in our training files, in order of appearance."""
    names: list[str] = []
    for path in sorted(nlu.rglob("*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            word = line.strip().removeprefix("- ")
            if word.startswith("intent:"):
                names.append(word.removeprefix("intent:").strip())
    return list(dict.fromkeys(names))
