package org.elasticvision.convert.tensorrt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.gpu.Gpu;

/** Builds nothing: notes what it was told, and hands out made-up engines. */
public class FakeBuilder implements EngineBuilder {
    public static final Gpu GPU = new Gpu("NVIDIA Fake 24GB", 8, 6, 24L << 30);
    public static final String ENGINE = "an engine";
    static final byte[] MEASURED = {1, 2, 3};

    private final Gpu gpu;
    final List<BuildPlan> plans = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    int closed;

    public FakeBuilder() {
        this(GPU);
    }

    FakeBuilder(Gpu gpu) {
        this.gpu = gpu;
    }

    @Override
    public Gpu gpu(int number) {
        if (number > 0) {
            throw new ElasticVisionException("there is no GPU " + number);
        }
        return gpu;
    }

    @Override
    public String version() {
        return "10.15.1";
    }

    @Override
    public BuiltEngine build(BuildPlan plan, Consumer<BuildStage> stages) {
        stages.accept(BuildStage.PARSE);
        stages.accept(BuildStage.OPTIMIZE);
        plans.add(plan);
        return new BuiltEngine() {
            @Override
            public ByteBuffer contents() {
                return ByteBuffer.wrap(ENGINE.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public byte[] timingCache() {
                return MEASURED.clone();
            }

            @Override
            public List<String> notes() {
                return notes;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
