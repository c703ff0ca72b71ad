// Names and seeds belong to the program: tests of whole models take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
