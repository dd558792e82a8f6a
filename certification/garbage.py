"""Python's collector of garbage, told what never becomes any."""

import gc

FIRST, SECOND, THIRD = 50_000, 20, 50  # objects, and rounds of the generation before


def settle() -> None:
    """What is loaded now stays, and is not looked through again.

    By default the collector looks through the newest 700 objects again and again, in the middle of
    a request, and through all there are from time to time: 50 ms each time. A page leaves far
    fewer than FIRST in circles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(FIRST, SECOND, THIRD)
