"""Writes how each test ended into a file, one line of JSON each: a process that dies leaves what it got done."""

import json
import os

_FILE = open(os.environ["PYO3_DOWNSTREAM_REPORT"], "w", encoding="utf-8")


def _write(**fields):
    _FILE.write(json.dumps(fields) + "\n")
    _FILE.flush()


def pytest_runtest_logreport(report):
    if report.failed:
        _write(test=report.nodeid, outcome="failed")
    elif report.skipped:
        _write(test=report.nodeid, outcome="skipped")
    elif report.when == "call":
        _write(test=report.nodeid, outcome="passed")


def pytest_collectreport(report):
    if report.failed:
        _write(test=report.nodeid, outcome="failed")
    elif report.skipped:
        _write(test=report.nodeid, outcome="skipped")


def pytest_sessionfinish(session, exitstatus):
    _write(finished=int(exitstatus))
