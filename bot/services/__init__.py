"""One function per use case. They know the domain and the ports; who stores, speaks or listens is not their concern."""
