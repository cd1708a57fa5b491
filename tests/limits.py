"""What tests of text share."""

# Seconds of processor time that no honest work takes on any machine, and quadratic work exceeds. How
# fast things are is shown by `make bench`.
HANGING = 10
