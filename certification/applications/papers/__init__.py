"""The papers of an application (regulation, points 2 and 3): printed, signed, sent back, looked at.

`sheets` says what they print, from a frozen dossier or from a draft; `findings` what a signed paper
that came back is; `standing` how far the written request has got. The verbs are in
services/printing.py and services/signing.py.
"""
