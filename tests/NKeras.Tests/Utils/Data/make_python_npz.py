"""Writes python.npz the way numpy.savez does (zip members opened with force_zip64), without needing NumPy."""
import pathlib
import struct
import zipfile


def npy(descr, shape, data):
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode("latin1") + data


arrays = {
    "x_train": npy("|u1", (3, 2, 2), bytes(range(12))),
    "y_train": npy("|u1", (3,), bytes([5, 0, 4])),
    "x_test": npy("|u1", (1, 2, 2), bytes([255, 254, 253, 252])),
    "y_test": npy("|u1", (1,), bytes([7])),
}
with zipfile.ZipFile(pathlib.Path(__file__).with_name("python.npz"), "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
    for name, data in arrays.items():
        with archive.open(zipfile.ZipInfo(name + ".npy"), "w", force_zip64=True) as member:
            member.write(data)
