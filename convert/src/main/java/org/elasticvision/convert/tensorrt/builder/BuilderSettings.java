package org.elasticvision.convert.tensorrt.builder;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.HardwareCompatibilityLevel;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.elasticvision.convert.tensorrt.BuildPlan;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtLog;

/** Tells TensorRT what a {@link BuildPlan} says. */
final class BuilderSettings {
    private final IBuilderConfig config;
    private final TensorRtLog log;
    private final NativeObjects natives;

    /** @param natives own what is made here */
    BuilderSettings(IBuilder builder, BuildPlan plan, TensorRtLog log, NativeObjects natives) {
        this.log = log;
        this.natives = natives;
        this.config = natives.own(builder.createBuilderConfig(), "builder configuration");
        config.setBuilderOptimizationLevel(plan.level());
        plan.workspace().ifPresent(size -> config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, size.bytes()));
        if (plan.hardwareCompatible()) {
            config.setHardwareCompatibilityLevel(HardwareCompatibilityLevel.kAMPERE_PLUS);
        }
        if (plan.versionCompatible()) {
            config.setFlag(BuilderFlag.kVERSION_COMPATIBLE);
        }
        requireSet(plan);
        plan.profile().ifPresent(profile -> addProfile(builder, plan.input(), profile));
    }

    IBuilderConfig config() {
        return config;
    }

    /** The setters return nothing: what TensorRT does not take shows here only. */
    private void requireSet(BuildPlan plan) {
        boolean level = config.getBuilderOptimizationLevel() == plan.level();
        boolean workspace = plan.workspace().isEmpty()
                || config.getMemoryPoolLimit(MemoryPoolType.kWORKSPACE)
                        <= plan.workspace().get().bytes();
        boolean version = config.getFlag(BuilderFlag.kVERSION_COMPATIBLE) == plan.versionCompatible();
        if (!level || !workspace || !version) {
            throw refused(level ? workspace ? "version compatibility" : "workspace" : "level");
        }
    }

    private void addProfile(IBuilder builder, String input, BuildPlan.Profile shapes) {
        // It belongs to the builder.
        IOptimizationProfile profile = natives.require(builder.createOptimizationProfile(), "optimisation profile");
        boolean set = setShape(profile, input, OptProfileSelector.kMIN, shapes.min())
                && setShape(profile, input, OptProfileSelector.kOPT, shapes.opt())
                && setShape(profile, input, OptProfileSelector.kMAX, shapes.max());
        if (!set || !profile.isValid() || config.addOptimizationProfile(profile) < 0) {
            throw refused("batch");
        }
    }

    private static boolean setShape(
            IOptimizationProfile profile, String input, OptProfileSelector which, List<Long> shape) {
        try (Dims64 dimensions = new Dims64()) {
            dimensions.nbDims(shape.size());
            for (int i = 0; i < shape.size(); i++) {
                dimensions.d(i, shape.get(i));
            }
            return profile.setDimensions(input, which, dimensions);
        }
    }

    private ElasticVisionException refused(String what) {
        return new ElasticVisionException(
                "TensorRT does not take the " + what + " (" + BuildFailure.reasons(log.errors()) + "); give another");
    }

    /**
     * Gives TensorRT what was measured before; an empty cache where that is of another TensorRT or GPU, or damaged.
     *
     * @return what the person should know of it
     */
    Optional<String> useTimingCache(byte[] measured) {
        if (measured.length > 0) {
            try (BytePointer bytes = new BytePointer(measured)) {
                ITimingCache cache = config.createTimingCache(bytes, measured.length);
                if (cache != null && !cache.isNull()) {
                    natives.own(cache, "timing cache");
                    if (config.setTimingCache(cache, false)) {
                        return Optional.empty();
                    }
                }
            }
        }
        ITimingCache empty = natives.own(config.createTimingCache(null, 0), "timing cache");
        if (!config.setTimingCache(empty, false)) {
            throw refused("timing cache");
        }
        return measured.length == 0
                ? Optional.empty()
                : Optional.of("the timing cache is of another TensorRT or GPU; it is replaced");
    }
}
