"""Who works with certificates, whoever holds them."""

from institutions.states import Role

STAFF = (
    Role.OFFICE,
    Role.COMMITTEE_MEMBER,
    Role.COMMITTEE_CHAIR,
    Role.BOARD_MEMBER,
    Role.RESPONSIBLE_BOARD_MEMBER,
)
