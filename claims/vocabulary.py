"""The words of the field, as closed sets. Every state, line and cause in the product is one of these."""

from enum import StrEnum


class Line(StrEnum):
    """Line of insurance 险种."""

    AUTO = "auto"
    HEALTH = "health"
    ACCIDENT = "accident"
    PROPERTY = "property"
    LIABILITY = "liability"


class Cause(StrEnum):
    """Cause of loss 出险原因."""

    COLLISION_SINGLE = "collision_single"
    COLLISION_MULTI = "collision_multi"
    SCRATCH = "scratch"
    GLASS = "glass"
    THEFT = "theft"
    FIRE = "fire"
    FLOOD = "flood"
    HOSPITALISATION = "hospitalisation"
    OUTPATIENT = "outpatient"
    CRITICAL_ILLNESS = "critical_illness"
    INJURY = "injury"
    DEATH = "death"
    PROPERTY_DAMAGE = "property_damage"
    THIRD_PARTY_INJURY = "third_party_injury"
    THIRD_PARTY_PROPERTY = "third_party_property"


class ClaimState(StrEnum):
    """Where a claim stands. The allowed moves between states are in claims.lifecycle."""

    REPORTED = "reported"
    MATERIALS = "materials"
    ACCEPTED = "accepted"
    INSPECTION = "inspection"
    ASSESSMENT = "assessment"
    APPROVAL = "approval"
    OFFER = "offer"
    PAYMENT = "payment"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"


class MaterialState(StrEnum):
    """Where one item of a claim's checklist stands."""

    MISSING = "missing"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Mode(StrEnum):
    """Who owns a conversation."""

    BOT = "bot"
    QUEUED = "queued"
    AGENT = "agent"


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class DraftState(StrEnum):
    """Where an unfinished report stands."""

    OPEN = "open"
    PARKED = "parked"
    REGISTERED = "registered"
    DISCARDED = "discarded"


class InspectionState(StrEnum):
    """Where a booked visit stands."""

    BOOKED = "booked"
    DONE = "done"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """Role of a staff account."""

    AGENT = "agent"
    HANDLER = "handler"
    SURVEYOR = "surveyor"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Priority(StrEnum):
    NORMAL = "normal"
    HIGH = "high"
    EMERGENCY = "emergency"


class CustomerKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"


class ObjectKind(StrEnum):
    """What a policy insures."""

    VEHICLE = "vehicle"
    PERSON = "person"
    PLACE = "place"


class PolicyStatus(StrEnum):
    """Whether the contract stands; whether it is in force at a moment follows from its dates too."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class Tier(StrEnum):
    """Severity of a claim: 轻微, 一般, 重大."""

    MINOR = "minor"
    REGULAR = "regular"
    MAJOR = "major"


class InboundState(StrEnum):
    """Whether a customer's message has been answered. FETCHING: its file is still being fetched from the provider."""

    FETCHING = "fetching"
    RECEIVED = "received"
    ANSWERED = "answered"


class InboundKind(StrEnum):
    """What a customer's message is, whatever the channel."""

    TEXT = "text"
    PAYLOAD = "payload"
    ATTACHMENT = "attachment"
    LOCATION = "location"
    VOICE = "voice"
    EDITED = "edited"
    CONTACT = "contact"
    EVENT = "event"
    UNKNOWN = "unknown"


class OutboxState(StrEnum):
    """FAILED: the provider will never take it. DEAD: tried too often. WITHHELD: the bot wrote it for a conversation
    that has another owner by now. DELIVERED: the provider says that it arrived."""

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    DEAD = "dead"
    WITHHELD = "withheld"
    CANCELLED = "cancelled"


class RequestState(StrEnum):
    """Of a service request or a question for the editors."""

    OPEN = "open"
    DONE = "done"


class QuestionKind(StrEnum):
    """Why a question is kept for the editors of the knowledge base."""

    UNANSWERED = "unanswered"
    DOWN_VOTE = "down_vote"


class Proof(StrEnum):
    """Outcome of checking a one-time code."""

    PROVED = "proved"
    WRONG = "wrong"
    EXPIRED = "expired"
    LOCKED = "locked"


class HandoverReason(StrEnum):
    """Why a conversation needs a person. TAKEN: nobody asked, a member of staff stepped in."""

    ASKED = "asked"
    BOT_FAILED = "bot_failed"
    ANGER = "anger"
    EMERGENCY = "emergency"
    COMPLAINT = "complaint"
    MAJOR_CLAIM = "major_claim"
    LOW_RATING = "low_rating"
    TAKEN = "taken"


class HandoverState(StrEnum):
    """WAITING and HELD are under way, the others have ended. LEFT: the customer did not want to wait any longer.
    CLOSED: the customer fell silent. CALLBACK: a telephone call was booked instead."""

    WAITING = "waiting"
    HELD = "held"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    LEFT = "left"
    CALLBACK = "callback"


class WrapUp(StrEnum):
    """What a conversation with an agent came to."""

    SOLVED = "solved"
    INFORMATION = "information"
    REPORT_TAKEN = "report_taken"
    CASE_CHANGED = "case_changed"
    COMPLAINT_TAKEN = "complaint_taken"
    FOLLOW_UP = "follow_up"
    NOT_REACHED = "not_reached"
    OTHER = "other"


class Presence(StrEnum):
    """Whether a member of staff takes conversations. OFFLINE is never stored: it is not having been seen of late."""

    ONLINE = "online"
    AWAY = "away"
    OFFLINE = "offline"


class CallbackState(StrEnum):
    """OPEN has no time yet until the customer chose one."""

    OPEN = "open"
    DONE = "done"
    NOT_REACHED = "not_reached"
    CANCELLED = "cancelled"


class ComplaintState(StrEnum):
    """ANSWERED: the customer has our answer and is asked whether it will do. MEDIATION: it will not, and an outside
    mediator is called in."""

    OPEN = "open"
    ANSWERED = "answered"
    MEDIATION = "mediation"
    CLOSED = "closed"


class OutreachKind(StrEnum):
    """Why we speak to a customer of our own accord: their matter, something to buy, their opinion; ALERT: to staff."""

    SERVICE = "service"
    SALES = "sales"
    SURVEY = "survey"
    ALERT = "alert"


class DueState(StrEnum):
    """Of what is due. DONE: nothing is left to do. SKIPPED: it will not be sent, and the row says why. FAILED: it was
    given up because it failed again and again."""

    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class SurveyState(StrEnum):
    """Of a callback. DECLINED: the customer did not want it. EXPIRED: nobody was reached, or it was left unfinished."""

    OPEN = "open"
    FINISHED = "finished"
    DECLINED = "declined"
    EXPIRED = "expired"


class TicketState(StrEnum):
    """OPEN: somebody owes an answer. ANSWERED: the customer is asked whether it is solved. CLOSED: over."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class AlertKind(StrEnum):
    """Of a service-level clock: it ends soon, or it has run out."""

    WARNING = "warning"
    BREACH = "breach"


class RenewalState(StrEnum):
    """Of a policy's next term. OPEN: the customer was reminded or looks into it. ASKED: they want it, and a person
    sees to it."""

    OPEN = "open"
    ASKED = "asked"
    RENEWED = "renewed"
    DECLINED = "declined"


class CampaignState(StrEnum):
    """Only what another person than its author approved is sent. STOPPED: whoever was not reached yet is not."""

    DRAFT = "draft"
    APPROVED = "approved"
    STOPPED = "stopped"
