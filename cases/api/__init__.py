"""The programs' way into cases: the same services, selectors, forms and texts as the pages."""
