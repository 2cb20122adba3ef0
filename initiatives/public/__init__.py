"""What readers see of the public register: it reads editions and the names of reference lists."""
