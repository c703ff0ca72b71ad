using NKeras.Downloads;

namespace NKeras.Tests;

/// <summary>Alone in its collection: the environment belongs to the whole process.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
public sealed class EnvironmentTests;

[Collection(nameof(EnvironmentTests))]
public sealed class CacheFolderTests
{
    [Fact]
    public void The_variable_moves_the_cache()
    {
        using TemporaryFolder home = new();
        string? before = Environment.GetEnvironmentVariable(CacheFolder.Variable);
        try
        {
            Environment.SetEnvironmentVariable(CacheFolder.Variable, home.FullName);
            using LoopbackServer server = LoopbackServer.Sending([1, 2, 3]);
            Assert.Equal(home["datasets/data.bin"], Utils.GetFile(origin: server.Url));
        }
        finally
        {
            Environment.SetEnvironmentVariable(CacheFolder.Variable, before);
        }
    }

    [Fact]
    public void The_cache_is_in_the_users_home_by_default()
    {
        using TemporaryFolder user = new();
        Assert.Equal(user[".keras"], CacheFolder.Home(null, user.FullName, "unused"));
        Assert.Equal(user[".keras"], CacheFolder.Home("", user.FullName, "unused"));
    }

    [Fact]
    public void The_cache_is_temporary_where_there_is_no_home()
    {
        using TemporaryFolder user = new();
        string file = user.Write("not-a-folder", []);
        Assert.Equal(Path.Combine("tmp", ".keras"), CacheFolder.Home(null, file, "tmp"));
        Assert.Equal(Path.Combine("tmp", ".keras"), CacheFolder.Home(null, "", "tmp"));
    }

    [Fact]
    public void A_tilde_is_the_users_home()
    {
        Assert.Equal(Path.Join("user", "/cache"), CacheFolder.Home("~/cache", "user", "tmp"));
        Assert.Equal("user", CacheFolder.ExpandUser("~", "user"));
        Assert.Equal("~other/cache", CacheFolder.ExpandUser("~other/cache", "user"));
    }
}
