"""What happened in a month, in figures that name the rows they were counted from."""

from claims.insight.figures import Amount, Count, Figure, Rows, Share, Spread
from claims.insight.month import Month
from claims.insight.renewals import renewed
from claims.insight.report import MonthlyReport, monthly

__all__ = ["Amount", "Count", "Figure", "Month", "MonthlyReport", "Rows", "Share", "Spread", "monthly", "renewed"]
