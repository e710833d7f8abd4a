package org.elasticvision.train.torch.device;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuCode;
import org.elasticvision.runtime.gpu.GpuPart;

/**
 * Where LibTorch computes.
 *
 * @param cuda on an NVIDIA GPU, else on the CPU
 * @param index of the GPU, 0 for the CPU
 */
public record TorchDevice(boolean cuda, int index) {
    static {
        TorchLibrary.load();
    }

    /** Loads LibTorch, if nothing has done so yet; who has a device need not. */
    public static void loadLibrary() {
        // done above, once
    }

    /** The CPU. */
    public static final TorchDevice CPU = new TorchDevice(false, 0);

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

    /**
     * Finds a device by its name: {@code cpu}, {@code cuda}, {@code cuda:1}, or {@code auto} for the first GPU where there
     * is one and the CPU otherwise.
     *
     * @param name the word for it
     * @return the device
     * @throws ElasticVisionException if there is no such device here; it says what is missing
     */
    public static TorchDevice of(String name) {
        return TorchShield.behind(() -> find(name));
    }

    /**
     * {@return whether a name is one that {@link #of} knows, whether there is such a device or not}
     *
     * @param name the word for it
     */
    public static boolean isName(String name) {
        return name.equals("cpu") || name.equals("auto") || CUDA.matcher(name).matches();
    }

    private static TorchDevice find(String name) {
        if (name.equals("cpu")) {
            return CPU;
        }
        if (name.equals("auto")) {
            boolean usable = torch.cuda_is_available()
                    && withoutCode(Cuda.status().gpus(), 0).isEmpty();
            return usable ? new TorchDevice(true, 0) : CPU;
        }
        Matcher matcher = CUDA.matcher(name);
        if (!matcher.matches()) {
            throw new ElasticVisionException(
                    "unknown device '" + name + "': use cpu, cuda, cuda:1 (a GPU by number) or auto");
        }
        if (!torch.cuda_is_available()) {
            throw new ElasticVisionException("device " + name + ": " + withoutGpu(Cuda.status()));
        }
        int index = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        int count = torch.cuda_device_count();
        if (index >= count) {
            throw new ElasticVisionException(
                    "device " + name + ": there are " + count + " GPUs here, numbered from 0; use one of them");
        }
        withoutCode(Cuda.status().gpus(), index).ifPresent(problem -> {
            throw new ElasticVisionException("device " + name + ": " + problem);
        });
        return new TorchDevice(true, index);
    }

    /** Why LibTorch finds no GPU, the first reason first. */
    private static String withoutGpu(Cuda.Status cuda) {
        if (!TorchLibrary.isCudaBuild()) {
            return "this build of LibTorch is for the CPU; " + Remedies.torchGpu() + "; use cpu to train without";
        }
        return cuda.problem()
                        .orElse("LibTorch finds no GPU, though CUDA does; install a driver of version 580 or later")
                + "; use cpu to train without";
    }

    /** What speaks against a GPU that LibTorch itself would only refuse at the first step. */
    static Optional<String> withoutCode(List<Gpu> gpus, int index) {
        return gpus.stream()
                .skip(index) // LibTorch's numbers are CUDA's
                .limit(1)
                .filter(gpu -> !GpuCode.runs(GpuPart.LIBTORCH, gpu.major(), gpu.minor()))
                .map(gpu -> "LibTorch has no code for " + gpu.name() + " (compute capability "
                        + gpu.computeCapability() + "), only for " + GpuCode.text(GpuPart.LIBTORCH)
                        + " and later ones of the same major number; use cpu")
                .findFirst();
    }

    public DeviceType type() {
        return cuda ? DeviceType.CUDA : DeviceType.CPU;
    }

    public Device device() {
        return cuda ? new Device(type(), (byte) index) : new Device(type());
    }

    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
