"""Makes the files that the fuzzer damages: small models saved by Keras 3.16 (numpy backend), and files as Keras 1 and 2 wrote them, by h5py 3.7."""
import gzip, json, os, tempfile
import h5py, numpy as np
import sys
sys.path.insert(0, "/tmp/oracle")
import setup_keras
import keras
from keras import layers


def keep(name, path):
    content = open(path, "rb").read()
    with open(f"{name}.gz", "wb") as out:
        out.write(gzip.compress(content, 9, mtime=0))
    print(name, len(content))


def graph():
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    shared = layers.Dense(3, activation="relu", kernel_regularizer="l2", name="shared")
    x = layers.Add(name="add")([shared(a), shared(b)])
    x = layers.BatchNormalization(name="norm")(x) * 2.0
    x = layers.Dropout(0.5, seed=1, name="drop")(x)
    model = keras.Model([a, b], layers.Dense(2, activation="softmax", name="out")(x), name="graph")
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    model.optimizer.build(model.trainable_variables)
    return model


def chain():
    model = keras.Sequential([keras.Input((6,)), layers.Embedding(5, 3, name="embed"), layers.LSTM(2, name="lstm"), layers.Dense(1, name="out")], name="chain")
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "mse")
    model.optimizer.build(model.trainable_variables)
    return model


keras.utils.set_random_seed(1)
folder = tempfile.mkdtemp()
for make in (graph, chain):
    model, name = make(), make.__name__
    for ending in ("keras", "weights.h5", "h5"):
        path = os.path.join(folder, f"{name}.{ending}")
        model.save_weights(path) if ending == "weights.h5" else model.save(path)
        keep(f"{name}.{ending}", path)
    path = os.path.join(folder, f"{name}.json")
    open(path, "w").write(model.to_json())
    keep(f"{name}.json", path)


def legacy(name, version, config, weights, training=None, texts=str):
    """A whole model as Keras 1 and 2 wrote it: weights is a list of layers with their named arrays."""
    path = os.path.join(folder, name)
    with h5py.File(path, "w") as f:
        f.attrs["keras_version"] = np.bytes_(version) if texts is bytes else version
        f.attrs["backend"] = np.bytes_("tensorflow") if texts is bytes else "tensorflow"
        f.attrs["model_config"] = np.bytes_(json.dumps(config)) if texts is bytes else json.dumps(config)
        if training:
            f.attrs["training_config"] = np.bytes_(json.dumps(training)) if texts is bytes else json.dumps(training)
        group = f.create_group("model_weights")
        group.attrs["layer_names"] = np.array([n.encode() for n, _ in weights])
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = version.encode()
        for layer, arrays in weights:
            inner = group.create_group(layer)
            inner.attrs["weight_names"] = np.array([n.encode() for n, _ in arrays]) if arrays else np.array([])
            for n, value in arrays:
                inner.create_dataset(n, data=np.asarray(value, "float32"))
    keep(name, path)


dense = [("d1", [("d1/kernel:0", np.ones((4, 3))), ("d1/bias:0", np.zeros(3))]), ("act", []), ("d2", [("d2/kernel:0", np.ones((3, 2))), ("d2/bias:0", np.zeros(2))])]
legacy("keras2_sequential.h5", "2.2.4", {"class_name": "Sequential", "config": {"name": "seq", "layers": [
    {"class_name": "Dense", "config": {"name": "d1", "trainable": True, "batch_input_shape": [None, 4], "dtype": "float32", "units": 3, "activation": "relu", "use_bias": True,
        "kernel_initializer": {"class_name": "VarianceScaling", "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None}},
        "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": None, "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None, "bias_constraint": None}},
    {"class_name": "Activation", "config": {"name": "act", "trainable": True, "activation": "tanh"}},
    {"class_name": "Dense", "config": {"name": "d2", "trainable": True, "units": 2, "activation": "softmax", "use_bias": True}}]}}, dense,
    {"optimizer_config": {"class_name": "SGD", "config": {"lr": 0.01, "momentum": 0.0, "decay": 0.0, "nesterov": False}}, "loss": "mse", "metrics": ["acc"], "sample_weight_mode": None, "loss_weights": None}, bytes)
legacy("keras2_graph.h5", "2.4.0", {"class_name": "Functional", "config": {"name": "g", "layers": [
    {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 4], "dtype": "float32", "sparse": False, "ragged": False, "name": "in"}, "name": "in", "inbound_nodes": []},
    {"class_name": "Dense", "config": {"name": "d1", "trainable": True, "dtype": "float32", "units": 3, "activation": "relu", "use_bias": True}, "name": "d1", "inbound_nodes": [[["in", 0, 0, {}]]]},
    {"class_name": "Activation", "config": {"name": "act", "trainable": True, "dtype": "float32", "activation": "tanh"}, "name": "act", "inbound_nodes": [[["d1", 0, 0, {}]]]},
    {"class_name": "Dense", "config": {"name": "d2", "trainable": True, "dtype": "float32", "units": 2, "activation": "softmax", "use_bias": True}, "name": "d2", "inbound_nodes": [[["act", 0, 0, {}]]]}],
    "input_layers": [["in", 0, 0]], "output_layers": [["d2", 0, 0]]}}, [("in", [])] + dense)
legacy("keras1_sequential.h5", "1.2.2", {"class_name": "Sequential", "config": [
    {"class_name": "Dense", "config": {"name": "d1", "trainable": True, "batch_input_shape": [None, 4], "input_dtype": "float32", "output_dim": 3, "input_dim": 4, "init": "glorot_uniform", "activation": "relu", "bias": True,
        "W_regularizer": None, "b_regularizer": None, "activity_regularizer": None, "W_constraint": None, "b_constraint": None}},
    {"class_name": "Activation", "config": {"name": "act", "trainable": True, "activation": "tanh"}},
    {"class_name": "Dense", "config": {"name": "d2", "trainable": True, "output_dim": 2, "input_dim": 3, "init": "glorot_uniform", "activation": "softmax", "bias": True}}]},
    [("d1", [("d1_W", np.ones((4, 3))), ("d1_b", np.zeros(3))]), ("act", []), ("d2", [("d2_W", np.ones((3, 2))), ("d2_b", np.zeros(2))])], None, bytes)
