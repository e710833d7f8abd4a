package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Python objects beside the weights are noted and passed over; a weight that is one is refused by its name. */
class PlaceholderTest {
    private static final long[] FOUR = {4};
    private static final long[] STEP = {1};

    @TempDir
    Path folder;

    @Test
    void anObjectRemembersNameArgumentsAndState() throws IOException {
        try (Checkpoint checkpoint = open(beside(namespace()))) {
            assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(0, 0, 0, 0);
            Placeholder args = (Placeholder) checkpoint.root().get("args");
            assertThat(args.name()).isEqualTo("argparse.Namespace");
            assertThat(args.isInstance()).isTrue();
            assertThat(args.arguments()).isEmpty();
            assertThat(args.state()).isEqualTo(Map.of("lr", 3L));
            assertThat(args.moduleState()).isEmpty();
            assertThat(args.description()).isEqualTo("an object of Python's 'argparse.Namespace'");
        }
        Pickle path = new Pickle()
                .global("pathlib", "PosixPath")
                .op("(")
                .text("/")
                .text("data")
                .op("tR");
        try (Checkpoint checkpoint = open(beside(path))) {
            Placeholder made = (Placeholder) checkpoint.root().get("args");
            assertThat(made.arguments()).containsExactly("/", "data");
            assertThat(made.state()).isNull();
        }
        try (Checkpoint checkpoint = open(beside(new Pickle().global("torch.nn.functional", "relu")))) {
            Placeholder function = (Placeholder) checkpoint.root().get("args");
            assertThat(function.isInstance()).isFalse();
            assertThat(function).hasToString("torch.nn.functional.relu");
        }
    }

    @Test
    void anObjectThatContainsItselfIsPassedOver() throws IOException {
        Pickle trainer = new Pickle()
                .global("trainer", "Trainer")
                .op(")\u0081q\u0001}")
                .text("self")
                .op("h\u0001sb");
        try (Checkpoint checkpoint = open(beside(trainer))) {
            Placeholder object = (Placeholder) checkpoint.root().get("args");
            Placeholder inner = (Placeholder) ((Map<?, ?>) object.state()).get("self");
            assertThat(inner.name()).isEqualTo("trainer.Trainer");
            assertThat(((Map<?, ?>) inner.state()).get("self")).isInstanceOf(Placeholder.class);
        }
    }

    @Test
    void dictionariesAndListsOfClassesOfTheirOwnAreRead() throws IOException {
        Pickle map =
                new Pickle().global("addict", "Dict").op(")\u0081").text("lr").op("K\u0003s}b");
        try (Checkpoint checkpoint = open(beside(map))) {
            assertThat(checkpoint.root().get("args")).isEqualTo(Map.of("lr", 3L));
        }
        Pickle list = new Pickle().global("collections", "deque").op(")R(K\u0001K\u0002e");
        try (Checkpoint checkpoint = open(beside(list))) {
            assertThat(checkpoint.root().get("args")).isEqualTo(List.of(1L, 2L));
        }
    }

    @Test
    void keysMayBeAnything() throws IOException {
        Pickle map = new Pickle()
                .op("}K\u0001K\u0002\u0086")
                .text("tuple")
                .op("s")
                .global("torch", "float16")
                .text("type")
                .op("s");
        try (Checkpoint checkpoint = open(beside(map))) {
            Map<?, ?> args = (Map<?, ?>) checkpoint.root().get("args");
            assertThat(args.values()).hasToString("[tuple, type]");
            assertThat(args.keySet()).hasToString("[builtins.tuple, torch.float16]");
            Placeholder tuple = (Placeholder) args.keySet().iterator().next();
            assertThat(tuple.arguments()).containsExactly(List.of(1L, 2L));
        }
    }

    @Test
    void argumentsOfKnownCallsAreHonoured() throws IOException {
        Pickle list = new Pickle().global("builtins", "list").op("K\u0001K\u0002\u0086\u0085R");
        try (Checkpoint checkpoint = open(beside(list))) {
            assertThat(checkpoint.root().get("args")).isEqualTo(List.of(1L, 2L));
        }
        Pickle map = new Pickle()
                .global("collections", "defaultdict")
                .global("builtins", "list")
                .op("}")
                .text("x")
                .op("K\u0001s\u0086R");
        try (Checkpoint checkpoint = open(beside(map))) {
            assertThat(checkpoint.root().get("args")).isEqualTo(Map.of("x", 1L));
        }
        Pickle device =
                new Pickle().global("torch", "device").op("(").text("cuda").op("K\u0000K\u0001tR");
        try (Checkpoint checkpoint = open(beside(device))) {
            assertThat(((Placeholder) checkpoint.root().get("args")).description())
                    .contains("with 3 arguments");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            argparse          | Namespace                | an object of Python's 'argparse.Namespace'
            torch._utils      | _rebuild_sparse_tensor   | a sparse tensor; save it with .to_dense()
            torch._utils      | _rebuild_qtensor         | a quantized tensor; save it with .dequantize()
            numpy.core.multiarray | _reconstruct         | a numpy array; save it as a tensor
            """)
    void aWeightThatIsNotReadIsRefusedByName(String module, String name, String what) throws IOException {
        Pickle weight = new Pickle().global(module, name).op(")R");
        Pickle root = new Pickle()
                .op("}")
                .text("state_dict")
                .op("}")
                .text("fc.weight")
                .raw(weight.bytes())
                .op("ss");
        BadFilesTest.givesNoWeights(root.legacy(path()), "entry 'fc.weight' of its state dict is " + what);
    }

    @Test
    void textsAndBytesThatAreTooLongStayInTheFile() throws IOException {
        for (String instruction : List.of("X", "B", "T")) {
            Pickle pickle = new Pickle().op(instruction).int32(5 << 20).raw(new byte[5 << 20]);
            try (Checkpoint checkpoint = open(beside(pickle))) {
                assertThat(checkpoint.stateDict().size()).isEqualTo(1);
                assertThat(((Placeholder) checkpoint.root().get("args")).description())
                        .contains("of 5242880 bytes");
            }
        }
    }

    @Test
    void longListsAreRead() throws IOException {
        Pickle indices = new Pickle().op("](");
        for (int i = 0; i < 1_300_000; i++) {
            indices.op("J").int32(i);
        }
        try (Checkpoint checkpoint = open(beside(indices.op("e")))) {
            List<?> args = (List<?>) checkpoint.root().get("args");
            assertThat(args.size()).isEqualTo(1_300_000);
            assertThat((Object) args.get(1_299_999)).isEqualTo(1_299_999L);
        }
    }

    @Test
    void aNetworkThatWasSavedWholeGivesItsStateDict() throws IOException {
        Pickle inner = module("a", new Pickle().tensor("0", 4, 0, FOUR, STEP), "skipped", "q", new Pickle().op("N"));
        Pickle outer = module("scale", new Pickle().op("N"), "", "module", inner);
        Pickle root = new Pickle().op("}").text("model").raw(outer.bytes()).op("s");
        try (Checkpoint checkpoint = open(root.bytes())) {
            Placeholder model = (Placeholder) checkpoint.root().get("model");
            assertThat(model.moduleState().orElseThrow()).containsOnlyKeys("module.a");
            assertThat(model.moduleState().orElseThrow().get("module.a")).isInstanceOf(CheckpointTensor.class);
        }
        try (Checkpoint checkpoint = open(outer.bytes())) {
            assertThat(checkpoint.stateDict().names()).containsExactly("a");
            assertThat(checkpoint.stateDict().get("a").toFloats()).containsExactly(0, 0, 0, 0);
        }
    }

    @Test
    void aNetworkThatContainsItselfIsRefused() throws IOException {
        Pickle module = new Pickle()
                .global("model", "Net")
                .op(")\u0081q\u0001}(")
                .text("_parameters")
                .op("}")
                .text("_buffers")
                .op("}")
                .text("_modules")
                .op("}")
                .text("x")
                .op("h\u0001sub");
        Path file = module.legacy(path());
        BadFilesTest.refused(file, "modules contain each other without end");
    }

    @Test
    void aNetworkOfManyNamesForFewModulesIsRefused() throws IOException {
        // Two children, which are the same, in each of 60 modules: 2^60 names.
        Pickle pickle = new Pickle().op("N");
        for (int i = 0; i < 60; i++) {
            pickle.op("q\u00010")
                    .global("model", "Net")
                    .op(")\u0081}(")
                    .text("_parameters")
                    .op("}")
                    .text("_buffers")
                    .op("}")
                    .text("_modules")
                    .op("}(")
                    .text("a")
                    .op("h\u0001")
                    .text("b")
                    .op("h\u0001uub");
        }
        BadFilesTest.refused(pickle.legacy(path()), "modules contain each other without end");
    }

    /** A module with a parameter, a buffer that is not saved, and a module in it. */
    private static Pickle module(String parameter, Pickle value, String buffer, String child, Pickle module) {
        return new Pickle()
                .global("model", "Net")
                .op(")\u0081}(")
                .text("_parameters")
                .op("}")
                .text(parameter)
                .raw(value.bytes())
                .op("s")
                .text("_buffers")
                .op("}")
                .text(buffer)
                .op("Ns")
                .text("_non_persistent_buffers_set")
                .op("\u008f(")
                .text(buffer)
                .op("\u0090")
                .text("_modules")
                .op("}")
                .text(child)
                .raw(module.bytes())
                .op("s")
                .op("ub");
    }

    private static Pickle namespace() {
        return new Pickle()
                .global("argparse", "Namespace")
                .op(")\u0081}")
                .text("lr")
                .op("K\u0003sb");
    }

    private static byte[] beside(Pickle value) {
        return new Pickle()
                .op("}(")
                .text("args")
                .raw(value.bytes())
                .text("state_dict")
                .op("}")
                .text("a")
                .tensor("0", 4, 0, FOUR, STEP)
                .op("su")
                .bytes();
    }

    private Checkpoint open(byte[] pickle) throws IOException {
        return Checkpoint.open(new Pickle().raw(pickle).legacy(path(), List.of("0"), 4));
    }

    private Path path() {
        return folder.resolve("made.pth");
    }
}
