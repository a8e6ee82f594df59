"""Checklists: real cases, and every case there can be."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.facts import Facts
from claims.rules import causes
from claims.rules import checklist as rules
from claims.rules.checklist import MATERIAL_KINDS, checklist, kind_named, material_name
from claims.rules.loading import DATA
from claims.vocabulary import Cause, Line

ANY_FACTS = st.builds(
    Facts,
    line=st.sampled_from(Line),
    cause=st.none() | st.sampled_from(Cause),
    injured_count=st.none() | st.integers(0, 5),
    third_party=st.none() | st.booleans(),
    police_reported=st.none() | st.booleans(),
    loss_estimate=st.none() | st.decimals(0, 10_000_000, places=2),
)
MEDICAL = {"medical_record", "diagnosis", "medical_invoice", "expense_list"}
DEATH = {"death_certificate", "household_register", "cremation_certificate", "relationship_proof"}


def required(company: bool = False, **facts: Any) -> set[str]:
    return {item.kind for item in checklist(Facts(**facts), company=company) if item.required}


def told(company: bool = False, **facts: Any) -> set[str]:
    return {item.kind for item in checklist(Facts(**facts), company=company)}


REAR_END: dict[str, Any] = {
    "line": Line.AUTO,
    "cause": Cause.COLLISION_MULTI,
    "third_party": True,
    "injured_count": 0,
    "police_reported": False,
    "loss_estimate": Decimal(3500),
}


def test_a_small_rear_end_without_police() -> None:
    assert required(**REAR_END) == {
        "claim_form",
        "id_card",
        "vehicle_licence",
        "driving_licence",
        "bank_card",
        "quick_settlement_agreement",
        "scene_photo",
        "damage_photo",
        "loss_assessment",
        "repair_invoice",
        "repair_list",
        "third_party_vehicle_documents",
    }
    assert not told(**REAR_END) & (MEDICAL | DEATH | {"accident_certificate", "business_licence"})


def test_the_police_came() -> None:
    case = required(**REAR_END | {"police_reported": True})
    assert "accident_certificate" in case
    assert "quick_settlement_agreement" not in case


def test_people_were_hurt() -> None:
    case = REAR_END | {"injured_count": 1}
    assert required(**case) >= MEDICAL | {"victim_id", "accident_certificate"}
    assert "quick_settlement_agreement" not in told(**case)
    assert told(**case) >= {"income_certificate", "care_certificate", "disability_report"}


def test_someone_died_in_traffic() -> None:
    case = required(line=Line.AUTO, cause=Cause.DEATH, injured_count=0, police_reported=True)
    assert case >= DEATH | {"accident_certificate", "victim_id"}
    assert not case & MEDICAL
    assert required(line=Line.AUTO, cause=Cause.DEATH, injured_count=1) >= DEATH | MEDICAL


def test_glass_needs_little() -> None:
    case = required(line=Line.AUTO, cause=Cause.GLASS, loss_estimate=Decimal(800))
    assert case == {
        "claim_form",
        "id_card",
        "vehicle_licence",
        "bank_card",
        "damage_photo",
        "loss_assessment",
        "repair_invoice",
    }


def test_a_stolen_car() -> None:
    case = checklist(Facts(line=Line.AUTO, cause=Cause.THEFT, police_reported=True))
    by_kind = {item.kind: item for item in case}
    stolen = {"police_receipt", "police_case_filing", "unsolved_certificate", "purchase_invoice"}
    stolen |= {"registration_certificate", "car_keys", "purchase_tax_certificate", "vehicle_deregistration"}
    assert all(by_kind[kind].required for kind in stolen)
    assert by_kind["registration_certificate"].original
    assert "repair_invoice" not in by_kind


def test_a_burnt_and_a_flooded_car() -> None:
    assert "fire_certificate" in required(line=Line.AUTO, cause=Cause.FIRE, injured_count=0)
    flood = {"line": Line.AUTO, "cause": Cause.FLOOD}
    assert "weather_certificate" in required(**flood, loss_estimate=Decimal(50000))
    assert "weather_certificate" in told(**flood, loss_estimate=Decimal(500)) - required(
        **flood, loss_estimate=Decimal(500)
    )
    assert "waterline_photo" in required(**flood)


def test_a_company_car() -> None:
    case = required(company=True, **REAR_END)
    assert case >= {"business_licence", "company_account", "handler_authorisation"}
    assert "bank_card" not in case


def test_a_stay_in_hospital() -> None:
    case = {"line": Line.HEALTH, "cause": Cause.HOSPITALISATION}
    small = required(**case, loss_estimate=Decimal(6000))
    assert small == {"claim_form", "id_card", "bank_card", "medical_invoice", "expense_list"} | {
        "discharge_summary",
        "diagnosis",
    }
    assert required(**case, loss_estimate=Decimal(23000)) - small == {"inpatient_record"}
    assert "social_insurance_settlement" in told(**case)


@pytest.mark.parametrize(("amount", "original"), [("5000.00", False), ("5000.01", True)])
def test_small_medical_bills_need_no_paper_original(amount: str, original: bool) -> None:
    facts = Facts(line=Line.HEALTH, cause=Cause.OUTPATIENT, loss_estimate=Decimal(amount))
    invoice = next(item for item in checklist(facts) if item.kind == "medical_invoice")
    assert invoice.original is original


def test_a_critical_illness_needs_pathology() -> None:
    assert required(line=Line.HEALTH, cause=Cause.CRITICAL_ILLNESS) >= {"pathology_report", "diagnosis"}


def test_accident_injury_and_death() -> None:
    hurt = {"line": Line.ACCIDENT, "cause": Cause.INJURY, "injured_count": 1, "third_party": False}
    assert required(**hurt) >= MEDICAL | {"accident_proof", "bank_card"}
    assert "disability_report" in told(**hurt)
    dead = required(line=Line.ACCIDENT, cause=Cause.DEATH)
    assert dead >= DEATH | {"beneficiary_id", "police_certificate"}
    assert not dead & (MEDICAL | {"bank_card"})


def test_a_crash_reported_under_an_accident_policy_is_an_injury() -> None:
    assert told(line=Line.ACCIDENT, cause=Cause.COLLISION_MULTI) == told(line=Line.ACCIDENT, cause=Cause.INJURY)


def test_a_fire_at_home_and_in_a_firm() -> None:
    fire = {"line": Line.PROPERTY, "cause": Cause.FIRE, "injured_count": 0, "loss_estimate": Decimal(80000)}
    assert required(**fire) >= {"fire_certificate", "loss_list", "ownership_proof", "purchase_proof", "bank_card"}
    assert "accounting_records" not in told(**fire)
    assert required(company=True, **fire) >= {"accounting_records", "business_licence", "company_account"}


def test_a_burglary_and_a_flood_at_home() -> None:
    assert required(line=Line.PROPERTY, cause=Cause.THEFT, police_reported=True, loss_estimate=Decimal(9000)) >= {
        "police_receipt",
        "police_case_filing",
        "unsolved_certificate",
        "purchase_proof",
    }
    assert "weather_certificate" in required(line=Line.PROPERTY, cause=Cause.FLOOD, loss_estimate=Decimal(9000))


def test_liability_for_people_and_things() -> None:
    hurt = required(True, line=Line.LIABILITY, cause=Cause.THIRD_PARTY_INJURY, injured_count=1, third_party=True)
    assert hurt >= MEDICAL | {"victim_id", "compensation_agreement", "business_licence", "incident_report"}
    things = {"line": Line.LIABILITY, "cause": Cause.THIRD_PARTY_PROPERTY, "injured_count": 0}
    assert "third_party_property_proof" in required(**things)
    assert not told(**things) & MEDICAL
    assert "business_licence" in told(**things) - required(**things)
    assert required(line=Line.LIABILITY, cause=Cause.DEATH, injured_count=0) >= DEATH


def test_a_fact_nobody_knows_makes_an_item_conditional() -> None:
    unknown = REAR_END | {"injured_count": None, "police_reported": None}
    extra = told(**unknown) - told(**REAR_END)
    assert extra >= MEDICAL | {"accident_certificate"}
    assert not extra & required(**unknown)


def test_nothing_while_the_line_is_open() -> None:
    assert checklist(Facts(cause=Cause.GLASS)) == []


@given(ANY_FACTS, st.booleans())
def test_every_list_is_complete_and_tells_each_item_once(facts: Facts, company: bool) -> None:
    items = checklist(facts, company=company)
    kinds = [item.kind for item in items]
    assert len(set(kinds)) == len(kinds)
    assert set(kinds) <= set(MATERIAL_KINDS)
    assert {item.kind for item in items if item.required} >= {"claim_form"}
    assert sum(item.required for item in items) >= (3 if facts.cause is None else 4)
    assert all(item.name and item.purpose and item.accepted_form for item in items)


@given(ANY_FACTS, st.booleans())
def test_what_is_required_stays_so_when_more_is_known(facts: Facts, company: bool) -> None:
    """Told once and completely: learning an open fact never brings an item that was not on the list."""
    before = {item.kind for item in checklist(facts, company=company)}
    if facts.police_reported is None and facts.cause is not None:
        for answer in (True, False):
            after = {item.kind for item in checklist(facts.with_(police_reported=answer), company=company)}
            assert after <= before


@pytest.mark.parametrize(("line", "cause"), [(line, cause) for line in Line for cause in Cause])
def test_every_line_and_cause_has_a_list(line: Line, cause: Cause) -> None:
    assert len(checklist(Facts(line=line, cause=cause))) >= 5


def test_every_kind_is_used_somewhere_and_every_case_differs() -> None:
    loaded = rules.load(DATA)
    used = {item.kind for line in loaded.lines.values() for group in line.groups for item in group.items}
    assert set(MATERIAL_KINDS) == used
    for line in Line:
        # An injury under an accident policy and its outpatient treatment need the same; nothing else does.
        lists = [tuple(checklist(Facts(line=line, cause=cause))) for cause in causes.possible_causes(line)]
        assert len(set(lists)) >= len(lists) - 1


def test_names_and_what_customers_call_them() -> None:
    assert material_name("vehicle_licence") == "行驶证"
    assert kind_named("我把行车证拍给你") == "vehicle_licence"
    assert kind_named("这是对方驾驶证") == "third_party_vehicle_documents"
    assert kind_named("你好") is None
    with pytest.raises(KeyError):
        material_name("passport")


def test_no_word_names_two_kinds() -> None:
    words: dict[str, str] = {}
    for kind, material in rules.load(DATA).materials.items():
        for word in (material.name, *material.aliases):
            assert words.setdefault(word, kind) == kind, word
