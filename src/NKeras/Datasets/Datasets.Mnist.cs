using NKeras.Npy;

namespace NKeras;

public static partial class Datasets
{
    /// <summary>MNIST: 70,000 handwritten digits, 28×28 pixels each.</summary>
    /// <remarks>
    /// Yann LeCun and Corinna Cortes hold the copyright of MNIST, which derives from the original NIST datasets. Terms: Creative
    /// Commons Attribution-Share Alike 3.0. The file is the one that Python Keras uses, in the same cache folder.
    /// </remarks>
    public static class Mnist
    {
        private const string Origin = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz";
        private const string Sha256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1";

        /// <summary>MNIST, downloaded (11 MB) the first time, and afterwards read from the cache.</summary>
        /// <param name="path">The file's name in the cache, <c>~/.keras/datasets</c> or <c>$KERAS_HOME/datasets</c>.</param>
        /// <returns>
        /// Images <c>X</c>, uint8 of shape (n, 28, 28) with values from 0 to 255, and digits <c>Y</c>, uint8 of shape (n,) with values
        /// from 0 to 9. There are 60,000 samples to train with, and 10,000 to test with.
        /// </returns>
        /// <exception cref="ArgumentException"><paramref name="path"/> leads out of the cache.</exception>
        /// <exception cref="IOException">The download failed; the cache is unchanged.</exception>
        /// <exception cref="InvalidDataException">The downloaded file's SHA-256 is not the one expected; the cache is unchanged.</exception>
        public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) LoadData(string path = "mnist.npz") =>
            LoadData(path, Origin, Sha256, cacheDir: null);

        /// <summary>The same from another server, for tests. The file must have the given hash, as ever.</summary>
        internal static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) LoadData(string path, string origin, string sha256, string? cacheDir)
        {
            string file = Utils.GetFile(path, origin, fileHash: sha256, hashAlgorithm: "sha256", cacheDir: cacheDir);
            using NpzFile npz = NpzFile.Open(file);
            return ((npz.Read("x_train"), npz.Read("y_train")), (npz.Read("x_test"), npz.Read("y_test")));
        }
    }
}
