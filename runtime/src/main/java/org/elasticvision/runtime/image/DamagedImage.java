package org.elasticvision.runtime.image;

/** What is wrong with an encoded image and what to do, without its name, which the source adds. */
final class DamagedImage extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedImage(String message) {
        super(message);
    }

    /** The file ends early. */
    static DamagedImage cutOff(String format, String detail) {
        return new DamagedImage("the " + format + " is cut off (" + detail + "); copy or download it again");
    }

    static DamagedImage damaged(String format, String detail) {
        return new DamagedImage("the " + format + " is damaged (" + detail + "); copy or download it again");
    }
}
