"""The programs' way into assessments: the same services, selectors and texts as the pages."""
