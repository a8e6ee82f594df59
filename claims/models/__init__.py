"""The tables of the claims database, one file per subject."""

from claims.models.audit import AuditEntry, AuditHead, KeyCheck
from claims.models.base import Base
from claims.models.campaigns import Campaign
from claims.models.cases import Claim, ClaimSequence, TimelineEntry
from claims.models.clocks import ClockDelay, StaffAlert
from claims.models.complaints import Complaint, ComplaintSequence
from claims.models.contacts import AddressOff, OptOut
from claims.models.conversations import Conversation
from claims.models.customers import Customer
from claims.models.desk import CannedReply, QualityReview
from claims.models.drafts import Draft
from claims.models.handover import AgentPresence, CallbackBooking, Handover, PrivateNote
from claims.models.identity import IdentityLock, OneTimeCode
from claims.models.inspections import Inspection
from claims.models.materials import Attachment, AttachmentFetch, Material, MaterialFile
from claims.models.messages import Button, Message, Reply
from claims.models.outbox import OutboxItem, OutboxPart
from claims.models.outreach import ChannelState, Consent, DueRow, Touch
from claims.models.pacing import ProviderPace
from claims.models.policies import InsuredObject, Policy
from claims.models.renewals import Renewal
from claims.models.service import ServiceRequest, UnansweredQuestion
from claims.models.staff import StaffAccount, StaffSession, StaffToken
from claims.models.surveys import Reward, SurveyAnswer, SurveyRun
from claims.models.tickets import Ticket, TicketNote
from claims.models.tokens import ProviderToken

__all__ = [
    "AddressOff",
    "AgentPresence",
    "Attachment",
    "AttachmentFetch",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Button",
    "CallbackBooking",
    "Campaign",
    "CannedReply",
    "ChannelState",
    "Claim",
    "ClaimSequence",
    "ClockDelay",
    "Complaint",
    "ComplaintSequence",
    "Consent",
    "Conversation",
    "Customer",
    "Draft",
    "DueRow",
    "Handover",
    "IdentityLock",
    "Inspection",
    "InsuredObject",
    "KeyCheck",
    "Material",
    "MaterialFile",
    "Message",
    "OneTimeCode",
    "OptOut",
    "OutboxItem",
    "OutboxPart",
    "Policy",
    "PrivateNote",
    "ProviderPace",
    "ProviderToken",
    "QualityReview",
    "Renewal",
    "Reply",
    "Reward",
    "ServiceRequest",
    "StaffAccount",
    "StaffAlert",
    "StaffSession",
    "StaffToken",
    "SurveyAnswer",
    "SurveyRun",
    "Ticket",
    "TicketNote",
    "TimelineEntry",
    "Touch",
    "UnansweredQuestion",
]
