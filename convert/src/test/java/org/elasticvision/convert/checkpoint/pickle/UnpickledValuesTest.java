package org.elasticvision.convert.checkpoint.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.convert.checkpoint.Pickle;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.pickle.value.Arguments;
import org.elasticvision.convert.checkpoint.pickle.value.Descriptions;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;
import org.elasticvision.convert.checkpoint.pickle.value.RawObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What single instructions and calls make, before it is made nice. */
class UnpickledValuesTest {
    @TempDir
    Path folder;

    private CheckpointFile file;

    @BeforeEach
    void open() throws IOException {
        file = CheckpointFile.open(Files.write(folder.resolve("small"), new byte[16]));
    }

    @AfterEach
    void close() {
        file.close();
    }

    private TensorUnpickler unpickler(Pickle pickle) {
        ByteBuffer bytes = ByteBuffer.wrap(
                new Pickle().op("\u0080\u0002").raw(pickle.bytes()).op(".").bytes());
        return new TensorUnpickler(file, new PickleInput(file, bytes, "is cut off"));
    }

    private Object value(Pickle pickle) {
        return unpickler(pickle).next();
    }

    @Test
    void integersAreAsLongAsTheyNeed() {
        assertThat(value(new Pickle().op("L9223372036854775807L\n"))).isEqualTo(Long.MAX_VALUE);
        assertThat(value(new Pickle().op("L-9223372036854775808L\n"))).isEqualTo(Long.MIN_VALUE);
        assertThat(value(new Pickle().op("L9223372036854775808L\n")))
                .isEqualTo(BigInteger.ONE.shiftLeft(Long.SIZE - 1));
        assertThat(value(new Pickle().op("I42\n"))).isEqualTo(42L);
        assertThat(value(new Pickle().op("I01\n"))).isEqualTo(true);
        assertThat(value(new Pickle().op("I00\n"))).isEqualTo(false);
    }

    @Test
    void aDictionaryOfAMark() {
        assertThat(value(new Pickle().op("(").text("a").op("K\u0001d"))).isEqualTo(Map.of("a", 1));
        assertThat(value(new Pickle().op("(").text("a").op("\u0091"))).isEqualTo(Set.of("a"));
    }

    /** What is too long to be kept is noted, under each instruction that has a length. */
    @ParameterizedTest
    @CsvSource({"X, 4, str", "T, 4, str", "B, 4, bytes", "\u008d, 8, str", "\u008e, 8, bytes", "\u0096, 8, bytes"})
    void longTextsAndBytesAreNoted(String instruction, int lengthBytes, String type) {
        int length = (1 << 20) + 1;
        Pickle pickle = new Pickle().op("(" + instruction);
        Pickle counted = lengthBytes == 8 ? pickle.int64(length) : pickle.int32(length);
        Object[] tuple = (Object[]) value(counted.raw(new byte[length]).op("K\u0007t"));
        assertThat(tuple).hasSize(2);
        assertThat(tuple[1]).isEqualTo(7);
        assertThat(Descriptions.of((RawObject) tuple[0]))
                .isEqualTo("a value of Python's '" + type + "' of " + length + " bytes");
    }

    /** As PyTorch 0.1 wrote a network's class, with its source text beside it. */
    @Test
    void aClassWithItsSourceIsTheClass() {
        Pickle pickle = new Pickle()
                .op("(")
                .text("module")
                .global("models", "Net")
                .text("net.py")
                .text("class Net: ...")
                .op("tQ");
        assertThat(((RawObject) value(pickle)).name()).isEqualTo("models.Net");
        Pickle other = new Pickle().op("(").text("module").op("tQ");
        assertThatThrownBy(() -> value(other))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("only storages can be");
        Pickle another = new Pickle()
                .op("(")
                .text("code")
                .global("models", "Net")
                .text("net.py")
                .text("class Net: ...")
                .op("tQ");
        assertThatThrownBy(() -> value(another)).hasMessageContaining("only storages can be");
    }

    @Test
    void storagesOfUnknownTypesAreNoted() {
        TensorUnpickler unpickler = unpickler(new Pickle().storage("NewStorage", "7", 4));
        RawObject storage = (RawObject) unpickler.next();
        assertThat(Descriptions.of(storage)).isEqualTo("a storage of Python's 'torch.NewStorage', which is not read");
        assertThat(unpickler.unknownStorages()).isEqualTo(Map.of("7", "torch.NewStorage"));
        assertThat(unpickler.storages()).isEmpty();
    }

    /** A million units for any file, and one for every two bytes; a container is two. */
    @Test
    void workIsBounded() {
        String container = "}0"; // three units in two bytes, of which a file is worth one
        assertThatCode(() -> value(new Pickle().op(container.repeat(499_000)).op("N")))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> value(new Pickle().op(container.repeat(501_000)).op("N")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("more values");
        // As many instructions as those, and no containers.
        assertThatCode(() -> value(new Pickle().op("N0".repeat(501_000)).op("N")))
                .doesNotThrowAnyException();
    }

    @Test
    void containersSayHowMuchTheyAre() {
        assertThat(Containers.size(Map.of(1, 2, 3, 4))).isEqualTo(2);
        assertThat(Containers.size("x".repeat(160))).isEqualTo(10);
        assertThat(Containers.size(List.of(1, 2, 3))).isEqualTo(3);
        assertThat(Containers.size(new Object[5])).isEqualTo(5);
        assertThat(Containers.size(7L)).isZero();
    }

    @Test
    void keysAreNoLongerThanNames() {
        String longest = "k".repeat(1024);
        assertThat(Containers.key(longest)).isSameAs(longest);
        assertThatThrownBy(() -> Containers.key(longest + "k")).hasMessageContaining("a name of 1025 characters");
    }

    @Test
    void containersOfNothingAndOfSomething() {
        Arguments none = new Arguments("list", new Object[0]);
        Arguments some = new Arguments("list", new Object[] {new ArrayList<>(List.of(1L, 2L))});
        assertThat(Containers.list(none)).isEqualTo(List.of());
        assertThat(Containers.list(some)).isEqualTo(List.of(1L, 2L));
        assertThat(Containers.set(none)).isEqualTo(Set.of());
        assertThat(Containers.set(some)).isEqualTo(Set.of(1L, 2L));
        assertThat(Containers.dictionary(none)).isEqualTo(Map.of());
        Map<Object, Object> map = new LinkedHashMap<>();
        assertThat(Containers.putAll(map, List.of("a", 1L))).isSameAs(map);
        assertThat(map).isEqualTo(Map.of("a", 1L));
        Set<Object> set = new LinkedHashSet<>();
        assertThat(Containers.addAll(set, List.of("a"))).isSameAs(set);
    }

    /** What is wrong with a call is laid to the part that is not known, in a list or a tuple too. */
    @Test
    void aCallOfWhatIsNotKnownIsNotKnownItself() {
        KnownCall size = (KnownCall) Globals.find("torch", "Size");
        RawObject unknown = RawObject.named("sizes.Odd");
        for (Object argument : List.of(unknown, new ArrayList<Object>(List.of(unknown)), new Object[] {1L, unknown})) {
            RawObject made = (RawObject) size.construct(new Object[] {argument});
            assertThat(made.name()).isEqualTo("torch.Size");
            assertThat(Descriptions.of(made)).contains("torch.Size").contains("sizes.Odd");
        }
        assertThatThrownBy(() -> size.construct(new Object[] {"text"})).isInstanceOf(PickleRefusal.class);
        RawObject tooMany = (RawObject) size.construct(new Object[] {List.of(), List.of()});
        assertThat(Descriptions.of(tooMany)).contains("with 2 arguments, of which only 1 are known");
        assertThat(size.construct(new Object[] {new Object[] {2L, 3L}})).isEqualTo(List.of(2L, 3L));
    }

    @Test
    void aDeviceHasAnIndexOrNone() {
        KnownCall device = (KnownCall) Globals.find("torch", "device");
        assertThat(device.construct(new Object[] {"cpu"})).isEqualTo("cpu");
        assertThat(device.construct(new Object[] {"cuda", 1L})).isEqualTo("cuda:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os _Environ",
                "posix stat_result",
                "os PathLike",
                "builtins list",
                "builtins int",
                "code Anything"
            })
    void namesWithoutEffectAreNotRefused(String name) {
        String[] parts = name.split(" ");
        assertThatCode(() -> HarmfulNames.check(parts[0], parts[1])).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "torch a.builtins.eval",
                "torch builtins.exec",
                "torch serialization.subprocess.Popen",
                "subprocess.sub Popen",
                "builtins eval.__call__",
                "os remove"
            })
    void namesThatLeadToAnEffectAreRefused(String name) {
        String[] parts = name.split(" ");
        assertThatThrownBy(() -> HarmfulNames.check(parts[0], parts[1]))
                .isInstanceOf(PickleRefusal.class)
                .hasMessageContaining("refused, nothing was run");
    }
}
