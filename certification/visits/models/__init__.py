from .kit import VisitNote, VisitPhoto
from .protocol import Protocol, ProtocolClosing, ProtocolRemark
from .visit import DateOffer, DateRound, SiteVisit

__all__ = [
    "DateOffer",
    "DateRound",
    "Protocol",
    "ProtocolClosing",
    "ProtocolRemark",
    "SiteVisit",
    "VisitNote",
    "VisitPhoto",
]
