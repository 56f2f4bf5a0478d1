#!/bin/sh
# Run the checks of the verified claims about this program again.
# It needs nothing but Python 3.10 or newer, and has no walls of its own.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 2
for python in "${PYTHON:-python3}" python3 python; do
    if "$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
        exec "$python" -I "$here/check.py" "$@"
    fi
done
echo "Install Python 3.10 or newer as python3, then run this again." >&2
exit 2
