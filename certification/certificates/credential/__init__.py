"""A certificate as a credential that programs understand: Open Badges 3.0, which are W3C Verifiable
Credentials 2.0, with a Data Integrity proof by the issuer's key (decision 36).

It says of an institution what the certificate says, and names no person. `building` writes it,
`proof` signs it, `keys` holds the key, `status_list` says which no longer stand, `issuing` makes
it part of issuing, `views` serve it to anybody.
"""
