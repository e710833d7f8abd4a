package org.elasticvision.convert.checkpoint.pickle.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A network that was saved whole gives what its {@code state_dict()} gives; numbers of NumPy are what they were. */
class SavedModuleTest {
    private static Map<String, Object> attributes(
            Map<String, Object> parameters, Map<String, Object> buffers, Map<String, Object> modules) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("training", false);
        attributes.put("_parameters", parameters);
        attributes.put("_buffers", buffers);
        attributes.put("_modules", modules);
        return attributes;
    }

    private static RawObject module(Object state) {
        RawObject module = RawObject.made("models.Net", new Object[0]);
        module.setState(state);
        return module;
    }

    private static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> stateDict(Object module) {
        return SavedModule.of(module).orElseThrow().stateDict();
    }

    /** First a module's own parameters and buffers, then its modules; what is None or not persistent is left out. */
    @Test
    void parametersBuffersAndModulesInTheirOrder() {
        Map<String, Object> bn =
                attributes(ordered("weight", "w", "bias", null), ordered("mean", "m", "scratch", "s"), Map.of());
        bn.put("_non_persistent_buffers_set", Set.of("scratch"));
        Map<String, Object> all = attributes(
                ordered("scale", "a"),
                ordered("grid", "g"),
                ordered("bn", module(bn), "none", null, "script", RawObject.made("torch.jit.Script", new Object[0])));
        Map<String, Object> found = stateDict(module(all));
        assertThat(found.keySet()).containsExactly("scale", "grid", "bn.weight", "bn.mean", "script");
        assertThat(found).containsEntry("bn.mean", "m").containsEntry("grid", "g");
    }

    @Test
    void classesWithSlotsAndModulesOfFx() {
        Map<String, Object> attributes = attributes(ordered("w", 1), Map.of(), Map.of());
        assertThat(stateDict(module(new Object[] {attributes, Map.of()}))).containsOnlyKeys("w");
        assertThat(SavedModule.of(module(new Object[] {attributes})))
                .as("one part")
                .isEmpty();
        RawObject fx = RawObject.made("torch.fx.graph_module.reduce_graph_module", new Object[] {attributes, "code"});
        assertThat(stateDict(fx)).containsOnlyKeys("w");
    }

    @Test
    void otherObjectsAreNoModules() {
        Map<String, Object> attributes = attributes(Map.of(), Map.of(), Map.of());
        assertThat(SavedModule.of("text")).isEmpty();
        assertThat(SavedModule.of(RawObject.named("models.Net"))).as("a class").isEmpty();
        assertThat(SavedModule.of(RawObject.made("models.Net", new Object[0]))).isEmpty();
        for (String part : List.of("_parameters", "_buffers", "_modules")) {
            Map<String, Object> lacking = new LinkedHashMap<>(attributes);
            lacking.put(part, 1L);
            assertThat(SavedModule.of(module(lacking))).as(part).isEmpty();
        }
    }

    @Test
    void namesHaveAnEnd() {
        String name = "n".repeat(20_000);
        Object inner = module(attributes(ordered("w", 1), Map.of(), Map.of()));
        Object outer = module(attributes(Map.of(), Map.of(), ordered(name, inner)));
        assertThatThrownBy(() -> stateDict(outer))
                .isInstanceOf(PickleRefusal.class)
                .hasMessageContaining("modules contain each other without end");
    }

    @ParameterizedTest
    @CsvSource({"<, 258", ">, 513", "|, 258"})
    void numbersOfNumPyHaveAByteOrder(String order, long expected) {
        NumpyType type = new NumpyType("i2");
        type.setState(new Object[] {3L, order});
        assertThat(type.scalar(new byte[] {2, 1})).isEqualTo(expected);
        assertThat(new NumpyType("i2").scalar("\u0002\u0001"))
                .as("as Python 2 wrote it")
                .isEqualTo(258L);
        assertThatThrownBy(() -> type.scalar(new byte[3])).hasMessageContaining("of 3 bytes");
    }

    @Test
    void truthsOfNumPy() {
        assertThat(new NumpyType("b1").scalar(new byte[] {1})).isEqualTo(true);
        assertThat(new NumpyType("b1").scalar(new byte[] {0})).isEqualTo(false);
        assertThat(new NumpyType("f4").scalar(new byte[] {0, 0, (byte) 0x80, 0x3f}))
                .isEqualTo(1.0);
    }
}
