"""Where chunks are kept by dense and sparse vector; `factory` picks a store by name."""
