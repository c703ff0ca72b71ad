namespace NKeras.Hdf5.Reading;

/// <summary>What is wrong with a file, before it is known which object is being read: <see cref="Guard"/> makes an <see cref="Hdf5Exception"/> of it.</summary>
internal sealed class BadContent(string message, Exception? innerException = null) : Exception(message, innerException);
