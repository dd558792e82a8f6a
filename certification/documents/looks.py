"""The grids of the certificate designs, each on a lying and on a standing sheet of A4."""

from .placing import Box, Look
from .states import Design, Orientation

LYING, STANDING = (297.0, 210.0), (210.0, 297.0)

# Three lines, else four, at last seven: a lying sheet has little room, a standing one more.
LITTLE = ((48.0, 11.0), (62.0, 10.0), (78.0, 8.5))
MORE = ((60.0, 12.5), (98.0, 11.5), (132.0, 9.5))

LOOKS: dict[tuple[str, str], Look] = {
    (Design.CLASSIC, Orientation.LANDSCAPE): Look(
        page=LYING,
        mark=Box(34, 26, 229, 13),
        stack=Box(34, 41.5, 229, 97.5),
        title=(44, 47),
        subtitle=(17.5, 22),
        holder=(33, 80),
        reason=(15, 520),
        rooms=LITTLE,
        gaps=(0, 6, 7, 1, 4, 6, 1),
        give=(0, 5, 9, 3, 6, 7, 1),
        sink=0.3,
        facts=Box(180, 165.3, 82, 17.5),
        signatures=(Box(35, 150.3, 66, 14.5), Box(196, 150.3, 66, 14.5)),
        qr=Box(32.8, 165, 20, 20),
        proof=Box(55, 165.3, 72, 17.5),
        foot=1,
        seal=(148.5, 161),
    ),
    (Design.CLASSIC, Orientation.PORTRAIT): Look(
        page=STANDING,
        mark=Box(32, 31, 146, 17),
        stack=Box(32, 53, 146, 156),
        title=(44, 47),
        subtitle=(17.5, 22),
        holder=(32, 150),
        reason=(15.5, 375),
        rooms=MORE,
        gaps=(0, 20, 20, 4, 10, 14, 2),
        give=(0, 18, 22, 6, 14, 20, 1),
        sink=0.1,
        facts=Box(109, 252.5, 69, 17.5),
        signatures=(Box(32, 234, 52, 17.5), Box(126, 234, 52, 17.5)),
        qr=Box(29.8, 252.2, 20, 20),
        proof=Box(52, 252.5, 54, 17.5),
        foot=1,
        seal=(105, 243),
    ),
    (Design.MODERN, Orientation.LANDSCAPE): Look(
        page=LYING,
        mark=Box(36, 24, 52, 15),
        stack=Box(98, 26, 175, 122),
        title=(50, 52),
        subtitle=(19, 27),
        holder=(30, 105),
        reason=(14, 440),
        rooms=LITTLE,
        gaps=(0, 24, 22, 2, 8, 14, 1),
        give=(0, 0, 12, 3, 6, 12, 1),
        sink=0,
        facts=Box(36, 53.2, 52, 34),
        signatures=(Box(98, 169, 62, 17), Box(172, 169, 62, 17)),
        qr=Box(33.8, 145, 22, 22),
        proof=Box(36, 168, 52, 18),
        foot=0,
    ),
    (Design.MODERN, Orientation.PORTRAIT): Look(
        page=STANDING,
        mark=Box(28, 29, 42, 15),
        stack=Box(78, 31, 114, 190),
        title=(42, 45),
        subtitle=(17, 23),
        holder=(27, 190),
        reason=(13.5, 310),
        rooms=MORE,
        gaps=(0, 36, 34, 4, 12, 18, 2),
        give=(0, 0, 34, 6, 12, 30, 2),
        sink=0,
        facts=Box(28, 60.6, 42, 46),
        signatures=(Box(78, 251, 52, 20), Box(138, 251, 52, 20)),
        qr=Box(25.8, 227, 22, 22),
        proof=Box(28, 250, 42, 22),
        foot=0,
    ),
}
