"""Numbers for a Prometheus at /metrics, where METRICS_TOKEN is set; see ADR 33.

Without it nothing is counted and nothing of this is imported but what says so.
"""
