package org.elasticvision.train.torch.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.device.TorchOptions;

/**
 * Where tensors live and how they lie there.
 *
 * @param type of values that are not counters or indices
 * @param channelsLast whether tensors of four dimensions lie in memory as NHWC
 */
public record TensorPlace(TorchDevice device, ScalarType type, boolean channelsLast) {
    private static final int IMAGE_DIMENSIONS = 4;

    public static TensorPlace of(TorchOptions options) {
        return new TensorPlace(options.device(), options.precision().type(), options.channelsLast());
    }

    /** Brings a tensor there; the same one if it is there already. */
    public Tensor take(Tensor tensor) {
        MemoryFormat format =
                channelsLast && tensor.dim() == IMAGE_DIMENSIONS ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
        Tensor moved =
                device.cuda() ? tensor.to(device.device(), type, true, false, Tensors.anyFormat()) : tensor.to(type);
        return moved.contiguous(format);
    }

    /** Brings indices there. */
    public Tensor takeIndices(Tensor indices) {
        return device.cuda() ? indices.to(device.device(), ScalarType.Long, true, false, Tensors.anyFormat()) : indices;
    }
}
