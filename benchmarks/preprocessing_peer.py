"""The work of "preprocessing" with Python's own means: NumPy and a dictionary for the table, PyTorch for the images. preprocessing_peer.py [table|images] [THREADS]

One JSON object a line, as NKeras prints. Hashing is Python's CRC-32 of each number's text: nobody has FarmHash there.
"""
import json
import math
import os
import sys
import time
import zlib

THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(THREADS)

import numpy as np

ROWS, COLUMNS, WORDS, BINS, SIZE, BATCH = 1_000_000, 8, 1000, 1000, 224, 32


def measure(name, count, what, peer, run, rounds=5):
    run()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    median = sorted(times)[rounds // 2]
    print(json.dumps({"preprocessing": name, "threads": THREADS, "peer": peer, "ms": round(median * 1e3, 2), "best_ms": round(min(times) * 1e3, 2), f"{what}_per_s": round(count / median)}), flush=True)


def table():
    peer = f"numpy {np.__version__}"
    random = np.random.default_rng(1)
    known = [f"word {i * 7919 % 100_003}" for i in range(WORDS)]
    words = [known[i] if i < WORDS else f"another {i}" for i in random.integers(0, WORDS * 20 // 19, ROWS)]
    numbers = random.normal(3, 2, (ROWS, COLUMNS)).astype(np.float32)
    identifiers = random.integers(0, 1_000_000, ROWS)
    index = {word: i + 1 for i, word in enumerate(known)}
    mean, deviation = numbers.mean(0), numbers.std(0)
    normalize = lambda: (numbers - mean) / deviation
    lookup = lambda: np.array([index.get(word, 0) for word in words])
    hashing = lambda: np.array([zlib.crc32(b"%d" % i) % BINS for i in identifiers.tolist()])
    measure("adapt Normalization", ROWS, "rows", peer, lambda: (numbers.mean(0), numbers.var(0)))
    measure("Normalization", ROWS, "rows", peer, normalize)
    measure("StringLookup", ROWS, "rows", peer, lookup)
    measure("Hashing", ROWS, "rows", peer, hashing)
    measure("table: Normalization, StringLookup, Hashing", ROWS, "rows", peer, lambda: (normalize(), lookup(), hashing()))


def images():
    import torch
    import torch.nn.functional as functional

    torch.set_num_threads(THREADS)
    torch.set_grad_enabled(False)
    peer = f"torch {torch.__version__}"
    batch = torch.rand(BATCH, 3, SIZE, SIZE) * 255

    def flip(x):
        return torch.where(torch.rand(BATCH, 1, 1, 1) > 0.5, x.flip(3), x)

    def affine(x, a, b, c, d):
        zero = torch.zeros(BATCH)
        matrix = torch.stack([torch.stack([a, b, zero], 1), torch.stack([c, d, zero], 1)], 1)
        grid = functional.affine_grid(matrix, x.shape, align_corners=False)
        return functional.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=False)

    def rotate(x):
        angle = (torch.rand(BATCH) * 2 - 1) * 0.1 * 2 * math.pi
        return affine(x, angle.cos(), -angle.sin(), angle.sin(), angle.cos())

    def zoom(x):
        scale, zero = 1 + (torch.rand(BATCH) * 2 - 1) * 0.2, torch.zeros(BATCH)
        return affine(x, scale, zero, zero, scale)

    def contrast(x):
        mean = x.mean((2, 3), keepdim=True)
        return ((x - mean) * (0.8 + 0.4 * torch.rand(BATCH, 1, 1, 1)) + mean).clamp(0, 255)

    def rescale(x):
        return x * (1 / 255)

    for name, run in (("RandomFlip", flip), ("RandomRotation", rotate), ("RandomZoom", zoom), ("RandomContrast", contrast), ("Rescaling", rescale)):
        measure(name, BATCH, "images", peer, lambda: run(batch))
    measure("augmentation", BATCH, "images", peer, lambda: rescale(contrast(zoom(rotate(flip(batch))))))


if len(sys.argv) < 2 or sys.argv[1] == "table":
    table()
if len(sys.argv) < 2 or sys.argv[1] == "images":
    images()
