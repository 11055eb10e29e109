"""`python -m mnistcore verify`: the calculator against torch and against torchvision, in print."""

import argparse
from collections import Counter
from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnistcore.in_torch.model_analysis import ModelAnalysis

CASES_BETWEEN_LINES = 5000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `verify`.

    Args:
        parser: The parser of this command.
    """
    parser.set_defaults(command=verify)
    parser.add_argument("--cases", type=int, default=20_000, help="random layers (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the random layers (%(default)s)")
    parser.add_argument(
        "--torchvision",
        nargs="*",
        metavar="MODEL",
        help="torchvision's classification models instead: these, or all there are",
    )


def verify(options: argparse.Namespace) -> int:
    """Compare, print, and return 1 if anything is unlike.

    Args:
        options: As parsed by the parser that `add_arguments` was given.
    """
    import torch  # takes seconds

    # The layers are small: a second thread costs more than it brings.
    torch.set_num_threads(1)
    if options.torchvision is None:
        return verify_layers(options.cases, options.seed)
    return verify_models(options.torchvision)


def verify_layers(cases: int, seed: int) -> int:
    """Compare random layers of every kind, and return 1 if one of them is unlike.

    Args:
        cases: How many.
        seed: The same seed draws the same layers.
    """
    from mnistcore.in_torch import verification

    start = perf_counter()
    possible: Counter[str] = Counter()
    impossible: Counter[str] = Counter()
    num_mismatches = 0
    for number, comparison in enumerate(verification.verify(cases, seed), start=1):
        (possible if comparison.ours else impossible)[comparison.kind] += 1
        if not comparison.agrees:
            num_mismatches += 1
            print(f"MISMATCH {comparison.subject}")
            print(f"  ours:  {comparison.ours or 'impossible'}")
            print(f"  torch: {comparison.torchs or 'impossible'}")
        if number % CASES_BETWEEN_LINES == 0:
            print(f"{number:,} of {cases:,} layers, {num_mismatches} mismatches", flush=True)
    print(f"{'':16}{'possible':>10}{'impossible':>12}")
    for kind in sorted(possible | impossible):
        print(f"{kind:16}{possible[kind]:>10,}{impossible[kind]:>12,}")
    print(
        f"{num_mismatches} mismatches in shape, parameters, MACs and saved memory: {cases:,} "
        f"random layers of seed {seed}, each built and run in torch, in "
        f"{perf_counter() - start:.0f} s. "
        "An impossible layer counts as equal where both refuse it."
    )
    return 1 if num_mismatches else 0


def verify_models(names: Sequence[str] = ()) -> int:
    """Compare classification models with their published figures; return 1 if one is unlike.

    Args:
        names: Of torchvision's models; all that have published figures if there are none.

    Raises:
        InvalidInputError: There is no such model.
    """
    from mnistcore.in_torch.model_analysis import analyse_model
    from mnistcore.in_torch.torchvision_models import model_names

    start = perf_counter()
    print(f"{'model':20}{'parameters':>13}{'published':>13}{'GMACs':>11}{'_ops':>11}")
    analyses = []
    for name in names or model_names():
        analysis = analyse_model(name)
        analyses.append(analysis)
        print(
            f"{name:20}{analysis.num_params:>13,}{analysis.published_params:>13,}"
            f"{analysis.gmacs:>11.3f}{analysis.published_gmacs:>11.3f}  {_verdict(analysis)}",
            flush=True,
        )
    right_params = sum(each.params_agree for each in analyses)
    right_gmacs = sum(each.gmacs_agree for each in analyses)
    by_layers = sum(each.gmacs_agree and not each.num_other_macs for each in analyses)
    total = len(analyses)
    print(
        f"Parameters: {right_params} of {total} agree. MACs to the 3 decimals of _ops: "
        f"{right_gmacs} of {total} agree, {by_layers} of them by convolutions and linear layers "
        f"alone. In {perf_counter() - start:.0f} s."
    )
    _print_notes([each for each in analyses if each.note])
    num_unlike = verify_blocks(names)
    return 0 if right_params == right_gmacs == total and not num_unlike else 1


def verify_blocks(names: Sequence[str] = ()) -> int:
    """Compare what every block of the models that can be run gives and sees; return the unlike.

    Args:
        names: Of the models; all if there are none.
    """
    from mnistcore.in_torch.block_witness import MOST_GMACS, compare_blocks, runnable_models

    start = perf_counter()
    num_models = num_blocks = num_fields = num_unlike = 0
    for name in runnable_models():
        if names and name not in names:
            continue
        comparisons = compare_blocks(name)
        num_models += 1
        num_blocks += len(comparisons)
        num_fields += sum(bool(comparison.field) for comparison in comparisons)
        for comparison in comparisons:
            if not comparison.agrees:
                num_unlike += 1
                ours, models_own = comparison.shapes
                print(
                    f"UNLIKE {name} {comparison.path}: {ours} and {models_own}; rows "
                    f"{comparison.field or 'unknown'} {comparison.field_agrees}",
                    flush=True,
                )
    print(
        f"\n{num_unlike} mismatches in {num_blocks:,} modules and blocks of {num_models} models, "
        f"those of up to {MOST_GMACS} GMACs, each run: shapes of all, and the first and last row "
        f"that an output sees of {num_fields:,}. In {perf_counter() - start:.0f} s."
    )
    return num_unlike


def _verdict(analysis: "ModelAnalysis") -> str:
    if not (analysis.params_agree and analysis.gmacs_agree):
        return "UNLIKE"
    return "agrees, see the note" if analysis.note else "agrees"


def _print_notes(analyses: list["ModelAnalysis"]) -> None:
    if analyses:
        print("\nNotes on the exceptions: models whose layers alone do not give these figures")
    for analysis in analyses:
        print(f"- {analysis.name}: {analysis.note}")
