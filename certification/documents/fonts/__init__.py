"""The typefaces of our printed matter: whole TrueType files, cut to European Latin."""

from pathlib import Path

FOLDER = Path(__file__).parent

# family, weight, style, file
FACES = (
    ("EB Garamond", 400, "normal", "EBGaramond-Regular.ttf"),
    ("EB Garamond", 400, "italic", "EBGaramond-Italic.ttf"),
    ("EB Garamond", 500, "normal", "EBGaramond-Medium.ttf"),
    ("Open Sans", 400, "normal", "OpenSans-Regular.ttf"),
    ("Open Sans", 600, "normal", "OpenSans-SemiBold.ttf"),
)

# For what other people wrote: Cyrillic, Greek, arrows and signs stand in where the families above
# have no letter. Certificates and letters do without them.
FALLBACKS = (
    ("Open Sans Wide", 400, "normal", "OpenSans-Wide.ttf"),
    ("EB Garamond Signs", 400, "normal", "EBGaramond-Signs.ttf"),
)
