"""Home-level returns: from a home's answers to area counts, and what is found on the way.

intake   one file -> accepted homes, refused rows, counts by authority; a pure function of the file
store    the restricted folder where these stay; nothing below area level leaves it
figures  counts -> observations of authorities, regions and England
change   two extracts -> change among homes that answered both times, and change of who answered
findings the newest extract -> what each area can put right
"""
