"""What README.md and docs/ say is so: paths, commands, variables, addresses and pictures."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import resolve

ROOT = Path(settings.BASE_DIR)
README = ROOT / "README.md"
OPERATING = ROOT / "docs" / "operating.md"
PICTURES = ROOT / "docs" / "pictures"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
MADE_ON_THE_WAY = {"var/", ".venv", ".env", "docs/performance.md"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def code_words(page: Path) -> set[str]:
    """Every word of a page that is set as code or stands in a block of it."""
    text = page.read_text(encoding="utf-8")
    return {word for code in re.findall(r"`+([^`]+)`+", text) for word in code.split()}


@each_page
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


@each_page
def test_headings_that_are_linked_to_exist(page):
    text = page.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


@each_page
def test_paths_of_the_project_exist(page):
    folders = ("bin/", ".ci/", "docs/", "tests/", "bench/", "certification/", "institutions/")
    files = {
        word.rstrip(".,:;")
        for word in code_words(page)
        if word.startswith(folders) or re.fullmatch(r"[\w.-]+\.(toml|txt|md)", word)
    }
    here = {path for path in files - MADE_ON_THE_WAY if "…" not in path and "*" not in path}
    assert {path for path in here if not (ROOT / path).exists()} == set()


def test_map_of_the_house_shows_folders_that_exist():
    block = re.search(r"## Map of the house\n\n```\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    parent, named = "", []
    for line in block[1].splitlines():
        for folder in re.findall(r"(?:^|(?<=\s))([\w.]+)/(?=\s|$)", line):
            parent = parent if line.startswith(" ") else folder
            named.append(f"{parent}/{folder}" if line.startswith(" ") else folder)
    assert len(named) > 20
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []
    apps = {path.parent.name for path in (ROOT / "certification").glob("*/apps.py")}
    assert {path.split("/")[1] for path in named if path.startswith("certification/")} == apps


@each_page
def test_commands_and_their_options_exist(page):
    commands = get_commands()
    text = page.read_text(encoding="utf-8")
    for name, rest in re.findall(r"(?:manage\.py|\$manage) ([a-z_]+)([^`\n|&]*)", text):
        assert name in commands, name
        parser = load_command_class(commands[name], name).create_parser("manage.py", name)
        known = {option for action in parser._actions for option in action.option_strings}
        assert set(re.findall(r"--[a-z-]+", rest.partition("#")[0])) <= known, (name, rest)


def test_programs_in_bin_are_named_and_run():
    programs = {f"bin/{path.name}" for path in (ROOT / "bin").iterdir()}
    named = {word for word in code_words(README) if word.startswith("bin/")} - {"bin/"}
    assert named == programs
    assert [path for path in programs if not os.access(ROOT / path, os.X_OK)] == []


def test_every_variable_is_read_and_described():
    readers = (ROOT / "certification" / name for name in ("environment.py", "settings.py"))
    source = "".join(path.read_text(encoding="utf-8") for path in readers)
    reads = r"\benv\.(?!read_env)\w+|required_in_production|required_with"
    pattern = rf'(?:{reads})\(\s*"([A-Z0-9_]+)"'
    described = re.findall(r"^\| `([A-Z0-9_]+)` \|", OPERATING.read_text("utf-8"), re.MULTILINE)
    assert sorted(described) == sorted(re.findall(pattern, source))


def test_addresses_that_hold_are_there():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.partition("## Addresses that hold")[2].partition("\n## ")[0]
    addresses = re.findall(r"`(/[^`]*)`", section)
    assert len(addresses) > 15
    for address in addresses:
        path = "/konto/login/" if address == "/konto/" else re.sub("<[a-z]+>", "1", address)
        assert resolve(path).url_name, address


def test_pictures_are_all_used_and_small():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    pictures = sorted(PICTURES.glob("*.png"))
    assert {path.stem for path in pictures} == set(re.findall(r"pictures/([\w-]+)\.png", text))
    sizes = [path.stat().st_size for path in pictures]
    assert max(sizes) < 120_000
    assert sum(sizes) < 2_500_000


def test_every_picture_is_described():
    for page in PAGES:
        shown = re.findall(r"!\[([^\]]*)\]", page.read_text(encoding="utf-8"))
        assert [words for words in shown if len(words) < 10] == []


def test_readme_is_short():
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 120


def test_decisions_are_all_listed():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in folder.glob("0*.md"))


def test_guides_nginx_lets_a_whole_file_through_in_one_piece():
    """A piece is as long as goes in some seconds: nothing but the file's size limits it."""
    script = (ROOT / "static" / "js" / "upload-sending.js").read_text("utf-8")
    limits = re.findall(r"client_max_body_size (\d+)m;", OPERATING.read_text("utf-8"))
    assert "chunkSize = Math.max(wanted, SMALLEST)" in script
    assert [int(limit) * 1024 * 1024 > settings.EVIDENCE_MAX_BYTES for limit in limits] == [True]
