"""PostgreSQL and Valkey from pip wheels, for a machine that has neither.

Plain Python that imports no Django, so that it runs before there is a database to connect to:

- `layout`       where everything of one instance lies
- `credentials`  the random passwords, in one 0600 file
- `processes`    recognising and stopping processes by their identity, never by a bare number
- `identity`     as which user PostgreSQL runs, which refuses to run as root
- `postgres`     making, starting and stopping the cluster, its roles and its database
- `valkey`       the broker
- `services`     both together, and the environment that leads to them
- `children`     the processes of the product, with prefixed output
- `launcher`     `make run`: services, migrations, web, worker, beat and sealer in one terminal
- `assets`       what browsers get, copied from node_modules
- `testing`      `make test`: pytest on a database and broker that end with it, and the `browser` for it

Invariants: servers listen on 127.0.0.1 only and ask for a password; nothing outside the instance's own
folder is written; permissions of a folder that was not made here are never changed.
"""
