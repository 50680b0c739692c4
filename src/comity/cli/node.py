"""The group ``comity node``."""

from __future__ import annotations

import click

from comity.cli.lazy import LazyGroup, Where

COMMANDS = {
    "init": Where("comity.cli.node_make:init", "Make a node: its folder, its keys, its first key root."),
    "sign-root": Where("comity.cli.node_roots:sign_root", "Sign the next key root, where the root key is kept."),
    "card": Where("comity.cli.node_make:card", "Print this node's introduction card."),
    "invite": Where("comity.cli.node_people:invite", "Make an account and print its one-time link."),
    "introduce": Where("comity.cli.node_peers:introduce", "Remember another parliament's node from its card."),
    "peers": Where("comity.cli.node_peers:peers", "Who was introduced, when each was reached, and what is wrong."),
    "exchange": Where("comity.cli.node_peers:exchange", "Exchange with all peers over the network."),
    "pouch": Where("comity.cli.node_pouch:pouch", "Write a mechanism's whole record into one file for another party."),
    "take": Where("comity.cli.node_pouch:take", "Take in a pouch or a folder."),
    "refused": Where("comity.cli.node_pouch:refused", "What was refused, with place and remedy."),
    "digest": Where("comity.cli.node_check:digest", "The hash of the state: equal on all nodes that hold the same logs."),
    "rebuild": Where("comity.cli.node_check:rebuild", "Replay everything from the stored bytes, and make the desk's tables again."),
    "fsck": Where("comity.cli.node_check:fsck", "Check every stored byte."),
    "backup": Where("comity.cli.node_backup:backup", "Write the whole node into one file, while it runs."),
    "restore": Where("comity.cli.node_backup:restore", "Make a node again from such a file, and check it."),
    "mail": Where("comity.cli.node_mail:mail", "Send officers what is unread, if they asked for it and a mail server is named."),
    "serve": Where("comity.cli.node_serve:serve", "Serve the desk and the exchange."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def node() -> None:
    """One party's node, in the folder that COMITY_HOME names (default: .comity)."""
