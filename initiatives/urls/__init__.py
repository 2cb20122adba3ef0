"""All addresses of the application, by what stands there; `tracker.urls` mounts them."""
