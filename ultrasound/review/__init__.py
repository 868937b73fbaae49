"""A physician's decisions: read from a workbook, kept as a trail, put into later runs.

The workbook is compared, cell by cell, with the tables that it was written from. What stands in
the cells for the reviewer, and in the values of Segments, is a decision; every other difference is
told. Each decision names the observation or the review item that it is about by its stable id, so
that it holds in every later run of the same inputs.
"""
