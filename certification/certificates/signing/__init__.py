"""Documents are signed outside the program, with qualified signatures.

Download, sign, send back: what comes back must be the document as it stood, byte for byte, and
after it signatures and nothing else. Who signed is told and not judged (decision 22). `receiving`
and `page` serve letters as well, whose app stands above this one.
"""
