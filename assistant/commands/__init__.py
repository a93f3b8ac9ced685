"""Groups of commands, each a module with ``add_to(commands)``."""
