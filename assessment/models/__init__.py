"""Assessment and decision are two tables: facts and factors of one person at one time, and each decision on them."""

from assessment.models.assessment import Assessment, StepAnswers
from assessment.models.decision import Decision, DecisionVersion
from assessment.models.refused import RefusedText
from assessment.models.returned import ReturnAnswers
from assessment.models.stop import Execution, PinnedFact, Stop, StopState, Task, TaskKind

__all__ = [
    "Assessment",
    "Decision",
    "DecisionVersion",
    "Execution",
    "PinnedFact",
    "RefusedText",
    "ReturnAnswers",
    "StepAnswers",
    "Stop",
    "StopState",
    "Task",
    "TaskKind",
]
