"""h5py reading and writing the arrays of a file: one command a line (read FILE, write FILE, sync FILE), one number of milliseconds back.

write and sync write the arrays that the last read gave; sync also waits until the disk has them, as NKeras does.
"""
import os
import sys
import time

import h5py

arrays = {}


def read(path):
    arrays.clear()
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: arrays.__setitem__(name, item[()]) if isinstance(item, h5py.Dataset) else None)


def write(path):
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            file.create_dataset(name, data=array)


def sync(path):
    write(path)
    handle = os.open(path, os.O_RDWR)
    os.fsync(handle)
    os.close(handle)


for line in sys.stdin:
    command, path = line.rstrip("\n").split(" ", 1)
    start = time.perf_counter()
    {"read": read, "write": write, "sync": sync}[command](path)
    print((time.perf_counter() - start) * 1000, flush=True)
