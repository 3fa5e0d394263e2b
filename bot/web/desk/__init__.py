"""The review desk: what residents asked, answered once for everybody who asked."""
