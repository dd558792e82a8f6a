"""Files on their way in, until they are evidence: in pieces (tus) or inside a form."""
