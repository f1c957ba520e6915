"""nnlab in a browser: a server on this machine that starts an nnlab of its own for every page that is opened."""
