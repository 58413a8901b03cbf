"""Run-books: a host's design for people, with picture, tables, findings, steps and scripts."""
