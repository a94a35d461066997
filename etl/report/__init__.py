"""What the command line shows, in plain English: frames and sentences, made from what the commands found."""
