package org.elasticvision.runtime.image.codec.format;

import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.codec.jpeg.JpegFrame;

/** The formats that are read, told apart by how a file begins, whatever its name. */
public final class ImageFormats {
    private ImageFormats() {}

    /**
     * Looks at the frame of an image.
     *
     * @throws DamagedImage if this is not an image of a supported format, or is cut off
     * @throws ImageException if it is too large
     */
    public static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        ImageBytes bytes = new ImageBytes("image", encoded);
        if (encoded.length == 0) {
            throw new DamagedImage("the file is empty; copy or download it again");
        }
        if (JpegFrame.begins(bytes)) {
            return JpegFrame.inspect(encoded, limit);
        }
        if (PngFrame.begins(bytes)) {
            return PngFrame.inspect(encoded, limit);
        }
        if (BmpFrame.begins(bytes)) {
            return BmpFrame.inspect(encoded, limit);
        }
        if (WebpFrame.begins(bytes)) {
            return WebpFrame.inspect(encoded, limit);
        }
        if (TiffFrame.begins(bytes)) {
            return TiffFrame.inspect(encoded, limit);
        }
        if (PnmFrame.begins(bytes)) {
            return PnmFrame.inspect(encoded, limit);
        }
        throw OtherKinds.refusal(bytes);
    }
}
