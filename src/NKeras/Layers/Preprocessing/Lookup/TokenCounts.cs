using System.Runtime.InteropServices;

namespace NKeras.Layers.Preprocessing;

/// <summary>How often tokens have been seen while a layer adapts, and in how many documents.</summary>
/// <typeparam name="TToken">What a token is.</typeparam>
/// <param name="countsDocuments">Whether documents are counted, too.</param>
internal sealed class TokenCounts<TToken>(bool countsDocuments)
    where TToken : notnull
{
    private readonly Dictionary<TToken, long> _counts = [];
    private readonly Dictionary<TToken, long> _documents = [];
    private readonly HashSet<TToken> _inDocument = [];

    /// <summary>Whether no token has been seen.</summary>
    public bool IsEmpty => _counts.Count == 0;

    /// <summary>The number of documents.</summary>
    public long DocumentCount { get; private set; }

    /// <summary>Takes in the tokens of a document.</summary>
    public void Add(ReadOnlySpan<TToken> document)
    {
        foreach (TToken token in document) Count(_counts, token);
        if (!countsDocuments) return;
        DocumentCount++;
        _inDocument.Clear();
        foreach (TToken token in document)
        {
            if (_inDocument.Add(token)) Count(_documents, token);
        }
    }

    /// <summary>The number of documents that hold a token.</summary>
    public long DocumentsWith(TToken token) => _documents.GetValueOrDefault(token);

    /// <summary>All tokens but some, the most frequent first; of equally frequent ones the last in the order of tokens.</summary>
    public TToken[] MostFrequent(IEnumerable<TToken> except)
    {
        foreach (TToken token in except) _counts.Remove(token);
        KeyValuePair<TToken, long>[] all = [.. _counts];
        Array.Sort(all, (a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : TokenOrder.Compare(b.Key, a.Key));
        return Array.ConvertAll(all, p => p.Key);
    }

    private static void Count(Dictionary<TToken, long> counts, TToken token) => CollectionsMarshal.GetValueRefOrAddDefault(counts, token, out _)++;
}
