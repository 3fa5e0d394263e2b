"""The subcommands of `dialoogcoach`, one module a subject."""
