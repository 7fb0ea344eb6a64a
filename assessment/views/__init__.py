"""Pages of the assessment: read the request, call a service or selector, render."""
