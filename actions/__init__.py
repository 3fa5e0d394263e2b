"""What Rasa calls: thin classes that translate between a tracker and the services. They decide nothing."""
