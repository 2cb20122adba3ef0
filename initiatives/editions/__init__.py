"""The public register: what an edition holds, how editions are chained, and how they are read."""
