"""The group ``comity``: help without importing, missing extras, version."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from cli.conftest import Comity
from comity.cli import main as module
from comity.cli.lazy import LazyGroup, Where
from comity.cli.main import COMMANDS, main
from comity.cli.node import COMMANDS as NODE_COMMANDS


@pytest.mark.parametrize(
    "path",
    [
        ["verify"],
        ["record"],
        ["node"],
        *[["node", name] for name in NODE_COMMANDS],
        ["record", "export"],
        ["record", "proof"],
        ["record", "dsse"],
    ],
)
def test_every_command_explains_itself(comity: Comity, path: list[str]) -> None:
    result = comity(*path, "--help")
    assert result.exit_code == 0, result.output
    assert f"Usage: comity {' '.join(path)}" in result.output.replace("Usage: main", "Usage: comity")
    assert len(result.output.splitlines()) > 4


def test_help_lists_every_command_and_imports_none() -> None:
    code = """
from comity.cli.main import main
try:
    main(["--help"])
except SystemExit:
    import sys
    print("LOADED", "comity.node.node" in sys.modules, "rich" in sys.modules)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert "LOADED False False" in out


def test_version_and_unknown_commands() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.startswith("comity, version ")
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2
    assert CliRunner().invoke(main, ["verify"]).exit_code == 2


def test_a_missing_extra_is_a_sentence_that_says_what_to_install() -> None:
    group = LazyGroup(
        "comity",
        commands_at={"heavy": Where("cli.needs_an_extra:heavy", "Heavy.", "texts"), "later": Where("comity.cli.later:later", "Later.")},
    )
    for name, says in (
        ("heavy", "heavy: This command needs a_library_that_nobody_has, which is not installed. Install it: pip install 'comity[texts]'."),
        ("later", "later: This command is not part of this installation."),
    ):
        result = CliRunner().invoke(group, [name])
        assert result.exit_code == 1
        assert result.stderr.startswith(says)


def test_the_entry_point_is_a_command() -> None:
    assert isinstance(module.main, click.Command)
