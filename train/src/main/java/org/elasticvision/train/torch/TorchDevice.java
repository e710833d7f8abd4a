package org.elasticvision.train.torch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.elasticvision.runtime.ElasticVisionException;

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
            return torch.cuda_is_available() ? new TorchDevice(true, 0) : CPU;
        }
        Matcher matcher = CUDA.matcher(name);
        if (!matcher.matches()) {
            throw new ElasticVisionException(
                    "unknown device '" + name + "': use cpu, cuda, cuda:1 (a GPU by number) or auto");
        }
        if (!torch.cuda_is_available()) {
            throw new ElasticVisionException(
                    "device " + name + ": LibTorch finds no GPU here; that takes an NVIDIA driver"
                            + " (nvidia-smi lists the GPU) and LibTorch's CUDA build (mvn -Pcuda); use cpu to train without");
        }
        int index = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        int count = torch.cuda_device_count();
        if (index >= count) {
            throw new ElasticVisionException(
                    "device " + name + ": there are " + count + " GPUs here, numbered from 0; use one of them");
        }
        return new TorchDevice(true, index);
    }

    DeviceType type() {
        return cuda ? DeviceType.CUDA : DeviceType.CPU;
    }

    Device device() {
        return cuda ? new Device(type(), (byte) index) : new Device(type());
    }

    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
