package org.elasticvision.runtime.image.codec;

/** What is wrong with an encoded image and what to do, without its name, which the source adds. */
public final class DamagedImage extends Exception {
    private static final long serialVersionUID = 1L;

    public DamagedImage(String message) {
        super(message);
    }

    /** The file ends early. */
    public static DamagedImage cutOff(String format, String detail) {
        return new DamagedImage("the " + format + " is cut off (" + detail + "); copy or download it again");
    }

    /**
     * It is whole, for all that is known, but of a kind that is not read.
     *
     * @param kind such as {@code a GIF}
     */
    public static DamagedImage unsupported(String kind) {
        return new DamagedImage("is " + kind + ", which is not read here; save it as PNG or as an ordinary JPEG");
    }

    public static DamagedImage damaged(String format, String detail) {
        return new DamagedImage("the " + format + " is damaged (" + detail + "); copy or download it again");
    }
}
