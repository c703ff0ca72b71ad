"""Records what losses and metrics give for random arguments: calls/loss_random.jsonl.gz and calls/metric_random.jsonl.gz, which are read with calls/loss.jsonl.gz and calls/metric.jsonl.gz.

Needs Keras 3.16 with KERAS_BACKEND=numpy. Every class is made with random settings and called with random shapes, types and weights; what
Keras itself refuses is left out. Results of metrics are kept in float32: the numpy backend gives some in float64 where others do not.
"""

import base64, gzip, hashlib, json, sys, warnings

import keras
import numpy as np

warnings.filterwarnings("ignore")
rng = np.random.default_rng(1)
L, M = keras.losses, keras.metrics
ROUNDS = 5
records = {"loss": [], "metric": []}


def encode(value):
    if value is None or isinstance(value, (bool, int, str, float)):
        return value
    if isinstance(value, (list, tuple)):
        items = [encode(v) for v in value]
        return {"$tuple": items} if isinstance(value, tuple) else items
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    value = np.asarray(value)
    return {"$tensor": {"dtype": value.dtype.name, "shape": list(value.shape), "data": base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()}}


def add(kind, target, **parts):
    record = {"kind": kind, "target": target, **parts, "test": "make_losses.py::random", "backend": "numpy"}
    record["id"] = hashlib.sha1(json.dumps(record).encode()).hexdigest()[:16]
    records[kind].append(record)


def form(made):
    return json.loads(json.dumps(keras.saving.serialize_keras_object(made)))


def one_of(*choices):
    return choices[int(rng.integers(len(choices)))]


def maybe():
    return bool(rng.integers(2))


def numbers(*shape, low=0.0, high=1.0):
    return rng.uniform(low, high, shape).astype("float32")


def bits(*shape):
    return rng.integers(0, 2, shape)


def shares(*shape):
    x = numbers(*shape) + 0.05
    return (x / x.sum(-1, keepdims=True)).astype("float32")


def one_hot(*shape):
    return np.eye(shape[-1], dtype="float32")[rng.integers(0, shape[-1], shape[:-1])]


def without(shape, axis):
    shape = list(shape)
    del shape[axis]
    return tuple(shape)


def loss(cls, y_true, y_pred, values, **settings):
    settings["reduction"] = one_of("sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "none", None)
    weights = [None, None, np.float32(2.5)]
    if values:
        weights += [numbers(*values), numbers(*values, 1), bits(*values).astype("float32")]
    if len(values) == 2:
        weights.append(numbers(values[0], 1))
    args = [y_true, y_pred] + [w for w in [one_of(*weights)] if w is not None]
    try:
        made = cls(**settings)
        result = np.asarray(made(*args))
    except Exception:
        return
    add("loss", cls.__name__, config=form(made), args=encode(args), kwargs={}, result=encode(result))


def metric(cls, batch, weight_shape, **settings):
    try:
        keras.backend.clear_session()
        made, updates, weighted = cls(**settings), [], one_of(0, 1, 1)
        for _ in range(int(rng.integers(1, 4))):
            args, named = batch(), {}
            if weighted and weight_shape is not None:
                named["sample_weight"] = rng.integers(0, 4, weight_shape) if made.dtype.startswith("int") else numbers(*weight_shape)
            made.update_state(*args, **named)
            updates.append([encode(list(args)), encode(named)])
        result = np.asarray(made.result()).astype("float32")
    except Exception:
        return
    add("metric", cls.__name__, config=form(made), updates=updates, result=encode(result))


def losses():
    shape = one_of((4, 3), (5, 1), (2, 3, 4), (6,), (3, 2, 2, 2))
    for cls in (L.MeanSquaredError, L.MeanAbsoluteError, L.MeanAbsolutePercentageError, L.MeanSquaredLogarithmicError, L.LogCosh):
        loss(cls, numbers(*shape, low=-1, high=2), numbers(*shape, low=-1, high=2), shape[:-1])
    for cls in (L.Poisson, L.KLDivergence):
        loss(cls, numbers(*shape), numbers(*shape), shape[:-1])
    for cls in (L.Hinge, L.SquaredHinge):
        loss(cls, one_of(bits(*shape), bits(*shape) * 2 - 1, bits(*shape).astype("float32")), numbers(*shape, low=-1, high=2), shape[:-1])
    loss(L.Huber, numbers(*shape, low=-2, high=2), numbers(*shape, low=-2, high=2), shape[:-1], delta=one_of(0.1, 0.5, 1.0, 2.0))
    logits, axis = maybe(), one_of(-1, -1, 0)
    y_pred = numbers(*shape, low=-3, high=3) if logits else numbers(*shape)
    y_true = one_of(bits(*shape), numbers(*shape), bits(*shape).astype("bool"))
    common = {"from_logits": logits, "label_smoothing": one_of(0.0, 0.1, 0.3), "axis": axis}
    loss(L.BinaryCrossentropy, y_true, y_pred, without(shape, axis), **common)
    loss(L.BinaryFocalCrossentropy, y_true, y_pred, without(shape, axis), gamma=one_of(0.0, 1.0, 3.5), alpha=one_of(0.25, 0.6), apply_class_balancing=maybe(), **common)

    shape = one_of((4, 3), (2, 3, 4))
    axis = one_of(-1, 1, 0)
    loss(L.CosineSimilarity, numbers(*shape, low=-1), numbers(*shape, low=-1), without(shape, axis), axis=axis)
    loss(L.CategoricalHinge, one_hot(*shape), numbers(*shape, low=-1), shape[:-1])
    axis = one_of(-1, -1, 1)
    y_true, y_pred = one_of(one_hot(*shape), shares(*shape)), numbers(*shape, low=-3, high=3) if logits else one_of(shares(*shape), numbers(*shape))
    common = {"from_logits": logits, "label_smoothing": one_of(0.0, 0.1, 0.3), "axis": axis}
    loss(L.CategoricalCrossentropy, y_true, y_pred, without(shape, axis), **common)
    loss(L.CategoricalFocalCrossentropy, y_true, y_pred, without(shape, axis), gamma=one_of(0.0, 1.0, 2.0), alpha=one_of(0.25, 0.6), **common)
    loss(L.CategoricalFocalCrossentropy, y_true, y_pred, shape[:-1], alpha=[float(a) for a in numbers(shape[-1])], from_logits=logits)
    y_true, ignored = rng.integers(0, shape[axis], without(shape, axis)), one_of(None, -1, 1)
    if ignored == -1:
        y_true[rng.random(y_true.shape) < 0.3] = -1
    y_true = one_of(y_true, y_true.astype("float32"), np.expand_dims(y_true, axis))
    loss(L.SparseCategoricalCrossentropy, y_true, y_pred if logits else shares(*shape), without(shape, axis), from_logits=logits, ignore_class=ignored, axis=axis)
    loss(L.CategoricalGeneralizedCrossEntropy, rng.integers(0, shape[-1], shape[:-1]), shares(*shape), shape[:-1], q=one_of(0.2, 0.5, 0.9))
    axis = one_of(None, (1,), tuple(range(1, len(shape))), (-1,))
    gone = [a % len(shape) for a in axis] if axis else range(len(shape))
    values = tuple(d for i, d in enumerate(shape) if i not in gone)
    loss(L.Dice, bits(*shape).astype("float32"), numbers(*shape), values, axis=axis)
    loss(L.Tversky, bits(*shape).astype("float32"), numbers(*shape), values, axis=axis, alpha=one_of(0.3, 0.5, 1.0), beta=one_of(0.7, 0.5, 0.0))
    vectors = numbers(6, 4, low=-1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    loss(L.Circle, one_of(rng.integers(0, 3, 6), rng.integers(0, 3, (6, 1))), vectors, (6,), gamma=one_of(2.0, 16.0, 80.0), margin=one_of(0.1, 0.4), remove_diagonal=maybe())


def mean_metrics(n):
    for cls in (M.MeanSquaredError, M.MeanAbsoluteError, M.MeanAbsolutePercentageError, M.MeanSquaredLogarithmicError, M.LogCoshError, M.RootMeanSquaredError, M.CosineSimilarity, M.PearsonCorrelation, M.ConcordanceCorrelation):
        shape = one_of((n, 3), (n, 2, 4))
        settings = {"axis": one_of(-1, 1)} if cls in (M.PearsonCorrelation, M.ConcordanceCorrelation) else {}
        metric(cls, lambda: (numbers(*shape, low=-1), numbers(*shape, low=-1)), one_of((n,), shape[:-1], (n, 1)), **settings)
    for cls in (M.Poisson, M.KLDivergence):
        metric(cls, lambda: (numbers(n, 3), numbers(n, 3)), (n,))
    for cls in (M.Hinge, M.SquaredHinge, M.BinaryAccuracy, M.BinaryCrossentropy):
        shape = one_of((n, 3), (n, 2, 4))
        settings = {M.BinaryAccuracy: {"threshold": one_of(0.3, 0.5, 0.9)}, M.BinaryCrossentropy: {"from_logits": maybe(), "label_smoothing": one_of(0.0, 0.2)}}.get(cls, {})
        low = -2 if settings.get("from_logits") else 0
        metric(cls, lambda: (bits(*shape), numbers(*shape, low=low)), one_of((n,), shape[:-1]), **settings)
    metric(M.Accuracy, lambda: (rng.integers(0, 3, (n, 3)), rng.integers(0, 3, (n, 3))), one_of((n,), (n, 3)))
    for cls in (M.CategoricalHinge, M.CategoricalAccuracy, M.CategoricalCrossentropy, M.TopKCategoricalAccuracy):
        shape = one_of((n, 3), (n, 2, 4))
        settings = {M.CategoricalCrossentropy: {"from_logits": maybe(), "label_smoothing": one_of(0.0, 0.2)}, M.TopKCategoricalAccuracy: {"k": one_of(1, 2)}}.get(cls, {})
        metric(cls, lambda: (one_hot(*shape), numbers(*shape, low=-2) if settings.get("from_logits") else shares(*shape)), one_of((n,), shape[:-1]), **settings)
    for cls in (M.SparseCategoricalAccuracy, M.SparseCategoricalCrossentropy, M.SparseTopKCategoricalAccuracy):
        shape, wide, ignored, by_number = one_of((n, 4), (n, 3, 4)), maybe(), one_of(None, -1, 2), maybe()
        settings = {M.SparseCategoricalCrossentropy: {"from_logits": maybe(), "ignore_class": ignored}, M.SparseTopKCategoricalAccuracy: {"k": one_of(1, 2, 3), "from_sorted_ids": by_number}}.get(cls, {})

        def batch():
            y_true = rng.integers(0, 4, shape[:-1])
            if settings.get("ignore_class") == -1:
                y_true[rng.random(y_true.shape) < 0.3] = -1
            y_pred = np.argsort(-numbers(*shape), -1).astype("int32") if settings.get("from_sorted_ids") else shares(*shape)
            return (y_true[..., None] if wide else y_true), y_pred

        metric(cls, batch, one_of((n,), shape[:-1]), **settings)
    for cls in (M.Mean, M.Sum):
        shape = one_of((n,), (n, 3), (n, 2, 2), ())
        metric(cls, lambda: (numbers(*shape, low=-2),), one_of(shape, shape[:1]))


def confusion_metrics(n):
    for cls in (M.TruePositives, M.TrueNegatives, M.FalsePositives, M.FalseNegatives, M.Precision, M.Recall):
        shape, settings = one_of((n,), (n, 1), (n, 4)), {"thresholds": one_of(None, 0.3, [0.5], [0.2, 0.5, 0.8], [0.0, 0.5, 1.0])}
        if cls in (M.Precision, M.Recall) and shape == (n, 4):
            settings |= {"top_k": one_of(None, 1, 3), "class_id": one_of(None, 0, 3)}
        metric(cls, lambda: (bits(*shape), numbers(*shape, low=-0.1, high=1.1)), one_of((n,), (n, 1) if len(shape) == 2 else shape), **settings)
    for cls, name in ((M.SensitivityAtSpecificity, "specificity"), (M.SpecificityAtSensitivity, "sensitivity"), (M.PrecisionAtRecall, "recall"), (M.RecallAtPrecision, "precision")):
        shape = one_of((8,), (8, 1), (8, 3))
        settings = {name: one_of(0.0, 0.3, 0.5, 0.8), "num_thresholds": one_of(1, 2, 3, 10, 200), "class_id": one_of(None, 0, 2) if shape == (8, 3) else None}
        metric(cls, lambda: (bits(*shape), numbers(*shape)), one_of((8,), (8, 1) if len(shape) == 2 else shape), **settings)
    for curve in ("ROC", "PR", "PRGAIN"):
        for summation in ("interpolation", "minoring", "majoring"):
            several = maybe()
            shape = (8, 3) if several else one_of((8,), (8, 1), (8, 3))
            settings = {"curve": curve, "summation_method": summation, "multi_label": several, "from_logits": maybe()}
            settings |= one_of({"num_thresholds": one_of(2, 3, 20, 200)}, {"thresholds": one_of([0.5], [0.7, 0.1, 0.4], [0.25, 0.5, 0.75])})
            if several:
                settings["num_labels"] = one_of(None, 3)
            if shape == (8, 3):
                settings["label_weights"] = one_of(None, [0.2, 1.0, 0.7])
            metric(M.AUC, lambda: (bits(*shape), numbers(*shape, low=-4, high=4) if settings["from_logits"] else numbers(*shape)), one_of((8,), (8, 1) if len(shape) == 2 else shape, shape), **settings)


def other_metrics(n):
    for cls in (M.FBetaScore, M.F1Score):
        settings = {"average": one_of(None, "micro", "macro", "weighted"), "threshold": one_of(None, 0.3, 0.8)} | ({"beta": one_of(0.5, 2.0)} if cls is M.FBetaScore else {})
        metric(cls, lambda: (one_of(bits(n, 3), one_hot(n, 3)), numbers(n, 3)), one_of((n,), (n, 1), (n, 3)), **settings)
    outputs = one_of(1, 2, 3)
    metric(M.R2Score, lambda: (numbers(n, outputs), numbers(n, outputs)), one_of((n,), (n, 1), (n, outputs)), class_aggregation=one_of("uniform_average", "variance_weighted_average", None), num_regressors=one_of(0, 1, 7))
    for cls in (M.IoU, M.MeanIoU, M.OneHotIoU, M.OneHotMeanIoU):
        shape, settings = one_of((n,), (n, 2)), {"num_classes": 3, "ignore_class": one_of(None, -1, 0, 2), "sparse_y_pred": maybe(), "dtype": one_of(None, "float32")}
        if cls in (M.IoU, M.OneHotIoU):
            settings["target_class_ids"] = one_of([0], [1, 2])
        if cls in (M.IoU, M.MeanIoU):
            settings["sparse_y_true"] = maybe()
        sparse = settings.get("sparse_y_true", False)
        metric(cls, lambda: (rng.integers(0, 3, shape) if sparse else one_hot(*shape, 3), rng.integers(0, 3, shape) if settings["sparse_y_pred"] else numbers(*shape, 3)), shape, **settings)
    metric(M.BinaryIoU, lambda: (bits(n), numbers(n)), (n,), target_class_ids=one_of([0], [1], [0, 1]), threshold=one_of(0.3, 0.5))


for _ in range(ROUNDS):
    n = int(rng.integers(3, 7))
    losses()
    mean_metrics(n)
    confusion_metrics(n)
    other_metrics(n)
for kind, found in records.items():
    with gzip.open(f"{sys.argv[1]}/{kind}_random.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(r) + "\n" for r in found)
    print(kind, len(found))
