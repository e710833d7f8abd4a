package org.elasticvision.train.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.train.torch.device.TorchOptions;

/** Autocast for the current thread until it is closed, as {@code torch.autocast}. */
final class Autocast implements AutoCloseable {
    private final DeviceType device;
    private final boolean enabled;

    private Autocast(DeviceType device, boolean enabled) {
        this.device = device;
        this.enabled = enabled;
    }

    /** Does nothing for a precision without autocast. */
    static Autocast enter(TorchOptions options) {
        DeviceType device = options.device().type();
        ScalarType type = options.precision().autocast().orElse(null);
        if (type == null || torch.is_autocast_enabled(device)) {
            return new Autocast(device, false);
        }
        torch.set_autocast_dtype(device, type);
        torch.set_autocast_enabled(device, true);
        torch.increment_nesting();
        return new Autocast(device, true);
    }

    @Override
    public void close() {
        if (enabled) {
            if (torch.decrement_nesting() == 0) {
                torch.clear_cache();
            }
            torch.set_autocast_enabled(device, false);
        }
    }
}
