"""The lines of a report: paragraphs, headings, boxes, and what a line declares for others."""
