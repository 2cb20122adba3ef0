"""What officers work with: the admin, its forms, what waits for them, and their mail."""
