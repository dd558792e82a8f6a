"""Every address, every kind of person: the answer, listed; a table an app, a column a person.

The columns are PEOPLE, in their order. 302 for "anybody" leads to the sign-in; a post without a
session is 403 and keeps the text. What a person may not see is 404, what they see but may not do
403, a wrong form 422, a verb whose time has passed 409.
"""

from pathlib import Path

from tests.access.world import PEOPLE

ROWS = [
    line.split()
    for table in sorted(Path(__file__).parent.glob("*.txt"))
    for line in table.read_text(encoding="utf-8").splitlines()
]
EXPECTED = {
    (name, method): dict(zip(PEOPLE, map(int, answers), strict=True))
    for name, method, *answers in ROWS
}
