"""Files that only the program's own user may read: keys."""

from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Write the file, and make the folders that lead to it; it is private before it holds a byte.

    What stands at `path` already would be written over and keep its mode: see to it first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)
