"""Files from outside: read into rows, then planned. `actions.imports` applies and undoes them."""
