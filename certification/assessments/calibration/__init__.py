"""Calibration: before a season assessors rate the same sample case, and see where they stand.

A round is prepared (a sample written, or copied from an ended case and made anonymous), opened to
those who are invited, and closed. Until it is closed nobody learns of another's ratings; after
that the office reads the spread per criterion and each assessor their own place, and no page
names or ranks anybody.
"""
