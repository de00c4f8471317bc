"""What Heard costs, in bytes and in processor time, and whether anything is lost under load: `make bench`."""

import warnings

# PostgreSQL's wheel says so on import where nobody is logged in, as in CI.
warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
