"""Bare Rasa as it is usually set up for Chinese, made small and measured beside our own stack."""

from evaluation.baseline.measure import measure_baseline

__all__ = ["measure_baseline"]
