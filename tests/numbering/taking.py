"""Eight processes that take numbers at once, some of which give theirs back; run as a program."""

import os

import django

PROCESSES, EACH, GIVEN_BACK = 8, 50, 7  # every seventh transaction is rolled back


def main() -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415

    connection.close()
    children = []
    for _process in range(PROCESSES):
        child = os.fork()
        if not child:
            os._exit(take())
        children.append(child)
    statuses = {os.waitpid(child, 0)[1] for child in children}
    assert statuses == {0}, statuses


def take() -> int:
    """Note each number in the transaction that takes it, as a certificate does."""
    from django.db import connection, transaction  # noqa: PLC0415

    from certification.numbering.services import next_number  # noqa: PLC0415

    for turn in range(EACH):
        with transaction.atomic(), connection.cursor() as cursor:
            number = next_number("CAL/OSL", 2026)
            cursor.execute("INSERT INTO taken VALUES (%s)", [number])
            transaction.set_rollback(turn % GIVEN_BACK == GIVEN_BACK - 1)
    return 0


if __name__ == "__main__":
    main()
