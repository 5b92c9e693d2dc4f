"""Score customer-support conversations the way a good coach would."""
