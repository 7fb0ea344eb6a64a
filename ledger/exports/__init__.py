"""Taking the log away: a bundle that an auditor checks alone, and the jobs that write it.

- `registry`  what the rooms above add: columns of a decision, ways to choose decisions, which cases are masked
- `scope`     which entries are asked for, as data, as SQL and in words; samples with their seed
- `plan`      what an export covers: the run of indexes, the checkpoint, the counts
- `copying`   COPY from the database, piece by piece, without a row ever passing through Python
- `files`     the files of the log itself; `tables` and `xlsx` those of decisions; `texts` what explains them
- `bundle`    all files in their order into a folder or a ZIP file, the manifest last
- `jobs`      asking, running, cancelling, downloading, expiring; `selectors` the reads of their pages

Nothing here knows what a decision is: rooms above register SQL over the entries `e` of the log.
"""
