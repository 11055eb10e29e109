"""Run one benchmark: `python -m benchmarks NAME`, `--help` lists them.

Figures that are compared are measured in turn, in one run, and given as a ratio: machines differ,
and one machine differs from minute to minute.
"""

import argparse

from benchmarks import (
    addresses,
    cells,
    cold_processor,
    cold_server,
    damaged,
    data_path,
    drawing_sheets,
    drawings,
    exported,
    first_result,
    first_step,
    freed_memory,
    growth,
    hostile,
    import_time,
    inside_click,
    inside_row,
    kills,
    numbers,
    overhead,
    own_drawings,
    pages,
    peers,
    pen_lift,
    photos,
    prediction_page,
    printed_faces,
    school_class,
    server_kills,
    sheets,
    soak,
    start_training,
    taught,
    time_to_accuracy,
)

BENCHMARKS = {
    "cells": cells,
    "data-path": data_path,
    "overhead": overhead,
    "own-drawings": own_drawings,
    "freed-memory": freed_memory,
    "import-time": import_time,
    "time-to-accuracy": time_to_accuracy,
    "drawings": drawings,
    "drawing-sheets": drawing_sheets,
    "exported": exported,
    "first-result": first_result,
    "cold-server": cold_server,
    "cold-processor": cold_processor,
    "growth": growth,
    "pages": pages,
    "peers": peers,
    "start-training": start_training,
    "first-step": first_step,
    "numbers": numbers,
    "pen-lift": pen_lift,
    "photos": photos,
    "printed-faces": printed_faces,
    "sheets": sheets,
    "inside-click": inside_click,
    "inside-row": inside_row,
    "prediction-page": prediction_page,
    "class": school_class,
    "hostile": hostile,
    "kills": kills,
    "damaged": damaged,
    "addresses": addresses,
    "server-kills": server_kills,
    "soak": soak,
    "taught": taught,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = parser.add_subparsers(required=True, metavar="NAME")
    for name, module in BENCHMARKS.items():
        summary = (module.__doc__ or "").splitlines()[0]
        own = names.add_parser(name, help=summary, description=summary)
        module.add_arguments(own)
        own.set_defaults(run=module.run)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
