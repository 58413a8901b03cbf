"""Scripts that set a design up and take it down.

``plan`` turns a design into typed statements; one module for each target turns statements into text; ``formats`` is the
table of targets.
"""
