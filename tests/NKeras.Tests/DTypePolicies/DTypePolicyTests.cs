using System.Text.Json.Nodes;
using NKeras.DTypePolicies;
using NKeras.Layers;

namespace NKeras.Tests.DTypePolicies;

[Collection(NamesCollection.Name)]
public sealed class DTypePolicyTests
{
    [Theory]
    [InlineData("float32", "float32", "float32", null)]
    [InlineData("mixed_bfloat16", "bfloat16", "float32", null)]
    [InlineData("int8_from_mixed_bfloat16", "bfloat16", "float32", "int8")]
    [InlineData("int4_from_float32", "float32", "float32", "int4")]
    [InlineData("int4/64_from_float32", "float32", "float32", "int4")]
    [InlineData("float8_from_mixed_float16", "float16", "float32", "float8")]
    [InlineData("ternary_from_float64", "float64", "float64", "ternary")]
    [InlineData("gptq/2/32_from_float32", "float32", "float32", "gptq")]
    [InlineData("awq/4/-1_from_float32", "float32", "float32", "awq")]
    public void ANameSaysEverything(string name, string compute, string variable, string? mode)
    {
        DTypePolicy policy = name;
        Assert.Equal((name, compute, variable, mode), (policy.Name, policy.ComputeDType.Name, policy.VariableDType.Name, policy.QuantizationMode));
        DTypePolicy again = DTypePolicyFunctions.Deserialize(DTypePolicyFunctions.Serialize(policy));
        Assert.Equal(policy.GetType(), again.GetType());
        Assert.True(policy == again && policy.GetHashCode() == again.GetHashCode());
        Assert.Equal($"<{policy.GetType().Name} \"{name}\">", policy.ToString());
    }

    [Theory]
    [InlineData("float99")]
    [InlineData("mixed_int8")]
    [InlineData("int8")]
    [InlineData("int8_from_float16")]
    [InlineData("int8_from_float99")]
    [InlineData("int4/0_from_float32")]
    [InlineData("int4/x_from_float32")]
    [InlineData("gptq/5/32_from_float32")]
    [InlineData("gptq/4_from_float32")]
    [InlineData("awq/8/32_from_float32")]
    [InlineData("ternary_from_float32_from_float32")]
    public void OtherNamesAreErrors(string name) => Assert.ThrowsAny<ArgumentException>(() => DTypePolicyFunctions.Get(name));

    [Fact]
    public void PoliciesDifferByWhatTheySay()
    {
        Assert.True(new DTypePolicy("float32") == new FloatDTypePolicy("float32"));
        Assert.Equal("<DTypePolicy \"float32\">", new FloatDTypePolicy("float32").ToString());
        Assert.False(new DTypePolicy("float32") == new DTypePolicy("float64"));
        Assert.False(new Int4DTypePolicy("int4/8", "float32") == new Int4DTypePolicy("int4/16", "float32"));
        Assert.True(new Int4DTypePolicy("int4/None", "float32") == new Int4DTypePolicy("int4/-1", "float32"));
        Assert.False(new QuantizedFloat8DTypePolicy("float8", "float32", 8) == new QuantizedFloat8DTypePolicy("float8", "float32"));
        Assert.False(new DTypePolicy("float32") == null);
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantizedFloat8DTypePolicy("float8", "float32", 0));
        Assert.ThrowsAny<ArgumentException>(() => new QuantizedDTypePolicy("int3", "float32"));
    }

    [Fact]
    public void WithoutANameThePolicyIsTheGlobalOne()
    {
        try
        {
            Config.SetDTypePolicy("mixed_bfloat16");
            Assert.Equal("mixed_bfloat16", new DTypePolicy().Name);
            Assert.Equal("int8_from_mixed_bfloat16", new QuantizedDTypePolicy("int8").Name);
            Assert.Equal("mixed_bfloat16", DTypePolicyFunctions.Get(null).Name);
        }
        finally
        {
            Config.SetDTypePolicy("float32");
        }
    }

    [Fact]
    public void InputsAreBroughtToAType()
    {
        DTypePolicy policy = "mixed_float16";
        Tensor x = Ops.Ones([2]);
        Assert.Equal(DType.Float16, policy.ConvertInput(x, true, DType.Float16).DType);
        Assert.Same(x, policy.ConvertInput(x, false, DType.Float16));
        Assert.Equal(DType.Int32, policy.ConvertInput(Ops.Cast(x, "int32"), true, DType.Float16).DType);
    }

    [Theory]
    [InlineData("mixed_float16", "float16")]
    [InlineData("mixed_bfloat16", "bfloat16")]
    public void MixedPrecisionComputesInHalfAndKeepsWeightsInFloat32(string name, string half)
    {
        Dense dense = new(3, dtype: name);
        Tensor y = dense.Apply(Tensor.From([1f, 2.0005f], [1, 2]));
        Assert.Equal(half, y.DType.Name);
        Assert.All(dense.Weights, w => Assert.Equal(DType.Float32, w.DType));
        Assert.Equal(half, dense.Apply(new KerasTensor([null, 2])).DType.Name);

        // As if everything were rounded to half precision first.
        Tensor expected = Ops.Matmul(Ops.Cast(Tensor.From([1f, 2.0005f], [1, 2]), half), Ops.Cast(dense.Kernel, half));
        Assert.Equal(Ops.Cast(expected, "float32").ToArray<float>(), Ops.Cast(y, "float32").ToArray<float>());

        Embedding embedding = new(4, 3, dtype: name);
        Tensor vectors = embedding.Apply(Tensor.From([1, 3], [1, 2]));
        Assert.Equal(half, vectors.DType.Name);
        Assert.Equal(DType.Float32, embedding.Embeddings.DType);
        Tensor rows = Ops.Cast(Ops.Take(embedding.Embeddings, Tensor.From([1, 3], [1, 2]), 0), half);
        Assert.Equal(Ops.Cast(rows, "float32").ToArray<float>(), Ops.Cast(vectors, "float32").ToArray<float>());

        // Whole numbers stay what they are: half precision has no 40001.
        Embedding many = new(40002, 1, embeddingsInitializer: "zeros", dtype: name);
        many.Build();
        many.Embeddings.Assign(Ops.Reshape(Ops.Cast(Ops.Equal(Ops.Arange(40002), 40001), "float32"), [40002, 1]));
        Assert.Equal([1f], Ops.Cast(many.Apply(Tensor.From([40001], [1])), "float32").ToArray<float>());
    }

    [Fact]
    public void AMapHasAPolicyForEachPath()
    {
        DTypePolicyMap map = new("float32") { ["encoder/dense"] = "bfloat16", ["encoder/.*"] = "float16", ["decoder"] = "int8_from_float32" };
        Assert.Equal(["bfloat16", "float16", "float32", "int8_from_float32"], ((string[])["encoder/dense", "encoder/attention/query", "decoder/attention", "decoder"]).Select(p => map[p].Name));
        Assert.Equal("map_float32", map.Name);
        map["encoder/attention/.*"] = "bfloat16";
        Assert.Contains("encoder/attention/.*", Assert.Throws<ArgumentException>(() => map["encoder/attention/query"]).Message);
        Assert.Throws<ArgumentException>(() => map["decoder"] = "float32");
        Assert.True(map.Remove("encoder/attention/.*"));
        Assert.Throws<ArgumentException>(() => new DTypePolicyMap(map));
        Assert.Throws<ArgumentException>(() => new DTypePolicyMap(null) { ["("] = "float32" }["a"]);
        Assert.True(DTypePolicyFunctions.Deserialize(DTypePolicyFunctions.Serialize(map)) == map);
    }

    [Fact]
    public void LayersInsideFindTheirPolicyInAMap()
    {
        DTypePolicyMap map = new("float32") { ["attention/query"] = "int8_from_float32" };
        MultiHeadAttention attention = new(2, 4, dtype: map, name: "attention");
        Tensor x = Ops.Ones([1, 3, 4]);
        Assert.Equal(DType.Float32, attention.Apply(x, x).DType);
        Assert.Equal(["attention/query/kernel"], attention.Weights.Where(w => w.DType == DType.Int8).Select(w => w.Path));
        // A layer that is quantized later is noted in the map, which the outer layer's configuration holds.
        attention.AllSubLayers.OfType<EinsumDense>().Single(l => l.Name == "key").Quantize("int8");
        Assert.Equal("int8_from_float32", map["attention/key"].Name);
        MultiHeadAttention again = Layer.FromConfig<MultiHeadAttention>(attention.GetConfig());
        _ = again.Apply(x, x);
        Assert.Equal(attention.Weights.Select(w => $"{w.Path} {w.DType}"), again.Weights.Select(w => $"{w.Path} {w.DType}"));
    }

    [Fact]
    public void APolicyIsPartOfALayersConfiguration()
    {
        Dense dense = new(3, dtype: new QuantizedFloat8DTypePolicy("float8", "mixed_bfloat16", 16), name: "d");
        JsonNode? form = dense.GetConfig()["dtype"];
        Assert.Equal("""{"module":"keras.dtype_policies","class_name":"QuantizedFloat8DTypePolicy","config":{"mode":"float8","source_name":"mixed_bfloat16","amax_history_length":16},"registered_name":null}""", form!.ToJsonString());
        Assert.True(Layer.FromConfig<Dense>(dense.GetConfig()).DTypePolicy == dense.DTypePolicy);
    }
}
