"""Pages of cases. They hold no rule: they read by selectors, write by services, and note each reading."""
