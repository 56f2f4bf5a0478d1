"""`python -m macrohard` is the command line."""

from macrohard.cli.main import main

if __name__ == "__main__":
    main()
