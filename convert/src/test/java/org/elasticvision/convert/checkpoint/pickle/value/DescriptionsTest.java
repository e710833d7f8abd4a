package org.elasticvision.convert.checkpoint.pickle.value;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a message says of an object where a tensor should be. */
class DescriptionsTest {
    private static final Object[] NONE = {};

    @Test
    void knownOnesComeWithARemedy() {
        assertThat(Descriptions.of(RawObject.made("torch._utils._rebuild_qtensor", NONE)))
                .isEqualTo("a quantized tensor; save it with .dequantize() (it is made by"
                        + " 'torch._utils._rebuild_qtensor')");
        assertThat(Descriptions.of(RawObject.made("numpy.core.multiarray._reconstruct", NONE)))
                .isEqualTo("a numpy array; save it as a tensor, with torch.from_numpy(…)");
        assertThat(Descriptions.of(RawObject.made("numpy.dtype", NONE)))
                .isEqualTo("an object of Python's 'numpy.dtype'");
        assertThat(Descriptions.of(RawObject.made("other._reconstruct", NONE)))
                .isEqualTo("an object of Python's 'other._reconstruct'");
    }

    @Test
    void wrappersAreNamedByTheirClass() {
        String wrapper = "torch._utils._rebuild_wrapper_subclass";
        String rest = ", whose values are not plain; save them with .full_tensor(), .dequantize() or the like";
        assertThat(Descriptions.of(RawObject.made(wrapper, new Object[] {RawObject.named("a.DTensor")})))
                .isEqualTo("a tensor of Python's class 'a.DTensor'" + rest);
        assertThat(Descriptions.of(RawObject.made(wrapper, NONE))).isEqualTo("a tensor of a class of its own" + rest);
        assertThat(Descriptions.of(RawObject.made(wrapper, new Object[] {1})))
                .isEqualTo("a tensor of a class of its own" + rest);
    }

    @Test
    void othersAreNamed() {
        assertThat(Descriptions.of(RawObject.named("a.b"))).isEqualTo("Python's 'a.b'");
        assertThat(Descriptions.of(RawObject.made("a.b", NONE))).isEqualTo("an object of Python's 'a.b'");
        assertThat(Descriptions.of(RawObject.unread("a.b", NONE, "of another kind")))
                .isEqualTo("of another kind");
        assertThat(Descriptions.shortened("x".repeat(100))).hasSize(100);
        assertThat(Descriptions.shortened("x".repeat(101))).hasSize(101).endsWith("…");
    }

    /** Parameters and subclasses only wrap a tensor; other functions make something else of it. */
    @Test
    void whatIsMadeOfThemIsToldOfTheWhole() {
        RawObject quantized = RawObject.made("torch._utils._rebuild_qtensor", NONE);
        String what = Descriptions.of(quantized);
        assertThat(Descriptions.madeOf("torch._utils._rebuild_parameter", quantized))
                .isEqualTo(what);
        assertThat(Descriptions.madeOf("torch._tensor._rebuild_from_type_v2", quantized))
                .isEqualTo(what);
        assertThat(Descriptions.madeOf("torch._tensor._rebuild_from_type_v2", RawObject.made("a.b", NONE)))
                .isEqualTo("made by 'torch._tensor._rebuild_from_type_v2' from what is an object of Python's 'a.b'");
        assertThat(Descriptions.madeOf("a.c", quantized)).isEqualTo("made by 'a.c' from what is " + what);
    }

    @Test
    void oddKeysAreShort() {
        assertThat(new OddKey(RawObject.named("a.b"))).hasToString("a.b");
        assertThat(new OddKey(new TypeName("torch.float32", null, 4))).hasToString("torch.float32");
        assertThat(new OddKey(new Object[] {1})).hasToString("tuple");
        assertThat(new OddKey(new Object())).hasToString("key");
    }
}
