"""The workbench: officials put a working version right, paragraph by paragraph, before it is published.

Each verb is a file: `correct`, `recast`, `split`, `merge`, `move`, `drop`, `add`. All of them go
through `steps`, which changes the rows and keeps what undoing and redoing need.
"""
