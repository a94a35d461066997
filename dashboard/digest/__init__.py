"""The e-mail digest of an area: its content, as plain text, as HTML, and the message that holds both."""
