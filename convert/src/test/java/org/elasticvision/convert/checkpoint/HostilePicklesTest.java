package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Pickles that were made to do harm: run code, use up memory or time, or throw what nobody expects. */
class HostilePicklesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "nt, system",
        "os, popen",
        "subprocess, Popen",
        "builtins, eval",
        "builtins, exec",
        "builtins, __import__",
        "__builtin__, eval",
        "runpy, _run_code",
        "importlib, import_module",
        "shutil, rmtree",
        "pickle, loads",
        "torch, load",
        "torch.hub, load",
        "torch.serialization, os.system",
        "torch, serialization.os.system.__call__",
        "torch._utils, _rebuild_tensor_v2.__globals__",
        "numpy, load"
    })
    void namesThatDoHarmAreRefusedWhereverTheyStand(String module, String name) throws IOException {
        for (Pickle pickle : uses(module, name)) {
            BadFilesTest.refused(pickle.legacy(file()), "refers to '" + module + "." + name + "'");
        }
        BadFilesTest.refused(
                new Pickle().global(module, name).zip(file(), true), "refers to '" + module + "." + name + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "builtins, getattr",
        "builtins, complex",
        "builtins, bytearray",
        "builtins, ValueError",
        "exceptions, ValueError",
        "decimal, Decimal",
        "datetime, datetime",
        "datetime, timedelta",
        "array, array",
        "array, _array_reconstructor",
        "copy_reg, _reconstructor",
        "copyreg, _reconstructor",
        "operator, attrgetter",
        "pytz, timezone",
        "Pyro4.errors, PyroError",
        "torch.storage, _load_from_bytes"
    })
    void otherNamesAreOnlyNoted(String module, String name) throws IOException {
        for (Pickle pickle : uses(module, name)) {
            try (Checkpoint checkpoint = Checkpoint.open(pickle.legacy(file()))) {
                assertThat(checkpoint.root()).isEmpty();
                assertThat(checkpoint.value())
                        .isInstanceOfSatisfying(Placeholder.class, object -> assertThat(object.name())
                                .isEqualTo(module + "." + name));
                assertThatThrownBy(checkpoint::stateDict)
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("'" + module + "." + name + "'");
            }
        }
    }

    /** Each instruction by which a pickle can name or call something. */
    private static List<Pickle> uses(String module, String name) {
        return List.of(
                new Pickle().global(module, name),
                new Pickle().global(module, name).text("id").op("\u0085R"),
                new Pickle().text(module).text(name).op("\u0093)\u0081"),
                new Pickle().text(module).text(name).op("\u0093)}\u0092"),
                new Pickle().op("(").text("id").op("i" + module + "\n" + name + "\n"),
                new Pickle().op("(").global(module, name).text("id").op("o"));
    }

    private Path file() {
        return folder.resolve("hostile.pth");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pickles")
    void isRefused(String what, Pickle pickle, String fragment) throws IOException {
        Path file = folder.resolve("hostile.pth");
        Assertions.assertTimeoutPreemptively(SOON, () -> BadFilesTest.refused(pickle.legacy(file), fragment));
    }

    static Stream<Arguments> pickles() {
        return Stream.of(
                arguments("text of 2 GiB", new Pickle().op("X").int32(Integer.MAX_VALUE), "cut off"),
                arguments("text of 4 GiB", new Pickle().op("X").int32(-1), "cut off"),
                arguments("text of 2^63", new Pickle().op("\u008d").int64(-1), "cut off"),
                arguments("bytes of 2^62", new Pickle().op("\u008e").int64(1L << 62), "cut off"),
                arguments("bytearray", new Pickle().op("\u0096").int64(1L << 40), "cut off"),
                arguments("Python 2 text", new Pickle().op("T").int32(-5), "cut off"),
                arguments("number of 2 GiB", new Pickle().op("\u008b").int32(Integer.MAX_VALUE), "0x8b"),
                arguments("extension", new Pickle().op("\u0082\u0001"), "0x82"),
                arguments(
                        "keyword arguments",
                        new Pickle().global("torch", "Size").op(")}\u0092"),
                        "0x92"),
                arguments("out-of-band buffer", new Pickle().op("\u0097"), "0x97"),
                arguments("text persistent id", new Pickle().op("Pstorage\n"), "protocol 0"),
                arguments("unknown instruction", new Pickle().op("\u00ff"), "0xff"),
                arguments("protocol 9", new Pickle().op("\u0080\t"), "unsupported pickle protocol: 9"),
                arguments("empty stack", new Pickle().op("0"), "damaged"),
                arguments("missing mark", new Pickle().op("Nt"), "damaged"),
                arguments("missing memo", new Pickle().op("h\u0005"), "memo"),
                arguments("mark as value", new Pickle().op("("), "damaged"),
                arguments("calls a number", new Pickle().op("K\u0001)R"), "damaged"),
                arguments(
                        "calls a dtype", new Pickle().global("torch", "float32").op(")R"), "damaged"),
                arguments("attributes of a list", new Pickle().op("]}b"), "attributes"),
                arguments(
                        "attributes of a function",
                        new Pickle().global("torch", "Size").op("}b"),
                        "attributes"),
                arguments(
                        "reference to no storage",
                        new Pickle().op("(").text("module").op("tQ"),
                        "only storages can be"),
                arguments("reference of None", new Pickle().op("NQ"), "damaged"),
                arguments("odd dictionary", new Pickle().op("(K\u0001d"), "damaged"),
                arguments("list as a key", new Pickle().op("}]Ns"), "neither text nor numbers"),
                arguments(
                        "long key", new Pickle().op("}").text("k".repeat(2000)).op("Ns"), "a name of 2000 characters"),
                arguments("long class name", new Pickle().op("c" + "x".repeat(5000) + "\n"), "more than 300"),
                arguments("list in itself", new Pickle().op("]q\u0000h\u0000a"), "contains itself"),
                arguments("nested lists", new Pickle().op("]".repeat(100_000) + "a".repeat(99_999)), "nested"),
                arguments("nested tuples", new Pickle().op("N" + "\u0085".repeat(100_000)), "nested"),
                arguments("nested tensors", nestedRebuild(), "damaged"),
                arguments("doubling lists", doubling(), "more values"),
                arguments("many instructions", new Pickle().op("N0".repeat(1_500_000) + "N"), "more values"),
                arguments("huge list copied", copying(), "more values"),
                arguments("list grown by ones", growing(), "more values"),
                arguments(
                        "large memo index",
                        new Pickle().op("Nr").int32(Integer.MAX_VALUE).op("0"),
                        "damaged"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inert")
    void isPassedOver(String what, Pickle pickle, String fragment) throws IOException {
        Path file = pickle.legacy(file());
        Assertions.assertTimeoutPreemptively(SOON, () -> BadFilesTest.givesNoWeights(file, fragment));
    }

    static Stream<Arguments> inert() {
        return Stream.of(
                arguments("a function as value", new Pickle().global("torch", "Size"), "it is Python's 'torch.Size'"),
                arguments("doubling keys", doublingKeys(), "no state dict"),
                arguments("problem upon problem", problems(), "no state dict"),
                arguments(
                        "line breaks in a name",
                        new Pickle().text("a\nb\r").text("c\u2028\u001b").op("\u0093"),
                        "'a?b?.c??'"),
                arguments(
                        "other encodings",
                        new Pickle()
                                .global("_codecs", "encode")
                                .text("x")
                                .text("rot13")
                                .op("\u0086R"),
                        "latin1"),
                arguments(
                        "numpy object",
                        new Pickle().global("numpy", "dtype").text("O8").op("\u0085R"),
                        "'O8'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tensors")
    void isRefusedWithItsStorage(String what, Pickle pickle, String fragment) throws IOException {
        BadFilesTest.refused(pickle.legacy(folder.resolve("hostile.pth"), List.of("0"), 4), fragment);
    }

    static Stream<Arguments> tensors() {
        long[] two = {2, 2};
        long[] steps = {2, 1};
        return Stream.of(
                arguments("negative size", new Pickle().tensor("0", 4, 0, new long[] {-1, 2}, steps), "negative"),
                arguments("negative stride", new Pickle().tensor("0", 4, 0, two, new long[] {-2, 1}), "negative"),
                arguments("negative offset", new Pickle().tensor("0", 4, -1, two, steps), "negative"),
                arguments("beyond the storage", new Pickle().tensor("0", 4, 1, two, steps), "beyond its storage of 4"),
                arguments(
                        "offset overflow", new Pickle().tensor("0", 4, Long.MAX_VALUE, two, steps), "larger than any"),
                arguments(
                        "size overflow",
                        new Pickle().tensor("0", 4, 0, new long[] {1L << 40, 1L << 40}, steps),
                        "larger than any"),
                arguments(
                        "stride overflow",
                        new Pickle().tensor("0", 4, 0, two, new long[] {1L << 62, 1L << 62}),
                        "larger than any"),
                arguments("too few strides", new Pickle().tensor("0", 4, 0, two, new long[] {1}), "strides"),
                arguments("100 dimensions", new Pickle().tensor("0", 4, 0, ones(100), ones(100)), "100 dimensions"),
                arguments("negative storage", new Pickle().tensor("0", -1, 0, two, steps), "impossible size"),
                arguments("huge storage", new Pickle().tensor("0", Long.MAX_VALUE, 0, two, steps), "impossible size"),
                arguments(
                        "storage of another size",
                        new Pickle().tensor("0", 5, 0, two, steps),
                        "storage 0 says that it has 4"),
                arguments("storage of two sizes", twoSizes(), "storage 0 is once 4 float32 and once 5 float32"),
                arguments("missing storage", new Pickle().tensor("1", 4, 0, two, steps), "damaged"),
                arguments(
                        "size as text",
                        new Pickle()
                                .global("torch._utils", "_rebuild_tensor")
                                .op("(")
                                .storage("FloatStorage", "0", 4)
                                .text("x")
                                .op("))tR"),
                        "wrong kind"),
                arguments(
                        "too few arguments",
                        new Pickle()
                                .global("torch._utils", "_rebuild_tensor_v2")
                                .op(")R"),
                        "has 0 parts"),
                arguments(
                        "short numpy number",
                        new Pickle()
                                .global("numpy.core.multiarray", "scalar")
                                .global("numpy", "dtype")
                                .text("f8")
                                .op("\u0085RC\u0001x\u0086R"),
                        "1 bytes"));
    }

    @Test
    void aBareStorageIsNotAWeight() throws IOException {
        Pickle pickle = new Pickle().storage("FloatStorage", "0", 4);
        BadFilesTest.givesNoWeights(pickle.legacy(file(), List.of("0"), 4), "bare storage");
    }

    @Test
    void aTensorThatRepeatsAFewElementsEndlesslyIsNotAWeight() throws IOException {
        Pickle pickle = new Pickle()
                .op("}")
                .text("a")
                .tensor("0", 4, 0, new long[] {1L << 40}, new long[] {0})
                .op("s");
        BadFilesTest.givesNoWeights(pickle.legacy(file(), List.of("0"), 4), "repeats");
    }

    @Test
    void aStorageWithoutTensorsIsRefused() throws IOException {
        Path file = new Pickle().op("}").legacy(folder.resolve("hostile.pth"), List.of("0"), 4);
        BadFilesTest.refused(file, "no tensor uses its storage 0");
    }

    @Test
    void aLargeMemoIndexCostsNothing() throws IOException {
        Pickle pickle = new Pickle()
                .op("}r")
                .int32(Integer.MAX_VALUE)
                .text("arch")
                .op("j")
                .int32(Integer.MAX_VALUE)
                .op("0")
                .text("x")
                .op("s");
        try (Checkpoint checkpoint = Checkpoint.open(pickle.legacy(folder.resolve("memo.pth")))) {
            assertThat(checkpoint.architecture()).contains("x");
        }
    }

    @Test
    void aStateDictOfOtherThingsIsRefused() throws IOException {
        Pickle pickle =
                new Pickle().op("}").text("state_dict").op("}").text("module.a").op("K\u0001ss");
        try (Checkpoint checkpoint = Checkpoint.open(pickle.legacy(folder.resolve("odd.pth")))) {
            assertThatThrownBy(checkpoint::stateDict)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("entry 'module.a' of its state dict is not a tensor");
        }
    }

    private static long[] ones(int count) {
        return IntStream.range(0, count).mapToLong(i -> 1).toArray();
    }

    private static Pickle nestedRebuild() {
        Pickle pickle =
                new Pickle().global("torch._tensor", "_rebuild_from_type_v2").op("q\u0000)");
        for (int i = 0; i < 100_000; i++) {
            pickle.op("q\u00010(h\u0000Nh\u0001Nt");
        }
        return pickle.op("q\u00010h\u0000h\u0001R");
    }

    private static Pickle doubling() {
        Pickle pickle = new Pickle().op("N");
        for (int i = 0; i < 60; i++) {
            pickle.op("2\u0086");
        }
        return pickle;
    }

    private static Pickle doublingKeys() {
        Pickle pickle = new Pickle().op("}N");
        for (int i = 0; i < 60; i++) {
            pickle.op("2\u0086");
        }
        return pickle.op("Ns");
    }

    /** Each call fails because of the one before. */
    private static Pickle problems() {
        Pickle pickle = new Pickle()
                .global("builtins", "list")
                .op("q\u00010")
                .global("x", "y")
                .op(")R");
        for (int i = 0; i < 100_000; i++) {
            pickle.op("\u0085q\u00020h\u0001h\u0002R");
        }
        return pickle;
    }

    private static Pickle copying() {
        return new Pickle()
                .op("](" + "N".repeat(500_000) + "e\u0085q\u00000")
                .global("builtins", "set")
                .op("q\u00010" + "h\u0001h\u0000R0".repeat(250_000) + "N");
    }

    private static Pickle growing() {
        return new Pickle().op("]" + "(Ne".repeat(700_000));
    }

    private static Pickle twoSizes() {
        return new Pickle()
                .op("]")
                .storage("FloatStorage", "0", 4)
                .op("a")
                .storage("FloatStorage", "0", 5)
                .op("a");
    }
}
