"""Polish numbers with their nouns: one, a few, many."""


def counted(number: int, forms: tuple[str, str, str]) -> str:
    """„1 dowód”, „3 dowody”, „12 dowodów”; `forms` are those three."""
    one, few, many = forms
    if number == 1:
        return f"1\u00a0{one}"
    is_few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
    return f"{number}\u00a0{few if is_few else many}"
