import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.elasticvision.convert.tensorrt.BuildOptions;
import org.elasticvision.convert.tensorrt.BuildPlan;
import org.elasticvision.convert.tensorrt.BuildStage;
import org.elasticvision.convert.tensorrt.BuiltEngine;
import org.elasticvision.convert.tensorrt.EngineBuild;
import org.elasticvision.convert.tensorrt.EngineBuilder;
import org.elasticvision.runtime.gpu.Gpu;

/** {@code build-engine} without a GPU: the product's own building and writing, with a builder that hands out megabytes of one byte. */
final class FakeTensorRt implements EngineBuilder {
    private static final int BYTES = 4 << 20;

    private final byte content;

    private FakeTensorRt(byte content) {
        this.content = content;
    }

    /** Takes a model, an engine file and a number that its bytes have. */
    public static void main(String[] arguments) {
        Path engine = Path.of(arguments[1]);
        BuildOptions options = BuildOptions.defaults().withTimingCache(engine.resolveSibling("timing.cache"));
        EngineBuild.of(Path.of(arguments[0]), options)
                .write(engine, new FakeTensorRt(Byte.parseByte(arguments[2])), stage -> {});
    }

    @Override
    public Gpu gpu(int number) {
        return new Gpu("NVIDIA Fake 24GB", 8, 6, 24L << 30);
    }

    @Override
    public String version() {
        return "10.15.1";
    }

    @Override
    public BuiltEngine build(BuildPlan plan, Consumer<BuildStage> stages) {
        byte[] engine = new byte[BYTES];
        Arrays.fill(engine, content);
        return new BuiltEngine() {
            @Override
            public ByteBuffer contents() {
                return ByteBuffer.wrap(engine);
            }

            @Override
            public byte[] timingCache() {
                return new byte[] {content, content};
            }

            @Override
            public List<String> notes() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
