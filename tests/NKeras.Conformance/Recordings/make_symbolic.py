"""Records what functions of keras.ops give for symbolic tensors, for calls/symbolic.jsonl.gz, and how they are written as steps of
models, for calls/step.jsonl.gz.

Needs Keras 3.16 with its tests on the path (KERAS_BACKEND=numpy) and the calls recorded in shared/conformance. Calls come from
three sources: those that Keras's own tests make with symbolic tensors; recorded calls with data, whose arrays are replaced by
symbols of the same shape with and without unknown dimensions; and both again with other types. Of each function those are kept
that differ most. Calls that fail with data, and shapes that data contradict, are left out; "types": false where types of data differ from those foretold.
"""

import base64, collections, gzip, hashlib, inspect, json, sys, types, unittest, warnings

import numpy as np

np.sctypeDict.setdefault("bfloat16", np.float16)  # Lets tests load; results where it shows are dropped.

import keras
from keras.src import ops as all_ops
from keras.src.backend import KerasTensor
from keras.src.ops import core, einops, image, linalg, math, nn, numpy as knp

MODULES = [knp, nn, math, linalg, core, image, einops]
PER_TARGET = 8
SKIPPED = {  # They take functions, or no tensors.
    "associative_scan", "cond", "custom_gradient", "fori_loop", "map", "scan", "switch", "vectorize", "vectorized_map", "while_loop",
    "convert_to_numpy", "is_tensor", "dtype", "shape", "jvp", "convert_to_tensor",
}

UNTRIED = {"average_pool", "max_pool", "adaptive_average_pool", "adaptive_max_pool", "conv", "conv_transpose", "depthwise_conv", "separable_conv", "fft", "fft2", "unique", "cholesky", "pinv"}  # Computed by JAX, which need not be there, or by an older NumPy, or of special matrices.

calls = collections.defaultdict(list)  # target -> [(source, args, kwargs)]
steps = {}  # By their form.
originals = {}
depth = 0


def symbols(value):
    if isinstance(value, KerasTensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for v in value:
            yield from symbols(v)
    elif isinstance(value, dict):
        for v in value.values():
            yield from symbols(v)


def has_symbol(value):
    return next(symbols(value), None) is not None


def record(name, function):
    def wrapper(*args, **kwargs):
        global depth
        if depth == 0 and has_symbol([args, kwargs]):
            calls[name].append(("test", args, kwargs))
        depth += 1
        try:
            return function(*args, **kwargs)
        finally:
            depth -= 1

    wrapper.__name__ = name
    wrapper.__signature__ = inspect.signature(function)
    return wrapper


def public():
    for module in MODULES:
        for name, function in list(vars(module).items()):
            exported = isinstance(function, types.FunctionType) and function.__module__ == module.__name__ and hasattr(all_ops, name)
            if exported and not name.startswith("_") and name not in SKIPPED:
                yield module, name, function


def encode(value):
    if isinstance(value, KerasTensor):
        if value.sparse or value.ragged:
            raise TypeError("sparse")
        return {"$symbol": {"dtype": value.dtype, "shape": list(value.shape)}}
    if isinstance(value, np.ndarray) or isinstance(value, np.generic):
        value = np.asarray(value)
        if value.dtype.kind not in "fiub" or value.size > 4096:
            raise TypeError("array")
        return {"$tensor": {"dtype": value.dtype.name, "shape": list(value.shape), "data": base64.b64encode(value.tobytes()).decode(), "np": True}}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else {"$float": str(value)}
    if isinstance(value, slice):
        return {"$slice": [encode(value.start), encode(value.stop), encode(value.step)]}
    if value is Ellipsis:
        return {"$ellipsis": True}
    if isinstance(value, tuple):
        return {"$tuple": [encode(v) for v in value]}
    if isinstance(value, list):
        return [encode(v) for v in value]
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    raise TypeError(type(value).__name__)


def decode(value):
    """Recorded arguments, with symbols in place of tensors."""
    if isinstance(value, list):
        return [decode(v) for v in value]
    if not isinstance(value, dict):
        return value
    if "$tensor" in value:
        t = value["$tensor"]
        if t["dtype"] == "string":
            raise TypeError("string")
        return KerasTensor(tuple(t["shape"]), t["dtype"])
    if "$tuple" in value:
        return tuple(decode(v) for v in value["$tuple"])
    if "$float" in value:
        return float(value["$float"])
    if "$slice" in value:
        return slice(*[decode(v) for v in value["$slice"]])
    if "$ellipsis" in value:
        return Ellipsis
    if any(k.startswith("$") for k in value):
        raise TypeError(str(list(value)))
    return {k: decode(v) for k, v in value.items()}


def change(value, alter):
    if isinstance(value, KerasTensor):
        return alter(value)
    if isinstance(value, tuple):
        return tuple(change(v, alter) for v in value)
    if isinstance(value, list):
        return [change(v, alter) for v in value]
    if isinstance(value, dict):
        return {k: change(v, alter) for k, v in value.items()}
    return value


def variants(args, kwargs):
    """The call as it is, with an unknown batch, with unknown inner dimensions, with nothing known."""
    given = list(symbols([args, kwargs]))
    first = given[0].shape
    batch = first[0] if first else None

    def batched(t):
        return KerasTensor((None, *t.shape[1:]), t.dtype) if t.shape and t.shape[0] == batch and len(t.shape) >= min(2, len(first)) else t

    def inner(t):
        return KerasTensor((*t.shape[:-1], None), t.dtype) if len(t.shape) > 1 and t is given[0] else t

    def unknown(t):
        return KerasTensor((None,) * len(t.shape), t.dtype)

    for alter in (batched, lambda t: t, inner, unknown):
        yield change(args, alter), change(kwargs, alter)


def from_recordings(path):
    taken = collections.Counter()
    for line in gzip.open(path, "rt"):
        r = json.loads(line)
        name = r["target"].rpartition(".")[2]
        if not r["target"].startswith("keras.ops.") or name not in originals:
            continue
        try:
            args, kwargs = decode(r["args"]), decode(r["kwargs"])
        except TypeError:
            continue
        given = list(symbols([args, kwargs]))
        key = (name, len(args), json.dumps(sorted(kwargs)), tuple(len(t.shape) for t in given), tuple(t.dtype for t in given) if "sweep" in r["test"] else None)
        if not given or taken[key] >= 2 or taken[name] >= 40:
            continue
        taken[key] += 1
        taken[name] += 1
        for a, k in variants(args, kwargs):
            calls[name].append(("recording", tuple(a), k))


def with_types():
    for name, given in calls.items():
        for source, args, kwargs in list(given[:3]):
            kinds = {t.dtype for t in symbols([args, kwargs])}
            if len(kinds) != 1 or not (kinds & {"float32", "float64", "int32", "int64"}):
                continue
            for dtype in ("int32", "float64", "bool", "float16", "int64", "bfloat16", "uint8", "float32"):
                alter = lambda t: KerasTensor(t.shape, dtype)
                given.append(("dtype", change(args, alter), change(kwargs, alter)))


def S(*shape, dtype="float32"):
    return KerasTensor(shape, dtype)


def more():
    """Calls of functions that the other sources hardly call with symbols."""
    images, steps, ints = S(None, 8, 6, 3), S(None, None, 3), S(None, dtype="int32")
    for name in ("adaptive_average_pool", "adaptive_max_pool"):
        for given in ((images, (4, 3)), (images, [2, 2]), (S(None, 3, 8, 6), (4, 3), "channels_first"), (S(2, 7, 5, 3), 2)):
            yield name, given, {}
    for name in ("segment_min", "segment_prod", "segment_max", "segment_sum"):
        for given in ((S(None, 3), ints), (S(6, 3), S(6, dtype="int32")), (S(None, dtype="int32"), ints), (S(None, 2, 3), ints)):
            yield name, given, {"num_segments": 4}
            yield name, given, {"num_segments": 4, "sorted": True}
            yield name, given, {}
    for given, options in (
        ((S(None, dtype="int32"),), {}), ((S(None, 4, dtype="int32"),), {}), ((S(2, 4, dtype="int32"),), {"minlength": 3}),
        ((S(None, 4, dtype="int32"),), {"weights": S(None, 4)}), ((S(5, dtype="int64"),), {"minlength": 2}),
    ):
        yield "bincount", given, options
    condition = S(None, 3, dtype="bool")
    yield "select", ([condition], [S(None, 3)]), {}
    yield "select", ([condition, condition], [S(None, 3), S(None, 3)]), {"default": S()}
    yield "select", ([S(2, 3, dtype="bool")], [S(2, 3, dtype="int32")]), {"default": 4}
    for dtype in ("int32", "uint8", "bool"):
        for shape in ((None, 3), (2, None), (4,)):
            yield "bitwise_not", (S(*shape, dtype=dtype),), {}
    yield "full", ((2, 3), S()), {}
    yield "full", ((2, 3), S(dtype="int32")), {}
    yield "full", ((2, 3), S(3)), {"dtype": "float16"}
    for shape in ((None, 3), (None, None), (2, 3, 4), ()):
        yield "ndim", (S(*shape),), {}
        yield "size", (S(*shape),), {}
    for given in ((S(3, 4), (1, 1), (2, 3)), (S(None, 4), (0, 1), (2, 2)), (S(None, 4, 5), [0, 0, 1], [2, 3, 4]), (S(5), (S(dtype="int32"),), (2,)), (S(3, 4), S(2, dtype="int32"), (2, 2))):
        yield "slice", given, {}
    for window, options in ((2, {}), (2, {"strides": 1}), (3, {"padding": "same"}), ((2, 3), {"padding": "same", "strides": (1, 2)})):
        for name in ("max_pool", "average_pool"):
            yield name, (S(None, 9, 8, 3), window), options
            yield name, (S(None, None, 8, 3), window), options
            yield name, (S(2, 3, 9, 8), window), {**options, "data_format": "channels_first"}
    for shape in ((None, 4), (2, 3, 8), (None, None, 5)):
        yield "fft", ((S(*shape), S(*shape)),), {}
        if len(shape) > 2:
            yield "fft2", ((S(*shape), S(*shape)),), {}
            yield "ifft2", ((S(*shape), S(*shape)),), {}
    kernel = S(3, 3, 3, 5)
    for options in ({}, {"padding": "same"}, {"strides": 2}, {"dilation_rate": 2}, {"strides": (2, 1), "padding": "same"}):
        yield "depthwise_conv", (images, S(3, 3, 3, 2)), options
        yield "separable_conv", (images, S(3, 3, 3, 2), S(1, 1, 6, 5)), options
        yield "conv", (images, kernel), options
        yield "conv", (S(None, None, 6, 3), kernel), options
        yield "conv", (S(2, 3, 8, 6), kernel), {**options, "data_format": "channels_first"}
        yield "conv_transpose", (images, S(3, 3, 5, 3)), options
        yield "conv_transpose", (S(None, None, 6, 3), S(3, 3, 5, 3)), options


def shape_class(entry):
    """What is to differ between the records of a function."""
    given = list(symbols([entry["a"], entry["k"]]))
    return {
        ("unknown", tuple(tuple(d is None for d in t.shape) for t in given)),
        ("rank", tuple(len(t.shape) for t in given)),
        ("type", tuple(t.dtype for t in given)),
        ("names", tuple(sorted(entry["k"])), len(entry["a"])),
        *(("value", k, json.dumps(encode(v))) for k, v in entry["k"].items() if not has_symbol(v)),
        *(("value", i, json.dumps(encode(v))) for i, v in enumerate(entry["a"]) if not has_symbol(v)),
    }


def describe(name, args, kwargs):
    function = originals[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = change(function(*args, **kwargs), lambda t: KerasTensor(t.shape, t.dtype, sparse=t.sparse, ragged=t.ragged))
    if name in UNTRIED and any(None in t.shape for t in list(symbols([list(args), kwargs]))[1:]) and "conv" in name:
        raise TypeError("kernels have known dimensions")
    agreed = agrees(name, args, kwargs, result)
    text = {"target": f"keras.ops.{name}", "args": [encode(a) for a in args], "kwargs": {k: encode(v) for k, v in kwargs.items()}, "result": encode(result)}
    if any(getattr(t, "doubtful", False) for t in symbols(result)):
        text["types"] = False
    whole = json.dumps(text)
    if not agreed:
        raise TypeError("disagrees")
    if '"$symbol"' not in json.dumps(text["result"]) and not isinstance(result, (int, tuple)):
        raise TypeError("no symbol")
    if '"complex' in whole:
        raise TypeError("complex")
    if "bfloat16" in whole and '"float16"' in whole:
        raise TypeError("bfloat16")
    return text


def agrees(name, args, kwargs, result):
    """Whether data are taken and have the dimensions that Keras foretells; true where it cannot be tried. Marks types that data do not have."""
    if name in UNTRIED:
        # Types of 64 bits and of whole numbers are where backends differ.
        usual = all(t.dtype in ("float32", "float16", "bfloat16") for t in symbols([args, kwargs]))
        for t in symbols(result):
            t.doubtful = not usual
        return True
    return any(agrees_with(n, name, args, kwargs, result) for n in (2, 3, 5))


def agrees_with(unknown, name, args, kwargs, result):
    def data(t):
        return np.ones([unknown if d is None else d for d in t.shape], "float16" if t.dtype == "bfloat16" else t.dtype)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            given = originals[name](*change(args, data), **change(kwargs, data))
    except (TypeError, ValueError) as error:
        return isinstance(error, np.linalg.LinAlgError)
    except Exception:
        return True
    if "Mock" in type(given).__name__:
        return True
    foretold, there = [], []

    def flat(value, out):
        if isinstance(value, (tuple, list)):
            for v in value:
                flat(v, out)
        elif value is not None:
            out.append(value)

    flat(result, foretold)
    flat(given, there)
    if len(foretold) != len(there):
        return False
    for f, t in zip(foretold, there):
        if not isinstance(f, KerasTensor) or not isinstance(t, (np.ndarray, np.generic, int, float)):
            continue
        t = np.asarray(t)
        if t.dtype == object:
            continue
        if t.ndim != len(f.shape) or any(d not in (None, n) for d, n in zip(f.shape, t.shape)):
            return False
        if t.dtype.name != f.dtype.replace("bfloat16", "float16"):
            f.doubtful = True
    return True


def step(name, args, kwargs):
    """The call as a step of a model, as Keras writes it: the operation, and what it is called with ("@" for symbols)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = next(symbols(originals[name](*args, **kwargs)))
    operation, node, _ = result._keras_history
    form = keras.saving.serialize_keras_object(operation.operation if hasattr(operation, "operation") else operation)
    form["config"].pop("name")
    call = operation._inbound_nodes[node].arguments
    marked = [keras.saving.serialize_keras_object(change(v, lambda t: "@")) for v in call.args]
    named = {k: keras.saving.serialize_keras_object(change(v, lambda t: "@")) for k, v in call.kwargs.items()}
    given = list(symbols([list(args), kwargs]))
    if len(given) != len(list(symbols([list(call.args), call.kwargs]))):
        raise TypeError("settings are tensors, or there are further steps")
    return {"module": form["module"], "class_name": form["class_name"], "config": form["config"], "args": marked, "kwargs": named}


def choose(name):
    seen, pool = set(), []
    for source, args, kwargs in calls[name]:
        try:
            text = describe(name, args, kwargs)
        except Exception:
            continue
        key = json.dumps(text, sort_keys=True)
        if key in seen or len(key) > 6000:
            continue
        seen.add(key)
        pool.append({"text": text, "a": args, "k": kwargs, "source": source})
    chosen, covered = [], set()
    while pool and len(chosen) < PER_TARGET:
        best = max(pool, key=lambda e: (len(shape_class(e) - covered) - (3 * ("types" in e["text"])), e["source"] == "test"))
        gain = shape_class(best) - covered
        if not gain and len(chosen) >= 4:
            break
        covered |= shape_class(best)
        chosen.append(best["text"])
        try:
            form = step(name, best["a"], best["k"])
            key = json.dumps(form)
            if '"$tensor"' not in json.dumps(best["text"]) and key not in steps:
                steps[key] = {"target": best["text"]["target"], "args": best["text"]["args"], "kwargs": best["text"]["kwargs"], "step": form}
        except Exception:
            pass
        pool.remove(best)
    return chosen


def run_tests():
    from keras.src.ops import core_test, einops_test, image_test, linalg_test, math_test, nn_test, numpy_test

    loader, suite = unittest.TestLoader(), unittest.TestSuite()
    for module in (numpy_test, nn_test, math_test, linalg_test, core_test, image_test, einops_test):
        for case in vars(module).values():
            if isinstance(case, type) and issubclass(case, unittest.TestCase) and case.__module__ == module.__name__ and "Dtype" not in case.__name__ and "Correctness" not in case.__name__ and "Behavior" not in case.__name__:
                suite.addTests(loader.loadTestsFromTestCase(case))
    result = unittest.TextTestRunner(stream=open("/dev/null", "w"), verbosity=0).run(suite)
    print(result.testsRun, "tests,", len(result.errors) + len(result.failures), "failed", file=sys.stderr)


def write(path, kind, texts):
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        for text in texts:
            text = {"id": hashlib.sha256(json.dumps(text).encode()).hexdigest()[:16], "kind": kind, **text}
            file.write((json.dumps(text) + "\n").encode())


def main(recordings, folder):
    for module, name, function in public():
        originals[name] = function
        wrapped = record(name, function)
        setattr(module, name, wrapped)
        if getattr(all_ops, name) is function:
            setattr(all_ops, name, wrapped)
        if getattr(keras.ops, name, None) is function:
            setattr(keras.ops, name, wrapped)
    run_tests()
    global depth
    depth = 1
    from_recordings(recordings)
    for name, args, kwargs in more():
        calls[name].insert(0, ("test", args, kwargs))
    with_types()
    texts = [text for name in sorted(originals) for text in choose(name)]
    write(f"{folder}/symbolic.jsonl.gz", "symbolic", texts)
    write(f"{folder}/step.jsonl.gz", "step", steps.values())
    print(len(texts), "records,", len(steps), "steps of", len(originals), "functions", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
