using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>HDF5 files that lead elsewhere, lie or never end (make_hostile.py): as weights, and within an archive.</summary>
public class HostileWeightsTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "external_link", "external link" },
        { "external_link_absolute", "external link" },
        { "external_link_group", "external link" },
        { "soft_link", "soft link" },
        { "soft_link_group", "soft link" },
        { "soft_link_to_itself", "soft link" },
        { "external_storage", "external" },
        { "external_storage_absolute", "external" },
        { "virtual", "virtual" },
        { "virtual_same_file", "virtual" },
        { "huge", "shape (3, 2)" },
        { "huge_flat", "shape (3, 2)" },
        { "huge_product", "too large" },
        { "no_elements", "shape (3, 2)" },
        { "zero_elements", "shape (0, 2)" },
        { "cycle", "within itself" },
        { "cycle_for_array", "within itself" },
        { "array_for_group", "has 2 variables" },
        { "group_for_array", "has 2 variables" },
        { "another_shape", "shape (2, 3)" },
        { "another_rank", "shape (3, 2, 1)" },
        { "texts", "no numbers" },
        { "references", "no numbers" },
        { "lists", "no numbers" },
        { "compound", "no numbers" },
        { "complex", "no numbers" },
        { "opaque_16_bytes", "no numbers" },
        { "bfloat16_wide", "no numbers" },
        { "bfloat16_lie", "no numbers" },
        { "chunk_huge", "chunk" },
        { "chunk_bomb", "chunk" },
        { "chunk_short", "chunk" },
        { "chunk_damaged", "chunk" },
        { "fletcher", "checksum" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void AsWeightsTheyAreRefusedWithTheLayerAndTheReason(string file, string reason) =>
        HostileFile.RefusedAsWeights(HostileFile.Recorded(file), "hostile.weights.h5", "layer 'dense'", "layers/dense", reason);

    [Theory]
    [MemberData(nameof(Files))]
    public void WithinAnArchiveTheyAreRefused(string file, string reason) =>
        HostileFile.RefusedAsModel(HostileFile.ArchiveOf(HostileFile.Config(), weights: HostileFile.Recorded(file)), "layer 'dense'", reason);

    [Theory]
    [MemberData(nameof(Files))]
    public void WhatIsSkippedStaysAsItIs(string file, string reason)
    {
        _ = reason;
        using TemporaryFolder folder = new();
        string path = folder.Write("hostile.weights.h5", HostileFile.Recorded(file));
        Model model = HostileFile.Small();
        float[] kernel = model.GetWeights()[0].ToArray<float>();
        try
        {
            model.LoadWeights(path, skipMismatch: true, policy: HostileFile.Policy);
        }
        catch (ModelFileException)
        {
            // Damage may be refused all the same.
        }

        Assert.Equal(kernel, model.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void TheFileThatTheyAreMadeOfIsRead()
    {
        using TemporaryFolder folder = new();
        Model model = HostileFile.Small();
        model.LoadWeights(folder.Write("a.weights.h5", HostileFile.Recorded("good")), policy: HostileFile.Policy);
        Assert.Equal([0, 1, 2, 3, 4, 5], model.GetWeights()[0].ToArray<float>());
        Assert.Equal([1, 1], model.GetWeights()[1].ToArray<float>());
    }

    [Fact]
    public void OfAFileThatIsCutOffNothingIsTaken()
    {
        byte[] good = HostileFile.Recorded("good");
        for (int length = 0; length < good.Length; length += 211) HostileFile.RefusedAsWeights(good[..length], "cut.weights.h5");
    }
}
