"""One party's (or observer's) running node: its store, keys in custody, exchange with peers. The only room that opens sockets."""
