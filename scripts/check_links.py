#!/usr/bin/env python3
"""Checks that every relative link of README.md and docs/ leads to a file, and to a heading of it.

Usage: check_links.py [ROOT]; exit 1 with one line a fault. Web addresses are not visited.
"""

import pathlib
import re
import sys

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(text):
    """Names a page's headings can be linked by, made as GitHub makes them."""
    headings = re.findall(r"^#+ +(.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def check_page(page, root):
    """Sentences, one for each link of a page that leads nowhere."""
    text = page.read_text(encoding="utf-8")
    for match in LINK.finditer(FENCE.sub(lambda m: "\n" * m.group().count("\n"), text)):
        target, _, anchor = match.group(1).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        place = (page.parent / target) if target else page
        shown = page.relative_to(root).as_posix()
        if not place.exists():
            yield f"{shown}: no such file: {match.group(1)}"
        elif anchor and place.suffix == ".md" and anchor not in anchors(place.read_text(encoding="utf-8")):
            yield f"{shown}: no such heading: {match.group(1)}"


def main(arguments):
    root = pathlib.Path(arguments[1] if len(arguments) > 1 else ".").resolve()
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    faults = [fault for page in pages for fault in check_page(page, root)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
