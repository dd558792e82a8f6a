"""Units of institutions, as files speak of them."""

from institutions.import_files.rows import Row

# „Miejski Ośrodek … – Zespół …”: a unit, with the name of its institution before the dash
MARK = " – "
KIND = "jednostka"  # „jednostka MOPS”


def is_unit(row: Row) -> bool:
    return bool(row["parent"]) or row["kind"].lower().startswith(KIND)


def parent_named_in(row: Row) -> str:
    """The institution in the name of its unit; empty where there is none."""
    before, dash, _after = row["name"].partition(MARK)
    return before.strip() if dash and is_unit(row) else ""
