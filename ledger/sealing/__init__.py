"""The sealer: the one process that turns committed entries into leaves of the tree and signs what it made.

- `keys`        where the signing key comes from; nothing that serves people may have it
- `session`     the sealer's own connection, and the lock by which there is one sealer at a time
- `batch`       one seal: what is committed, its indexes, the tree, the signed checkpoint, in one transaction
- `walk`        what to seal where transaction ids say nothing: in a new cluster, and the first time
- `publishing`  checkpoints leave the machine: witnesses, then files
- `follow`      both again and again until a signal

Invariants: an entry that was committed is sealed exactly once; indexes have no gaps; nothing is signed that does not
continue what was signed before; nothing leaves the machine before it is committed.
"""
