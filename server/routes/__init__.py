"""The HTTP routes, a file a resource. `server.app` mounts them; each blocking call runs in a worker thread."""
