"""How machines and pages are answered: validators, refusals, and texts that are sent in parts."""
