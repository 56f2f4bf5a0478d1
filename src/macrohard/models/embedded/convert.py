"""The converting process: `python -m macrohard.models.embedded.convert FILE.gguf` writes beside the file."""

from __future__ import annotations

import sys


def main() -> int:
    """Load the weights and have the engine save them in its own format."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino_genai  # type: ignore[import-untyped]

    openvino_genai.LLMPipeline(sys.argv[1], "CPU", enable_save_ov_model=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
