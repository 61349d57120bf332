"""A report as a workbook and as a document. Their libraries are loaded when one is made."""
