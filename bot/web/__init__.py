"""The web process: practice for officials, the review desk, and the public questions and answers."""
