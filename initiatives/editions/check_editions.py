"""Checks the public register: python check_editions.py https://tracker.example.org/editions.jsonl"""

import hashlib
import json
import sys
import urllib.request


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


before, position, withheld, without_text = "0" * 64, 0, 0, 0
for line in urllib.request.urlopen(sys.argv[1]):
    edition, position = json.loads(line), position + 1
    if edition["position"] != position:
        sys.exit(f"Position {position} is missing.")
    if edition.get("withheld"):  # not public yet, or never was: its digest is taken as given
        withheld += 1
    else:
        if "body" in edition:  # as RFC 8785 writes it: sorted names, no spaces
            written = json.dumps(
                edition["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
            )
            if sha256(written) != edition["body_digest"]:
                sys.exit(f"Position {position}: the text is not the one that was issued.")
        else:
            without_text += 1
        names = ("kind", "key", "number", "since", "state", "body_digest")
        if sha256("\n".join(map(str, [before, *map(edition.get, names), ""]))) != edition["digest"]:
            sys.exit(f"Position {position}: the digest does not follow from the line before.")
    before = edition["digest"]
print(f"The register holds up to position {position}, whose digest is {before}.")
print(f"Not checked: {withheld} withheld lines, and the texts of {without_text} more.")
