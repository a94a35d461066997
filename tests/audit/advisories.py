"""Known vulnerabilities in what we install, by pip-audit. Run by `make audit`.

pip-audit ends well also when it could ask about nothing; here that is a failure. Exit code 1 where a package has a
known vulnerability, 2 where any could not be asked about.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def audit(requirements: Path) -> subprocess.CompletedProcess[str]:
    """Return the finished pip-audit of a compiled list, its report as JSON on standard output."""
    command = ["-m", "pip_audit", "--requirement", str(requirements), "--disable-pip", "--require-hashes"]
    options = ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    return subprocess.run([sys.executable, *command, *options], capture_output=True, text=True, check=False)


def judge(report: str, *, said: str) -> tuple[int, list[str]]:
    """Return the exit code and sentences for a report; what pip-audit said beside it where there is no report."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return 2, ["The advisories could not be reached, so nothing was audited.", *said.strip().splitlines()[-3:]]
    skipped = [package for package in packages if "skip_reason" in package]
    vulnerable = [package for package in packages if package.get("vulns")]
    lines = [f"Vulnerabilities: {len(packages) - len(skipped)} of {len(packages)} packages were asked about."]
    for package in vulnerable:
        for one in package["vulns"]:
            mended = ", ".join(one.get("fix_versions") or []) or "no version yet"
            lines.append(f"  {package['name']} {package['version']}: {one['id']}, mended in {mended}.")
    if skipped:
        names = ", ".join(package["name"] for package in skipped)
        lines.append(f"The advisories of these could not be reached, so they were NOT audited: {names}.")
        lines.append("Run this where the advisories of the Python Packaging Authority can be reached.")
    if not vulnerable and not skipped:
        lines.append("None has a known vulnerability.")
    return (1 if vulnerable else 2 if skipped or not packages else 0), lines


def main(requirements: Path) -> int:
    """Print what was found, and return the exit code."""
    done = audit(requirements)
    code, lines = judge(done.stdout, said=done.stderr)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "requirements.txt"))
