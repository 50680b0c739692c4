"""The officer's home: what waits for whom, search, remarks inside one side, notifications. Nothing of it leaves the node."""
