"""Questions answered from evidence: scope, plan, retrieve, answer, verify."""
