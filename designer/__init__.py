"""Container Network Designer: draw, check and deploy Windows container networks.

The layers, top to bottom; imports point down only:

    __main__            starts the window or the command line
    ui | cli            the two shells: a Qt window and a console program
    painting            looks and geometry onto a QPainter, for the window and for files
    api                 load, save, check, trace, render, export: what both shells call
    formats             every target of the exporters by name
    runbook             a host for people: picture, tables, findings, steps, scripts
    editing | explaining | export | drawing
                        user intents as changes; error texts to rules; design to scripts; design to pictures
    rules               what can work and what cannot, and why
    simulate            what becomes of a packet, hop by hop
    graph | planning | storage
                        networkx views of a design; free addresses and ports; design files
    model               elements, links, modes, changes: what a design is
    resources           the shipped files
    errors | collector  failures that a user can cause; the pause of the garbage collector
"""

__version__ = "0.1.0"
