package org.elasticvision.runtime.image.text;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Whether Java can draw text here: small machines may lack fonts or the library that reads them. */
public final class Fonts {
    private static final boolean AVAILABLE = draws();

    private Fonts() {}

    /** {@return whether text can be drawn on this machine} */
    public static boolean available() {
        return AVAILABLE;
    }

    private static boolean draws() {
        Graphics2D graphics = null;
        try {
            graphics = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB).createGraphics();
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            graphics.drawString("x", 2, 12);
            return graphics.getFontMetrics().stringWidth("x") > 0;
        } catch (RuntimeException
                | LinkageError
                | InternalError
                | AWTError e) { // Java has no exception of its own for it
            return false;
        } finally {
            if (graphics != null) {
                graphics.dispose();
            }
        }
    }
}
