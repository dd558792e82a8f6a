"""What the log must not keep: the secrets of links sent by mail."""

import logging
import re

SECRET_PATH = re.compile(r"(/zaproszenie/|/konto/email/|/konto/password/reset/key/)[^/\s?]+")


class WithoutSecrets(logging.Filter):
    """Django logs the path of each refused request; whoever read it could use the link."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = SECRET_PATH.sub(r"\1…", message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
