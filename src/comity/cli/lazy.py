"""A group whose commands are imported when they are called, and which says a refusal as one line: place, message, remedy."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from comity.cli.say import complain
from comity.errors import ComityError


@dataclass(frozen=True, slots=True)
class Where:
    """Where a command lives (``module:attribute``), what it is for in one line, and the extra to install if it needs one."""

    target: str
    summary: str
    extra: str = ""


class LazyGroup(click.Group):
    """``commands_at`` maps names to places; ``--help`` imports none of them."""

    def __init__(self, *args: Any, commands_at: Mapping[str, Where] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = dict(commands_at or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._at, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = self._at.get(cmd_name)
        return _load(cmd_name, where) if where else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, where.summary) for name, where in self._at.items()]
        rows += [(name, command.get_short_help_str(300)) for name, command in self.commands.items() if not command.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """A ComityError ends the command with exit code 1 and no traceback."""
        try:
            return super().invoke(ctx)
        except ComityError as error:
            complain(error)
            ctx.exit(1)


def _load(name: str, where: Where) -> click.Command:
    module_name, _, attribute = where.target.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as missing:
        if missing.name and missing.name != module_name and not module_name.startswith(f"{missing.name}."):
            extra = f"Install it: pip install 'comity[{where.extra}]'." if where.extra else "Install Comity's requirements.lock again."
            raise ComityError(
                "This command needs {what}, which is not installed.", place=name, remedy=extra, what=missing.name
            ) from missing
        raise ComityError("This command is not part of this installation.", place=name, remedy="Install a newer version.") from missing
    for candidate in (attribute, "group", "main"):
        command = getattr(module, candidate, None)
        if isinstance(command, click.Command):
            return command
    raise ComityError("{module} holds no command {attribute}.", place=name, module=module_name, attribute=attribute)
