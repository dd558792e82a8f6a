"""What the address of a viewed document asks for."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

MAX_WORDS = 200  # characters


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Nonsense means the beginning, not an error."""

    page: int = 0  # 0: not said
    second: int = 0  # of a recording
    words: str = ""
    is_large: bool = False
    level: int = 3  # of the highest heading inside the document
    only_page: bool = False  # the tools around it stay

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        return cls(
            page=_number(query.get("strona", "")),
            second=_number(query.get("czas", "")),
            words=query.get("szukaj", "")[:MAX_WORDS].replace("\0", "").strip(),
            is_large=query.get("widok") == "duzy",
            level=_number(query.get("poziom", "")) if query.get("poziom") in {"3", "4"} else 3,
            only_page=query.get("czesc") == "strona",
        )

    @property
    def fields(self) -> dict[str, str]:
        """The same as fields of an address, without the page and the words."""
        level = {"poziom": str(self.level)} if self.level != Asked.level else {}
        return {**({"widok": "duzy"} if self.is_large else {}), **level}

    @property
    def query(self) -> str:
        words = {"szukaj": self.words} if self.words else {}
        page = {"strona": str(self.page)} if self.page else {}
        asked = page | words | self.fields
        return f"?{urlencode(asked)}" if asked else ""


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
