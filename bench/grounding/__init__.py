"""How well `macrohard check --sources` tells what is supported, on public labelled sets."""
