namespace NKeras.Hdf5.Tests;

public class Hdf5GroupTests
{
    [Fact]
    public void MembersAreFoundByPath()
    {
        using Hdf5File file = Fixtures.Open("everyday");
        Hdf5Object kernel = file.Root[@"model_weights/dense\inner/dense/kernel:0"];
        Assert.Equal(@"/model_weights/dense\inner/dense/kernel:0", kernel.Path);
        Hdf5Group weights = (Hdf5Group)file.Root["model_weights"];
        Assert.Same(kernel, weights[@"dense\inner/dense/kernel:0"]);
        Assert.Same(kernel, weights[@"/model_weights//dense\inner/dense/kernel:0/"]);
        Assert.Same(file.Root, file.Root["/"]);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("types/missing")]
    [InlineData("types/le f4/within a dataset")]
    [InlineData("Types")]
    public void WhatIsNotThereIsNotFound(string path)
    {
        using Hdf5File file = Fixtures.Open("everyday");
        Assert.False(file.Root.TryGet(path, out Hdf5Object? member));
        Assert.Null(member);
        Assert.Contains(path, Assert.Throws<Hdf5Exception>(() => file.Root[path]).Message, StringComparison.Ordinal);
        Assert.Throws<Hdf5Exception>(() => file.Root.KindOf(path));
        Assert.Throws<ArgumentException>(() => file.Root.TryGet("", out _));
    }

    [Theory]
    [InlineData("links", "soft", Hdf5MemberKind.SoftLink, "'/soft': it is a soft link to '/group/data', which is refused")]
    [InlineData("links-latest", "soft", Hdf5MemberKind.SoftLink, "'/soft': it is a soft link to '/group/data', which is refused")]
    [InlineData("links", "external", Hdf5MemberKind.ExternalLink, "'/external': it is an external link to '/x' of the file 'other.h5', which is refused")]
    [InlineData("links-latest", "external", Hdf5MemberKind.ExternalLink, "'/external': it is an external link to '/x' of the file 'other.h5', which is refused")]
    [InlineData("links", "type", Hdf5MemberKind.NamedType, "'/type': it is a type with a name of its own")]
    public void LinksAreListedAndRefused(string fixture, string name, Hdf5MemberKind kind, string message)
    {
        using Hdf5File file = Fixtures.Open(fixture);
        Assert.Contains(name, file.Root.Names);
        Assert.Equal(kind, file.Root.KindOf(name));
        Assert.Contains(message, Assert.Throws<Hdf5Exception>(() => file.Root[name]).Message, StringComparison.Ordinal);
        Assert.Throws<Hdf5Exception>(() => file.Root.TryGet(name, out _));
    }

    [Theory]
    [InlineData("links")]
    [InlineData("links-latest")]
    public void GroupsWithinThemselvesAreRefused(string fixture)
    {
        using Hdf5File file = Fixtures.Open(fixture);
        Assert.Contains("'/group/loop': it is '/' again", Assert.Throws<Hdf5Exception>(() => file.Root["group/loop"]).Message, StringComparison.Ordinal);
        Assert.Contains("'/group/self': it is '/group' again", Assert.Throws<Hdf5Exception>(() => file.Root["group/self"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADatasetMayHaveTwoNames()
    {
        using Hdf5File file = Fixtures.Open("many");
        byte[] first = new byte[14], second = new byte[14];
        int index = Enumerable.Range(0, 40).Single(i => i * 11 % 40 == 7);
        Hdf5Dataset one = (Hdf5Dataset)file.Root["wide/d07"], other = (Hdf5Dataset)file.Root["again"];
        Assert.Equal([index], one.Shape!);
        Assert.Equal(one.Shape, other.Shape);
        first = new byte[one.Count * 2];
        second = new byte[one.Count * 2];
        one.Read(first);
        other.Read(second);
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("many-latest")]
    public void LimitsHold(string fixture)
    {
        using (Hdf5File file = Fixtures.Open(fixture, new Hdf5Limits { MaxDepth = 1 }))
            Assert.Contains("MaxDepth", Assert.Throws<Hdf5Exception>(() => file.Root["groups/layer_3"]).Message, StringComparison.Ordinal);
        using (Hdf5File file = Fixtures.Open(fixture, new Hdf5Limits { MaxObjects = 50 }))
            Assert.Contains("MaxObjects", Assert.Throws<Hdf5Exception>(() => file.Root["groups/layer_3"]).Message, StringComparison.Ordinal);
        using (Hdf5File file = Fixtures.Open(fixture, new Hdf5Limits { MaxMetadataBytes = 4000 }))
            Assert.Contains("MaxMetadataBytes", Assert.Throws<Hdf5Exception>(() => file.Root["wide"].Attributes.Values.Select(value => value.Name).ToArray()).Message, StringComparison.Ordinal);
    }
}
