"""The review regime: which signed decisions are reviewed, who reads them, and how.

Everything is reviewed in an edition's first days, and again where an office begins anew. After that the edition's
sample is drawn, and what a trigger names is reviewed in any case. Invariants: a decision is drawn once a version, in
the transaction of its signature, from a seed whose digest stood in the log before; each draw keeps its probability
and reasons, so that results can be weighted; no draw looks at an outcome except where a trigger says so in words.
"""
