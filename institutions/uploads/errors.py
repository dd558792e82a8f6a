from certification.errors import CannotDo


class Refused(CannotDo):
    """A file that is not let in; `str(error)` says what was refused and what to do."""
