"""What the index of the register finds, asked of the rows of the desk by plain queries."""
