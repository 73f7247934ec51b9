"""The warehouse for several people at once, through DuckDB's own server (Quack).

``server`` runs in an environment of its own, with the DuckDB version that the server's extension is
packaged for; ``offer`` starts it and starts it again when a new build is published.
"""
