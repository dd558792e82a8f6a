"""Codes that open the verification page: not to be guessed, easy to read aloud."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 26  # 130 bits


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As printed: `ABCD-EFGH-…`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normalised(typed: str) -> str:
    """What a person meant: any case, spaces or hyphens; O for 0, I and L for 1."""
    bare = "".join(typed.upper().split()).replace("-", "")
    return bare.translate(str.maketrans("OIL", "011"))
