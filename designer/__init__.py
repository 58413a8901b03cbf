"""Container Network Designer: draw, check and deploy Windows container networks.

The layers, top to bottom; imports point down only:

    __main__            starts the window or the command line
    ui | cli            the two shells: a Qt window and a console program
    painting            looks and geometry onto a QPainter, for the window and for files
    api                 load, save, check, render, export: what both shells call
    editing | export | simulate | drawing
                        user intents as changes; design to scripts; packets; design to pictures
    rules               what can work and what cannot, and why
    graph | storage     networkx views of a design; design files
    model               elements, links, modes, changes: what a design is
    resources           the shipped files
    errors | collector  failures that a user can cause; the pause of the garbage collector
"""

__version__ = "0.1.0"
