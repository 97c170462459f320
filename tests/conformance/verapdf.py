"""veraPDF over many files, and what it reports."""
import collections
import subprocess
from xml.etree import ElementTree

MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
Rule = collections.namedtuple("Rule", "flavour clause test description checks")


def validate(classes, flavour, paths):
    """path → the Rules that it fails in this flavour, None where it could not be read."""
    found = {path: None for path in paths}
    options = ["-f", flavour, "--format", "xml", "--maxfailuresdisplayed", "1"]
    out = subprocess.run(["java", "-Xmx2g", "-cp", f"{classes}/*", MAIN, *options, *paths], capture_output=True).stdout
    for job in ElementTree.fromstring(out).iter("job") if out else []:
        report = job.find("validationReport")
        if report is not None:
            found[job.findtext("item/name")] = [
                Rule(flavour, rule.get("clause"), rule.get("testNumber"), rule.findtext("description"),
                     int(rule.get("failedChecks")))
                for rule in report.iter("rule") if rule.get("status") == "failed"]
    return found


def by_rule(results):
    """Lines, the most common rule first: what fails how often in which files."""
    files = collections.defaultdict(list)
    for path, rules in results:
        for rule in rules or []:
            files[rule[:4]].append((path, rule.checks))
    for rule, where in sorted(files.items(), key=lambda item: -len(item[1])):
        names = ", ".join(path for path, _ in where[:4]) + (" …" if len(where) > 4 else "")
        yield f"{rule[0]} {rule[1]}-{rule[2]}: {sum(n for _, n in where)} checks in {len(where)} files: {rule[3]} ({names})"
