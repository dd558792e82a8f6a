"""What a reader of strangers' files may spend. It ends alone when that is not enough."""

import resource

MEMORY = 320 * 1024 * 1024
CPU_SECONDS = 10
WAIT = 15.0  # seconds that a page waits for it


def apply() -> None:
    """Limit this process: memory, processor time, no file written, no core dumped."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
