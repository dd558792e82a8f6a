"""What the log must not keep: the secrets of links sent by mail, and lines that others wrote."""

import logging
import re
import unicodedata

SECRET_PATH = re.compile(r"(/zaproszenie/|/konto/email/|/konto/password/reset/key/)[^/\s?]+")


class WithoutSecrets(logging.Filter):
    """Django logs the path of each refused request; whoever read it could use the link."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = SECRET_PATH.sub(r"\1…", message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True


class OneLine(logging.Filter):
    """A path or a name that a stranger chose stays inside its line, and looks as it is."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if not message.isprintable():
            record.msg, record.args = "".join(map(_visible, message)), ()
        return True


def _visible(character: str) -> str:
    """Line breaks, terminal codes and marks of direction as `\\n`, `\\x1b`, `\\u202e`."""
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return character.encode("unicode_escape").decode() if hidden else character
