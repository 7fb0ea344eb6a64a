"""From every clause to what carries it and what proves it. Plain Python over the editions, the code and the tests.

A piece of the product says itself which clauses it carries: by the edition's data (fields, criteria, factors, lists)
or by `carries(...)` where it is code. A test says which clause it proves by `pytest.mark.clause(...)`. Clauses are
named as in the guidelines of 2021-09-30; a clause of another edition is reached through its `like`, or by its own id
behind the edition's key, as in `2014-11-20:A.2#7`. A clause that nothing carries, or that no test proves, is a gap.
"""

from policy.trace.carriers import Carrier, carries, declared
from policy.trace.join import Traced, gaps, traced
from policy.trace.proofs import proofs

__all__ = ["Carrier", "Traced", "carries", "declared", "gaps", "proofs", "traced"]
