"""Tables, repositories and the files that hold content: the only place that knows how things are kept."""
