import pytest

from claims import attachments, materials
from claims.errors import BadInput, NotFound
from claims.facts import Facts
from claims.models import Claim, MaterialFile
from claims.registration import register
from claims.rules.checklist import checklist
from claims.vocabulary import Cause, Line, MaterialState, Priority

FACTS = Facts(line=Line.AUTO, cause=Cause.GLASS, contact_phone="13900000000")


@pytest.fixture
def claim(session, time) -> Claim:
    claim, _ = register(
        session,
        draft=None,
        facts=FACTS,
        policy=None,
        customer_id=None,
        priority=Priority.NORMAL,
        key="k",
        actor="customer",
    )
    return claim


@pytest.fixture
def photo(session, chat):
    return attachments.add(session, conversation_id=chat.id, sha256="0" * 64, mime="image/jpeg", size=9, path="a.jpg")


def _state(session, claim: Claim, kind: str) -> MaterialState:
    return next(item.state for item in materials.standing(session, claim) if item.kind == kind)


def test_the_checklist_is_what_the_rules_ask_for(session, claim) -> None:
    wanted = [(need.kind, need.name, need.required) for need in checklist(materials.facts_of(claim))]
    assert wanted
    items = materials.standing(session, claim)
    assert [(item.kind, item.name, item.required) for item in items] == wanted
    assert {item.state for item in items} == {MaterialState.MISSING}
    assert all(item.purpose and item.accepted_form for item in items)


def test_received_then_judged(session, claim, photo) -> None:
    kind = materials.standing(session, claim)[0].kind
    material = materials.receive(session, claim, kind, photo)
    assert _state(session, claim, kind) is MaterialState.RECEIVED
    materials.reject(session, material, "handler01", "照片模糊")
    item = materials.standing(session, claim)[0]
    assert (item.state, item.reason) == (MaterialState.REJECTED, "照片模糊")
    materials.accept(session, material, "handler01")
    item = materials.standing(session, claim)[0]
    assert (item.state, item.reason) == (MaterialState.ACCEPTED, None)


def test_a_new_file_after_a_rejection_is_looked_at_again(session, claim, chat, photo) -> None:
    kind = materials.standing(session, claim)[0].kind
    materials.reject(session, materials.receive(session, claim, kind, photo), "handler01", "照片模糊")
    better = attachments.add(session, conversation_id=chat.id, sha256="1" * 64, mime="image/jpeg", size=9, path="b.jpg")
    material = materials.receive(session, claim, kind, better.id)
    assert (material.state, material.attachment_id) == (MaterialState.RECEIVED, better.id)
    assert session.query(MaterialFile).count() == 2


def test_the_same_file_again_changes_nothing(session, claim, photo) -> None:
    kind = materials.standing(session, claim)[0].kind
    materials.reject(session, materials.receive(session, claim, kind, photo), "handler01", "照片模糊")
    assert materials.receive(session, claim, kind, photo).state is MaterialState.REJECTED


def test_a_file_of_no_known_kind_is_kept_for_staff(session, claim, photo) -> None:
    material = materials.receive(session, claim, None, photo)
    assert materials.name_of(material) == "待归类的材料"
    last = materials.standing(session, claim)[-1]
    assert (last.kind, last.required, last.state) == ("unsorted", False, MaterialState.RECEIVED)


def test_what_does_not_exist_is_refused(session, claim, photo) -> None:
    with pytest.raises(BadInput):
        materials.receive(session, claim, "no_such_kind", photo)
    with pytest.raises(NotFound):
        materials.receive(session, claim, None, "no such file")
    with pytest.raises(NotFound):
        materials.find(session, claim, "no_such_kind")


def test_staff_cannot_judge_what_is_not_there_or_reject_without_a_reason(session, claim, photo) -> None:
    kind = materials.standing(session, claim)[0].kind
    with pytest.raises(BadInput):
        materials.accept(session, materials.find(session, claim, kind), "handler01")
    with pytest.raises(BadInput):
        materials.reject(session, materials.receive(session, claim, kind, photo), "handler01", " ")


def test_a_corrected_fact_changes_what_is_missing_and_keeps_what_came(session, claim, photo) -> None:
    before = {item.kind for item in materials.standing(session, claim)}
    kept = next(iter(before - {n.kind for n in checklist(FACTS.with_(cause=Cause.THEFT))}), None)
    if kept is not None:
        materials.receive(session, claim, kept, photo)
    claim.cause = Cause.THEFT
    materials.open_checklist(session, claim)
    wanted = {need.kind for need in checklist(materials.facts_of(claim))}
    now = {item.kind for item in materials.standing(session, claim)}
    assert wanted - before
    assert now == wanted | ({kept} if kept else set())


def test_a_file_of_another_conversation_is_not_found(session, photo) -> None:
    with pytest.raises(NotFound):
        attachments.get(session, "another conversation", photo.id)
