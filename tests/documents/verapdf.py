"""Runs the veraPDF engine that bin/verapdf fetched, on a JDK."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ENGINE = HERE.parents[1] / "var" / "verapdf" / "engine.jar"
JAVA = Path("/usr/share/java")  # Debian's libjaxb-java and what it depends on
JARS = (
    *("jaxb-impl.jar", "jaxb-runtime.jar", "jaxb-core.jar", "jaxb-api.jar"),
    *("txw2.jar", "istack-commons-runtime.jar", "javax.activation.jar"),
)


@dataclass(frozen=True)
class Verdict:
    """What one profile says of one file; `failures` names the clauses, empty when it passed."""

    file: str
    profile: str
    assertions: int
    failures: str


def missing() -> str:
    """What has to be installed before the engine can run; empty when it can."""
    wanted = {
        "a JDK (default-jdk-headless)": shutil.which("javac") is not None,
        "the Debian package libjaxb-java": (JAVA / "jaxb-impl.jar").exists(),
        "the veraPDF engine (bin/verapdf)": ENGINE.exists(),
    }
    return ", ".join(name for name, there in wanted.items() if not there)


def validate(files: Sequence[Path]) -> list[Verdict]:
    """Validate files as PDF/A-3a and PDF/UA-1, in one Java process."""
    classes = ":".join(str(path) for path in (*(JAVA / jar for jar in JARS), ENGINE))
    done = subprocess.run(
        ["java", "-cp", classes, str(HERE / "Validate.java"), *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    verdicts = []
    for line in done.stdout.splitlines():
        file, profile, assertions, failures = line.split("\t")
        verdicts.append(Verdict(Path(file).name, profile, int(assertions), failures))
    return verdicts
