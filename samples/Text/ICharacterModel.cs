using NKeras;

namespace Samples.Text;

/// <summary>A network that says for each character of a text which one may follow, and can read a text one character at a time.</summary>
public interface ICharacterModel
{
    /// <summary>The network that is trained: numbers of characters (batch, length) in, logits (batch, length, characters) out.</summary>
    Model Network { get; }

    /// <summary>Forgets what has been read.</summary>
    void Restart();

    /// <summary>Reads one more character.</summary>
    /// <returns>The logits of the one to follow, (1, characters).</returns>
    Tensor Read(int character);
}
