"""Makes the HDF5 files of this folder, each the weights of one Dense(2) named 'dense' after an input of 3, in which something is done to harm (Python 3.11, h5py 3.7)."""
import gzip, zlib
import h5py, numpy as np

KERNEL, BIAS = np.arange(6, dtype="float32").reshape(3, 2), np.ones(2, dtype="float32")


def make(name, change, dense=True):
    import io
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as f:
        f.create_group("vars")
        f.create_group("layers/input_layer/vars")
        if dense:
            f.create_dataset("layers/dense/vars/1", data=BIAS)
        change(f)
    content = buffer.getvalue()
    with open(f"{name}.h5.gz", "wb") as out:
        out.write(gzip.compress(content, 9, mtime=0))
    print(name, len(content), "bytes")


def kernel(**settings):
    return lambda f: f.create_dataset("layers/dense/vars/0", **settings)


def link(path, target, dense=True):
    def change(f):
        f[path] = target
    return change


make("good", kernel(data=KERNEL))
make("external_link", link("layers/dense/vars/0", h5py.ExternalLink("other.h5", "layers/dense/vars/0")))
make("external_link_absolute", link("layers/dense/vars/0", h5py.ExternalLink("/etc/passwd", "/")))
make("external_link_group", link("layers/dense", h5py.ExternalLink("other.h5", "layers/dense")), dense=False)


def soft(f):
    f.create_dataset("elsewhere", data=KERNEL)
    f["layers/dense/vars/0"] = h5py.SoftLink("/elsewhere")


make("soft_link", soft)


def soft_group(f):
    f.create_dataset("elsewhere/vars/0", data=KERNEL)
    f.create_dataset("elsewhere/vars/1", data=BIAS)
    f["layers/dense"] = h5py.SoftLink("/elsewhere")


make("soft_link_group", soft_group, dense=False)
make("soft_link_to_itself", link("layers/dense/vars/0", h5py.SoftLink("/layers/dense/vars/0")))
make("external_storage", kernel(shape=(3, 2), dtype="float32", external=[("other.bin", 0, 24)]))
make("external_storage_absolute", kernel(shape=(3, 2), dtype="float32", external=[("/etc/passwd", 0, 24)]))


def virtual(file, name):
    def change(f):
        layout = h5py.VirtualLayout(shape=(3, 2), dtype="float32")
        layout[:] = h5py.VirtualSource(file, name, shape=(3, 2))
        f.create_dataset("elsewhere", data=KERNEL)
        f["layers/dense/vars"].create_virtual_dataset("0", layout)
    return change


make("virtual", virtual("other.h5", "layers/dense/vars/0"))
make("virtual_same_file", virtual(".", "elsewhere"))
make("huge", kernel(shape=(2**40,), dtype="float32", chunks=(1024,), compression="gzip"))
make("huge_flat", kernel(shape=(2**20, 2**20), dtype="float32"))
make("huge_product", kernel(shape=(2**31, 2**31, 2**31), dtype="float64", chunks=(1, 1, 64)))
make("no_elements", kernel(data=h5py.Empty("float32")))
make("zero_elements", kernel(shape=(0, 2), dtype="float32"))


def cycle(f):
    f.create_dataset("layers/dense/vars/0", data=KERNEL)
    f["layers/dense/dense"] = f["/"]
    f["layers/dense/vars/layers"] = f["layers"]


make("cycle", cycle)


def group_cycle(f):
    f["layers/dense/vars/0"] = f["/"]


make("cycle_for_array", group_cycle)
make("array_for_group", lambda f: f.create_dataset("layers/dense", data=KERNEL), dense=False)
make("group_for_array", lambda f: f.create_group("layers/dense/vars/0"))
make("another_shape", kernel(data=KERNEL.T.copy()))
make("another_rank", kernel(data=KERNEL.reshape(3, 2, 1)))
make("texts", kernel(data=np.array([["a", "b"]] * 3, dtype=object), dtype=h5py.string_dtype()))
make("references", kernel(shape=(3, 2), dtype=h5py.ref_dtype))
make("lists", kernel(shape=(3, 2), dtype=h5py.vlen_dtype("float32")))
make("compound", kernel(data=np.zeros((3, 2), dtype=[("a", "float32"), ("b", "int8")])))
make("complex", kernel(data=KERNEL.astype("complex64")))
make("opaque_16_bytes", kernel(data=np.zeros((3, 2), dtype="V16")))


def bfloat16(attribute, size):
    def change(f):
        data = f.create_dataset("layers/dense/vars/0", data=np.zeros((3, 2), dtype=f"V{size}"))
        if attribute is not None:
            data.attrs["dtype"] = attribute
    return change


make("bfloat16_wide", bfloat16("bfloat16", 4))
make("bfloat16_lie", bfloat16("float64", 2))


def chunk(chunks, content, **settings):
    def change(f):
        data = f.create_dataset("layers/dense/vars/0", shape=(3, 2), maxshape=(None, None), dtype="float32", chunks=chunks, compression="gzip", **settings)
        data.id.write_direct_chunk((0, 0), content)
    return change


make("chunk_huge", chunk((2**14, 2**14), zlib.compress(b"\0" * 1000)))
make("chunk_bomb", chunk((3, 2), zlib.compress(b"\0" * 60_000_000, 9)))
make("chunk_short", chunk((3, 2), zlib.compress(b"\0" * 5)))
make("chunk_damaged", chunk((3, 2), b"no zlib stream at all"))
make("fletcher", chunk((3, 2), zlib.compress(KERNEL.tobytes()) + b"abcd", fletcher32=True))
