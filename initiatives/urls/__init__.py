"""All addresses of the application, by what stands there; `tracker.urls` puts them in their place."""
