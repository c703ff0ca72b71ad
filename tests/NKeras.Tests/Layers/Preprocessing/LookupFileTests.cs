using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Tests.Saving;

namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Vocabularies in files: those that the caller names, and those that travel with models.</summary>
public sealed class LookupFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _texts = new[,] { { "b", "c" }, { "x", "a" } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AVocabularyIsReadFromAFile()
    {
        // test_vocabulary_file of string_lookup_test.py, test_vocabulary_from_file of integer_lookup_test.py.
        StringLookup layer = new(vocabulary: Written("a\nb\nc\n"), oovToken: "[OOV]", maskToken: "[MASK]");
        Assert.Equal(["[MASK]", "[OOV]", "a", "b", "c"], layer.GetVocabulary());
        Assert.Null(layer.GetConfig()["vocabulary"]);
        Assert.Equal([1, 2, 3, 0], new IntegerLookup(vocabulary: Written("10\n20\n30\n")).Apply(new[] { 10, 20, 30, 999 }).ToArray<long>());
        StringLookup set = new();
        set.SetVocabulary(Written("ä\r\n\r\n日本\r\n"));
        Assert.Equal(["ä", "", "日本"], set.GetVocabulary(includeSpecialTokens: false));
        // A mark of the encoding is no text.
        set.SetVocabulary(Written(Encoding.UTF8.GetPreamble(), Encoding.UTF8.GetBytes("x")));
        Assert.Equal(["[UNK]", "x"], set.GetVocabulary());
    }

    [Fact]
    public void AFileThatIsNoVocabularyIsRefused()
    {
        Refused(() => new StringLookup(vocabulary: "path/to/missing_vocab.txt", name: "l"), "path/to/missing_vocab.txt", "does not exist");
        Refused(() => new StringLookup(vocabulary: _folder.FullName, name: "l"), "does not exist");
        Refused(() => new StringLookup(vocabulary: "http://127.0.0.1:9/x", name: "l"), "does not exist");
        Refused(() => new StringLookup(vocabulary: Written([97, 10, 98, 0xC3, 0x28, 10], []), name: "l"), "line 2", "UTF-8");
        Refused(() => new StringLookup(vocabulary: Written([0xED, 0xA0, 0x80], []), name: "l"), "line 1", "UTF-8");
        Refused(() => new StringLookup(vocabulary: Written("\n\n"), name: "l"), "empty");
        Refused(() => new StringLookup(vocabulary: Written("a\nb\na"), name: "l"), "twice", "'a'");
        Refused(() => new StringLookup(vocabulary: Written("a"), outputMode: "tf_idf", idfWeights: [1], name: "l"), "tf_idf");
        Refused(() => new IntegerLookup(vocabulary: Written("1\ntwo\n"), name: "l"), "line 2", "two");
        Refused(() => new IntegerLookup(vocabulary: Written("9223372036854775808"), name: "l"), "line 1", "64 bits");
    }

    [Theory]
    [InlineData("int")]
    [InlineData("multi_hot")]
    [InlineData("tf_idf")]
    public void ALearnedVocabularyTravelsWithTheModel(string mode)
    {
        // test_saving of index_lookup_test.py; the layout is Keras's.
        StringLookup layer = new(outputMode: mode, maskToken: "", numOovIndices: 2, name: "words");
        layer.Adapt(new[,] { { "c", "a" }, { "c", "日本" } });
        Input input = new([2], dtype: "string");
        Model model = new(input, layer.Apply(input));
        string path = Path.Combine(_folder.FullName, "model.keras");
        model.Save(path);
        using (ZipArchive archive = ZipFile.OpenRead(path))
        {
            using StreamReader text = new(archive.GetEntry("assets/layers/string_lookup/vocabulary.txt")!.Open());
            Assert.Equal(mode == "int" ? "\n[UNK]\n[UNK]\nc\n日本\na" : "[UNK]\n[UNK]\nc\n日本\na", text.ReadToEnd());
            using StreamReader config = new(archive.GetEntry("config.json")!.Open());
            JsonNode saved = JsonNode.Parse(config.ReadToEnd())!["config"]!["layers"]![1]!["config"]!;
            Assert.Null(saved["vocabulary"]);
            Assert.Equal(mode == "int" ? 6 : 5, (int)saved["vocabulary_size"]!);
        }

        Model again = Model.Load(path);
        StringLookup loaded = (StringLookup)again.GetLayer("words");
        Assert.Equal(layer.GetVocabulary(), loaded.GetVocabulary());
        Assert.Equal(layer.IdfWeights?.ToArray<float>(), loaded.IdfWeights?.ToArray<float>());
        Assert.Equal(model.ToJson(), again.ToJson());
        Assert.Equal(Numbers(model.Predict(_texts, verbose: 0)), Numbers(again.Predict(_texts, verbose: 0)));
        // It may go on learning.
        if (mode == "int") loaded.Adapt(new[] { "new" });
    }

    [Fact]
    public void AVocabularyOfAFileTravelsToo()
    {
        // test_vocabulary_file: the file is not needed any more.
        string vocabulary = Written("a\nb\nc\n");
        Sequential model = new([new StringLookup(vocabulary: vocabulary, oovToken: "[OOV]", maskToken: "[MASK]", name: "index")]);
        Tensor expected = model.Apply(_texts);
        string path = Path.Combine(_folder.FullName, "model.keras");
        model.Save(path);
        File.Delete(vocabulary);
        Model again = Model.Load(path);
        Assert.Equal(["[MASK]", "[OOV]", "a", "b", "c"], ((StringLookup)again.GetLayer("index")).GetVocabulary());
        Assert.Equal(expected.ToArray<long>(), again.Predict(_texts, verbose: 0).ToArray<long>());
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("folder")]
    [InlineData("stream")]
    public void LearnedLayersComeBackFromEveryForm(string form)
    {
        StringLookup words = new(outputMode: "tf_idf", maxTokens: 9, padToMaxTokens: true);
        words.Adapt(new[,] { { "b", "a" }, { "b", "x" } });
        IntegerLookup places = new(maskToken: 0);
        Input text = new([2], dtype: "string"), number = new([2], dtype: "int32");
        Model model = new([text, number], [words.Apply(text), places.Apply(number)]);
        places.Adapt(new[] { 5, -7, 5 });
        SavedCopies.Check(model, Tensors.Create([_texts, (Tensor)new[,] { { 5, 0 }, { -7, 9 } }]), form);
    }

    [Fact]
    public void AssetsAreLikeKerass()
    {
        // test_save_and_load_assets_string_vocab, …_with_multiple_oov_indices, test_load_assets_handles_trailing_newlines of index_lookup_test.py.
        StringLookup layer = new(maxTokens: 10, numOovIndices: 2, maskToken: "<mask>", oovToken: "[OOV]");
        layer.SetVocabulary(["apple", "banana"]);
        Dictionary<string, byte[]> assets = [];
        layer.SaveAssets(assets);
        Assert.Equal("<mask>\n[OOV]\n[OOV]\napple\nbanana", Encoding.UTF8.GetString(Assert.Single(assets, a => a.Key == "vocabulary.txt").Value));
        foreach (string end in (string[])["", "\n", "\r\n\r\n"])
        {
            StringLookup again = new(maxTokens: 10, numOovIndices: 2, maskToken: "<mask>", oovToken: "[OOV]");
            again.LoadAssets(new Dictionary<string, byte[]> { ["vocabulary.txt"] = [.. assets["vocabulary.txt"], .. Encoding.UTF8.GetBytes(end)] });
            Assert.Equal(layer.GetVocabulary(), again.GetVocabulary());
        }

        // A vocabulary in the configuration needs no file.
        Dictionary<string, byte[]> none = [];
        new StringLookup(vocabulary: ["a"]).SaveAssets(none);
        Assert.Empty(none);
        StringLookup given = new(vocabulary: ["a"]);
        given.SetVocabulary(["b"]);
        given.SaveAssets(none);
        Assert.Equal("[UNK]\nb", Encoding.UTF8.GetString(none["vocabulary.txt"]));
        Assert.Null(given.GetConfig()["vocabulary"]);
    }

    [Fact]
    public void AssetsThatAreNoVocabularyAreRefused()
    {
        StringLookup texts = new(name: "l"), weighted = new(outputMode: "tf_idf", name: "l");
        IntegerLookup numbers = new(name: "l");
        Refused(() => texts.LoadAssets(Asset(new byte[] { 0xFF, 0xFE })), "UTF-8", "line 1");
        Refused(() => texts.LoadAssets(Asset("[UNK]\na\na")), "twice");
        Refused(() => texts.LoadAssets(new Dictionary<string, byte[]>()), "vocabulary.txt");
        Refused(() => numbers.LoadAssets(Asset("-1\n3\nx")), "line 3");
        weighted.LoadOwnVariables(new Dictionary<string, Tensor> { ["idf_weights"] = new[] { 1f, 2f } });
        Refused(() => weighted.LoadAssets(Asset("[UNK]\na\nb")), "2 idf_weights for 3");
        Refused(() => weighted.LoadOwnVariables(new Dictionary<string, Tensor> { ["idf_weights"] = new float[,] { { 1 } } }), "vector");
        Refused(() => weighted.LoadOwnVariables(new Dictionary<string, Tensor> { ["0"] = new[] { 1f } }), "idf_weights");
        StringLookup lines = new(name: "l");
        lines.SetVocabulary(["a\nb"]);
        Refused(() => lines.SaveAssets(new Dictionary<string, byte[]>()), "line break");

        static Dictionary<string, byte[]> Asset(object content) => new() { ["vocabulary.txt"] = content as byte[] ?? Encoding.UTF8.GetBytes((string)content) };
    }

    [Fact]
    public void ConfigurationsAreKerass()
    {
        // The entries of IndexLookup.get_config and StringLookup.get_config, in their order.
        StringLookup layer = new(vocabulary: ["a", "b", "c"], oovToken: "[OOV]", maskToken: "[MASK]", salt: 3, name: "s");
        Assert.Equal(
            """{"name":"s","trainable":true,"dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"},"registered_name":null},"invert":false,"max_tokens":null,"num_oov_indices":1,"oov_token":"[OOV]","mask_token":"[MASK]","output_mode":"int","sparse":false,"pad_to_max_tokens":false,"idf_weights":null,"vocabulary":["a","b","c"],"vocabulary_size":5,"oov_method":"floormod","salt":[3,3],"encoding":"utf-8"}""",
            layer.GetConfig().ToJsonString());
        IntegerLookup numbers = new(vocabulary: [1, 2], maskToken: 0, outputMode: "tf_idf", idfWeights: [0.5, 1], name: "i");
        Assert.Equal(
            """{"name":"i","trainable":true,"dtype":{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"},"registered_name":null},"invert":false,"max_tokens":null,"num_oov_indices":1,"oov_token":-1,"mask_token":0,"output_mode":"tf_idf","sparse":false,"pad_to_max_tokens":false,"vocabulary_dtype":"int64","idf_weights":[0.5,1],"vocabulary":[1,2],"vocabulary_size":3,"oov_method":"floormod","salt":null}""",
            numbers.GetConfig().ToJsonString());
        Assert.Equal(layer.GetConfig().ToJsonString(), Layer.FromConfig<StringLookup>(layer.GetConfig()).GetConfig().ToJsonString());
        IntegerLookup again = Layer.FromConfig<IntegerLookup>(numbers.GetConfig());
        Assert.Equal(numbers.GetConfig().ToJsonString(), again.GetConfig().ToJsonString());
        Assert.Equal(numbers.Apply(new[,] { { 1, 2, 7 } }).ToArray<float>(), again.Apply(new[,] { { 1, 2, 7 } }).ToArray<float>());
    }

    [Fact]
    public void ConfigurationsOfKeras2AreRead()
    {
        // As TensorFlow 2.4 to 2.15 wrote them.
        IntegerLookup values = Layer.FromConfig<IntegerLookup>(Parsed("""{"name": "i", "trainable": true, "dtype": "int64", "max_values": 10, "num_oov_indices": 1, "mask_value": 0, "oov_value": -1, "invert": false, "output_mode": "int"}"""));
        Assert.Equal((10, 0L, -1L), (values.MaxTokens!.Value, values.MaskToken!.Value, values.OovToken!.Value));
        StringLookup texts = Layer.FromConfig<StringLookup>(Parsed(
            """{"name": "s", "trainable": true, "dtype": "string", "batch_input_shape": [null, 1], "invert": false, "max_tokens": null, "num_oov_indices": 1, "oov_token": "[UNK]", "mask_token": "", "output_mode": "binary", "sparse": false, "pad_to_max_tokens": false, "vocabulary": ["a", "b"], "idf_weights": null, "encoding": "utf-8", "has_input_vocabulary": true, "vocabulary_size": 3}"""));
        Assert.Equal([0, 1, 1], texts.Apply(new[] { "a", "b", "" }).ToArray<float>());
        StringLookup listed = Layer.FromConfig<StringLookup>(Parsed("""{"name": "s", "dtype": "string", "vocabulary": {"class_name": "__tuple__", "items": ["a"]}, "output_mode": "tf-idf", "idf_weights": {"class_name": "__tuple__", "items": [0.5]} }"""));
        Assert.Equal([0.5f, 0.5f], listed.IdfWeights!.ToArray<float>());
        // Of a model that waits for its vocabulary the length of rows is known.
        StringLookup waiting = Layer.FromConfig<StringLookup>(Parsed("""{"name": "s", "output_mode": "multi_hot", "vocabulary": null, "vocabulary_size": 7}"""));
        Assert.Equal([null, 7], waiting.Apply(new Input([3], dtype: "string")).Shape);
        Assert.Equal(7, waiting.VocabularySize());
        Assert.Contains("vocabulary_size", Assert.ThrowsAny<ArgumentException>(() => Layer.FromConfig<StringLookup>(Parsed("""{"name": "s", "vocabulary_size": -7}"""))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StringLookup")]
    [InlineData("IntegerLookup")]
    public void AFileThatAConfigurationNamesIsNeverOpened(string className)
    {
        string path = Written("1\n2\n3\n");
        JsonObject config = new() { ["name"] = "l", ["vocabulary"] = path };
        Layer FromConfig() => className == "StringLookup" ? Layer.FromConfig<StringLookup>(config) : Layer.FromConfig<IntegerLookup>(config);
        Refused(() => FromConfig(), path, "never opened");
        config["vocabulary"] = "http://127.0.0.1:9/x";
        Refused(() => FromConfig(), "http://127.0.0.1:9/x", "never opened");
        string model = ModelText(className, path);
        Refused(() => Model.FromJson(model), "never opened");
        File.WriteAllText(Path.Combine(_folder.FullName, "model.json"), model);
        Refused(() => Model.Load(Path.Combine(_folder.FullName, "model.json")), "never opened");
    }

    [Fact]
    public void AnArchiveMayHoldWhatItsConfigurationNames()
    {
        // Keras before 3.12 writes the path that the constructor was given.
        string other = Written("1\n2\n3\n"), path = Path.Combine(_folder.FullName, "model.keras");
        StringLookup layer = new(name: "l");
        layer.SetVocabulary(["b", "a"]);
        Input input = new([2], dtype: "string", name: "in");
        new Model(input, layer.Apply(input), name: "m").Save(path);
        Rewrite(path, "config.json", c => c.Replace("\"vocabulary\":null", $"\"vocabulary\":\"{other}\"", StringComparison.Ordinal));
        Model again = Model.Load(path);
        Assert.Equal([1, 0, 0, 2], again.Predict(_texts, verbose: 0).ToArray<long>());
        Assert.Null(((StringLookup)again.GetLayer("l")).GetConfig()["vocabulary"]);
        // A vocabulary of another layer's is none.
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            archive.GetEntry("assets/layers/string_lookup/vocabulary.txt")!.Delete();
            using StreamWriter writer = new(archive.CreateEntry("assets/layers/dense/vocabulary.txt").Open());
            writer.Write("a");
        }

        Refused(() => Model.Load(path), other, "never opened");
    }

    private string ModelText(string className, string vocabulary)
    {
        Input input = new([2], dtype: className == "StringLookup" ? "string" : "int32", name: "in");
        Layer layer = className == "StringLookup" ? new StringLookup(vocabulary: ["a"], name: "l") : new IntegerLookup(vocabulary: [1], name: "l");
        JsonNode config = JsonNode.Parse(new Model(input, layer.Apply(input), name: "m").ToJson())!;
        config["config"]!["layers"]![1]!["config"]!["vocabulary"] = vocabulary;
        return config.ToJsonString();
    }

    private static void Rewrite(string path, string name, Func<string, string> change)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update);
        ZipArchiveEntry entry = archive.GetEntry(name)!;
        string text;
        using (StreamReader reader = new(entry.Open())) text = reader.ReadToEnd();
        string changed = change(text);
        Assert.NotEqual(text, changed);
        entry.Delete();
        using StreamWriter writer = new(archive.CreateEntry(name).Open());
        writer.Write(changed);
    }

    private static double[] Numbers(Tensor tensor) => Ops.Cast(tensor, DType.Float64).ToArray<double>();

    private static JsonObject Parsed(string json) => (JsonObject)JsonNode.Parse(json)!;

    private string Written(string text) => Written(Encoding.UTF8.GetBytes(text), []);

    private string Written(byte[] first, byte[] rest)
    {
        string path = Path.Combine(_folder.FullName, $"vocabulary_{Directory.GetFiles(_folder.FullName).Length}.txt");
        File.WriteAllBytes(path, [.. first, .. rest]);
        return path;
    }

    private static void Refused(Action action, params string[] words)
    {
        Exception? error = Record.Exception(action);
        string message = Assert.IsAssignableFrom<Exception>(error is ArgumentException or NKeras.Saving.ModelFileException ? error : null).Message;
        Assert.All(words.Prepend("'l'"), w => Assert.Contains(w, message, StringComparison.Ordinal));
    }
}
