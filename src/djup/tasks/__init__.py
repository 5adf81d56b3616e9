"""What a command does, under the command's name; ``upgrade`` is the road in one function."""
