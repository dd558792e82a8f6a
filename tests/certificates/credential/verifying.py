"""What others say of our credentials: the published schema, and libraries that we do not use."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from jsonschema import Draft201909Validator

from certification.certificates.credential.contexts import FILES, load
from certification.certificates.credential.keys import issuer_did

HERE = Path(__file__).parent
PUBLISHED = HERE / "published"
HOME = Path(settings.BASE_DIR) / "var" / "verifier"


def missing() -> str:
    """What has to be installed before `verify` can run; empty when it can."""
    wanted = {
        "Node": shutil.which("node") is not None,
        "its libraries (bin/verifier)": (HOME / "node_modules" / "installed.json").exists(),
    }
    return ", ".join(name for name, there in wanted.items() if not there)


def faults(credential: dict[str, Any]) -> list[str]:
    """What the published schema of Open Badges 3.0 finds wrong."""
    schema = json.loads((PUBLISHED / "ob_v3p0_achievementcredential_schema.json").read_text())
    return [
        f"{error.json_path}: {error.message[:200]}"
        for error in Draft201909Validator(schema).iter_errors(credential)
    ]


def documents(client: Client, *addresses: str) -> dict[str, Any]:
    """What a verifier would fetch: contexts, our keys, and the addresses of ours."""
    found = {address: load(address)["document"] for address in FILES}
    found[issuer_did()] = json.loads(client.get("/.well-known/did.json").content)
    for address in addresses:
        path = address.removeprefix(settings.SITE_URL)
        found[address] = json.loads(client.get(path).content)
    return found


def verify(credential: dict[str, Any], known: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What the libraries of Digital Bazaar say of its proof and of its status."""
    data = folder / "credential.json"
    data.write_text(json.dumps({"credential": credential, "documents": known}))
    done = subprocess.run(
        ["node", "--input-type=module", "-", str(data)],
        cwd=HOME,
        input=(HERE / "verifier" / "verify.mjs").read_text(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
