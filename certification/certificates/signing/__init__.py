"""The Board signs a certificate outside the program, with qualified signatures.

Download, sign, send back: what comes back must be the document as it stood, byte for byte, and
after it signatures and nothing else. Who signed is told and not judged (decision 22).
"""
