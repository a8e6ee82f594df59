"""The monthly report on paper and screen: one page as HTML and PDF, and a workbook with the rows behind each figure."""
