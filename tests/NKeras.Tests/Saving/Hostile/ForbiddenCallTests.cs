using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace NKeras.Tests.Saving;

/// <summary>What the compiled product calls: code that could run a file's code is nowhere, and files and connections are opened by those classes only that are listed here.</summary>
public class ForbiddenCallTests
{
    private static readonly string[] s_assemblies = [typeof(Model).Assembly.Location, typeof(NKeras.Hdf5.Hdf5File).Assembly.Location, typeof(Tensor).Assembly.Location];

    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value & 0xFFFF);

    private const string Native = "native code";

    /// <summary>Who calls methods and constructors that are found by reflection, and why that is safe.</summary>
    private static readonly string[] s_known =
    [
        // The constructors of Keras's classes in TypeTable, and of classes and models that the caller registered.
        "NKeras.Saving.AutoConfig: System.Reflection.ConstructorInfo Invoke",
        "NKeras.Models.FunctionalReader: System.Reflection.ConstructorInfo Invoke",
        // The types of assemblies that are loaded, for those with the attribute that registers them.
        "NKeras.Saving.CustomTypes: System.Reflection.Assembly GetTypes",
        // The functions of tensors in OpTable.
        "NKeras.Saving.OpSerializer: System.Reflection.MethodBase Invoke",
        // Colours of the console.
        "NKeras.Terminals.WindowsConsole: native code",
    ];

    /// <summary>Who opens files: to load and save what the caller names, to log what he asks for, and to fetch data sets that he asks for.</summary>
    private static readonly string[] s_openFiles =
    [
        .. new[] { "AtomicFile", "AtomicFolder", "FolderParts", "LoadAttempt", "ModelFile", "ModelWriter", "PlainFile", "ShardWriter", "ShardedVariables" }.Select(n => $"NKeras.Saving.Files.{n}"),
        .. new[] { "CSVLogger", "ModelCheckpoint", "RemoteMonitor", "Backups.BackupFolder", "TensorBoardFormat.EmbeddingProjector", "TensorBoardFormat.EventFile", "TensorBoardFormat.RecordFile" }.Select(n => $"NKeras.Callbacks.{n}"),
        .. new[] { "ArchiveExtractor", "CacheFolder", "Downloader", "FileHash", "TransientPath" }.Select(n => $"NKeras.Downloads.{n}"),
        // The file that the caller gives a layer as vocabulary.
        "NKeras.Layers.Preprocessing.VocabularyFile",
        "NKeras.Datasets", "NKeras.Hdf5.Hdf5File", "NKeras.Npy.NpzFile", "NKeras.Utils",
    ];

    [Fact]
    public void NothingLoadsCodeOrUnpacksObjects()
    {
        string[] types =
        [
            Native, "System.Diagnostics.Process", "System.Runtime.Loader.AssemblyLoadContext", "System.Runtime.InteropServices.NativeLibrary", "System.Runtime.Serialization.Formatters.Binary.BinaryFormatter",
            "System.Runtime.Serialization.DataContractSerializer", "System.Xml.Serialization.XmlSerializer", "System.CodeDom.Compiler.CodeDomProvider", "System.Linq.Expressions.LambdaExpression",
        ];
        string[] methods = ["System.Reflection.Assembly::Load", "System.Reflection.Assembly::GetType", "System.Type::GetType(string", "System.Activator::CreateInstance(string", "System.Activator::CreateInstanceFrom", "System.Reflection.MethodBase::Invoke", "System.Reflection.ConstructorInfo::Invoke"];
        List<string> found = [.. Calls().Where(c => types.Contains(c.Type) || methods.Any(m => $"{c.Type}::{c.Method}".StartsWith(m, StringComparison.Ordinal))).Select(c => $"{c.Caller}: {c.Type} {c.Method.Split('(')[0]}".TrimEnd()).Distinct()];
        AssertListed(s_known, found);
    }

    [Fact]
    public void FilesAndConnectionsAreOpenedByListedClassesOnly()
    {
        string[] files = ["System.IO.File", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.MemoryMappedFiles.MemoryMappedFile"];
        string[] found = [.. Calls().Where(c => files.Contains(c.Type) || c.Type.StartsWith("System.Net.", StringComparison.Ordinal)).Select(c => c.Caller).Distinct().Order(StringComparer.Ordinal)];
        AssertListed(s_openFiles, found);
    }

    private static void AssertListed(IReadOnlyCollection<string> listed, IReadOnlyCollection<string> found)
    {
        Assert.True(listed.Count > 0);
        Assert.True(!found.Except(listed).Any(), $"Not listed:\n{string.Join('\n', found.Except(listed).Order(StringComparer.Ordinal))}");
        Assert.True(!listed.Except(found).Any(), $"Listed, but not there:\n{string.Join('\n', listed.Except(found))}");
    }

    /// <summary>Every call in the product's methods.</summary>
    private static IEnumerable<(string Caller, string Type, string Method)> Calls()
    {
        foreach (string assembly in s_assemblies)
        {
            using PEReader file = new(File.OpenRead(assembly));
            MetadataReader metadata = file.GetMetadataReader();
            foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
            {
                string caller = Outermost(metadata, method.GetDeclaringType());
                if (method.Attributes.HasFlag(System.Reflection.MethodAttributes.PinvokeImpl)) yield return (caller, Native, "");
                if (method.RelativeVirtualAddress == 0) continue;
                foreach (EntityHandle callee in Tokens(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!).Select(t => MetadataTokens.EntityHandle(t)))
                {
                    EntityHandle target = callee.Kind == HandleKind.MethodSpecification ? metadata.GetMethodSpecification((MethodSpecificationHandle)callee).Method : callee;
                    if (target.Kind != HandleKind.MemberReference) continue;
                    MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)target);
                    if (member.Parent.Kind != HandleKind.TypeReference || member.GetKind() != MemberReferenceKind.Method) continue;
                    TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                    BlobReader signature = metadata.GetBlobReader(member.Signature);
                    // The header, the number of parameters (one byte for less than 128), the result, the first parameter.
                    signature.ReadByte();
                    int parameters = signature.ReadByte();
                    SignatureTypeCode result = (SignatureTypeCode)signature.ReadByte();
                    if (result is SignatureTypeCode.TypeHandle or (SignatureTypeCode)0x12 or (SignatureTypeCode)0x11) signature.ReadCompressedInteger();
                    bool isText = parameters > 0 && signature.RemainingBytes > 0 && (SignatureTypeCode)signature.ReadByte() == SignatureTypeCode.String;
                    yield return (caller, $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}", $"{metadata.GetString(member.Name)}({(isText ? "string" : "")}");
                }
            }
        }
    }

    private static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    /// <summary>The methods that instructions name.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            int value = code[at++];
            if (value == 0xFE) value = 0xFE00 | code[at++];
            OpCode instruction = s_opCodes[value];
            if (instruction.OperandType == OperandType.InlineMethod || (instruction.OperandType == OperandType.InlineTok && code[at + 3] is 0x06 or 0x0A or 0x2B)) yield return BitConverter.ToInt32(code, at);
            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
