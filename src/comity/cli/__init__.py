"""The command line. Each group is a small module that is imported only when it is called, so that verifying needs neither Django nor
a network.
"""
