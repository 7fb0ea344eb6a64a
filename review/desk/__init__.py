"""The supervisor's desk: the queue with its filters, who has what, and what supervisors learn of their own work."""
