"""The workbook: the only place where openpyxl is used."""
